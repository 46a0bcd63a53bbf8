package io.github.mmevol.prompts;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * Items of a reply, each with the asked id that it answers.
 *
 * @param byId asked id to item, in the order asked; ids without an item are absent
 * @param surplus how many items answer nothing that was asked, or something already answered
 */
record MatchedItems(Map<String, ObjectNode> byId, int surplus) {
    MatchedItems {
        byId = Collections.unmodifiableMap(new LinkedHashMap<>(byId));
    }

    /**
     * Matches by id, whatever its spelling; of two items with one id the first counts. Items without an id are taken in
     * order if they are exactly as many as the ids that no item names. A single item answers a single question whatever
     * its id. Ids that count from 0 are moved up by one.
     */
    static MatchedItems of(List<ObjectNode> items, List<String> askedIds) {
        if (items.size() == 1 && askedIds.size() == 1) {
            return new MatchedItems(Map.of(askedIds.get(0), items.get(0)), 0);
        }
        Map<String, ObjectNode> named = new HashMap<>();
        List<ObjectNode> nameless = new ArrayList<>();
        boolean fromZero = items.stream().anyMatch(item -> number(item).signum() == 0);
        for (ObjectNode item : items) {
            String id = id(item);
            if (id.isEmpty()) {
                nameless.add(item);
            } else {
                BigDecimal number = number(item);
                named.putIfAbsent(
                        fromZero && number.signum() >= 0
                                ? number.add(BigDecimal.ONE).toString()
                                : id,
                        item);
            }
        }
        List<String> unnamed = askedIds.stream()
                .filter(id -> !named.containsKey(LocalId.normal(id)))
                .toList();
        boolean inOrder = unnamed.size() == nameless.size();
        Map<String, ObjectNode> byId = new LinkedHashMap<>();
        for (String asked : askedIds) {
            ObjectNode item = named.get(LocalId.normal(asked));
            if (item != null) {
                byId.put(asked, item);
            } else if (inOrder) {
                byId.put(asked, nameless.get(unnamed.indexOf(asked)));
            }
        }
        return new MatchedItems(byId, items.size() - byId.size());
    }

    private static String id(ObjectNode item) {
        JsonNode id = item.path("id");
        return LocalId.normal(id.isIntegralNumber() || id.isString() ? id.asString() : "");
    }

    /** The id as a number; -1 if it is none, or too long to be meant. */
    private static BigDecimal number(ObjectNode item) {
        String id = id(item);
        return LocalId.isId(id) && id.length() < 10 ? new BigDecimal(id) : BigDecimal.ONE.negate();
    }
}
