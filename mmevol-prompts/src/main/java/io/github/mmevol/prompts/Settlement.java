package io.github.mmevol.prompts;

import io.github.mmevol.core.internal.json.Json;
import io.github.mmevol.core.sample.Check;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;

/**
 * What a judge says of a claim that the annotations speak against.
 *
 * @param by the rule that disputes it
 * @param part where it stands
 * @param claim the claim
 * @param right who is right
 */
record Settlement(String by, Check.Part part, String claim, Right right) {

    /** Who is right. */
    enum Right {
        TEXT,
        ANNOTATION,
        CANNOT_TELL;

        /** The word for it in prompts and replies. */
        String word() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    static Settlement of(Check dispute, Right right) {
        return new Settlement(dispute.by(), dispute.part(), dispute.claim(), right);
    }

    /** Whether it is about this dispute. */
    boolean settles(Check dispute) {
        return dispute.by().equals(by)
                && dispute.part() == part
                && dispute.claim().equals(claim);
    }

    /** What two say together: a claim is right where both find it so, wrong where one does, else it cannot be told. */
    static List<Settlement> both(List<Settlement> some, List<Settlement> others) {
        List<Settlement> both = new ArrayList<>();
        for (Settlement one : some) {
            Right right = one.right();
            for (Settlement other : others) {
                boolean same = other.by().equals(one.by())
                        && other.part() == one.part()
                        && other.claim().equals(one.claim());
                if (same && right != other.right()) {
                    right = right == Right.ANNOTATION || other.right() == Right.ANNOTATION
                            ? Right.ANNOTATION
                            : Right.CANNOT_TELL;
                }
            }
            both.add(new Settlement(one.by(), one.part(), one.claim(), right));
        }
        return both;
    }

    /** The disputed ones of some checks, in order. */
    static List<Check> disputes(List<Check> checks) {
        return checks.stream()
                .filter(check -> check.result() == Check.Result.DISPUTED)
                .toList();
    }

    /** The local id of a dispute: d1, d2 and so on. */
    static String id(int index) {
        return "d" + (index + 1);
    }

    /** Disputes as a prompt shows them. */
    static ArrayNode data(List<Check> disputes, BoxIds boxes) {
        ArrayNode nodes = Json.array();
        for (int i = 0; i < disputes.size(); i++) {
            nodes.addObject()
                    .put("id", id(i))
                    .put("claim", boxes.shorten(disputes.get(i).claim()))
                    .put("annotations", boxes.shorten(disputes.get(i).evidence()));
        }
        return nodes;
    }

    static ArrayNode toJson(List<Settlement> settled) {
        ArrayNode nodes = Json.array();
        for (Settlement one : settled) {
            nodes.addObject()
                    .put("by", one.by())
                    .put("part", one.part().name())
                    .put("claim", one.claim())
                    .put("right", one.right().name());
        }
        return nodes;
    }

    /** What {@link #toJson} wrote. */
    static List<Settlement> ofJson(JsonNode nodes) {
        List<Settlement> settled = new ArrayList<>();
        for (JsonNode node : nodes) {
            settled.add(new Settlement(
                    node.path("by").stringValue(),
                    Check.Part.valueOf(node.path("part").stringValue()),
                    node.path("claim").stringValue(),
                    Right.valueOf(node.path("right").stringValue())));
        }
        return settled;
    }
}
