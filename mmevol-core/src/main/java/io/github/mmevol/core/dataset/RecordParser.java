package io.github.mmevol.core.dataset;

import io.github.mmevol.core.elimination.EvolvedSample;
import io.github.mmevol.core.elimination.Outcome;
import io.github.mmevol.core.internal.json.Json;
import io.github.mmevol.core.internal.json.RawFields;
import io.github.mmevol.core.sample.AnnotationTrust;
import io.github.mmevol.core.sample.Check;
import io.github.mmevol.core.sample.Instruction;
import io.github.mmevol.core.sample.Sample;
import io.github.mmevol.core.sample.SampleKey;
import java.math.BigDecimal;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.TreeMap;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** Makes samples of records; thread-safe. */
final class RecordParser {
    private static final Pattern ROUND = Pattern.compile("conversations_v(0|[1-9][0-9]{0,2})");
    private static final Pattern OWN_LLAVA_ID = Pattern.compile("[0-9a-f]{32}(~[0-9]+)?\\.[0-9]+\\.[0-9]+");

    private final Path images;
    private final AnnotationTrust trust;
    private final boolean captionsFromDescriptions;

    RecordParser(Path images, AnnotationTrust trust, boolean captionsFromDescriptions) {
        this.images = images;
        this.trust = trust;
        this.captionsFromDescriptions = captionsFromDescriptions;
    }

    /** A record's id as well as it can be told; empty if it has none. */
    static String id(ObjectNode record) {
        JsonNode id = record.get("id");
        return id != null && id.isValueNode() && !id.isNull() ? id.asString() : "";
    }

    Sample sample(RawRecord.Whole record, Tally tally) throws BadFieldException {
        return sample(record, tally, false);
    }

    EvolvedSample evolved(RawRecord.Whole record, Tally tally) throws BadFieldException {
        Sample sample = sample(record, tally, true);
        ObjectNode node = record.node();
        String given = Fields.text(node.get("sample_key"), "sample_key");
        SampleKey key = given.isBlank() ? SampleKey.of(sample) : new SampleKey(given);
        Map<Integer, JsonNode> rounds = new TreeMap<>();
        for (String name : node.propertyNames()) {
            int round = round(name);
            if (round > 0) {
                rounds.put(round, node.path(name));
            }
        }
        List<Outcome> kept = new ArrayList<>();
        for (Map.Entry<Integer, JsonNode> round : rounds.entrySet()) {
            String field = "conversations_v" + round.getKey();
            int ordinal = 0;
            for (JsonNode item : Fields.list(round.getValue(), field)) {
                ordinal++;
                Outcome.Kept outcome = kept(item, field, key, round.getKey(), ordinal, tally);
                if (outcome != null) {
                    kept.add(outcome);
                }
            }
        }
        return new EvolvedSample(key, sample, kept);
    }

    private Sample sample(RawRecord.Whole record, Tally tally, boolean evolved) throws BadFieldException {
        ObjectNode node = record.node();
        Map<String, String> extras = new LinkedHashMap<>();
        Tally own = new Tally();

        String seeds = seedField(node, evolved);
        List<JsonNode> turns = seeds.isEmpty() ? List.of() : turns(node.get(seeds), seeds);
        Conversation conversation = seeds.isEmpty() ? Conversation.EMPTY : Conversation.parse(turns, seeds, own);
        if (!conversation.systemTurns().isEmpty()) {
            ArrayNode systemTurns = Json.array();
            conversation.systemTurns().forEach(systemTurns::add);
            extras.put("system_turns", Json.write(systemTurns));
        }
        Pictured image = Pictured.of(record, turns, images, extras);
        boolean metadata = image.fields().contains(Fields.FILE_NAME);
        String caption = Conversation.caption(node.get(metadata && !node.has("caption") ? Fields.TEXT : "caption"));
        node.properties().forEach(field -> {
            String name = field.getKey();
            if (!Fields.RECORD.contains(name)
                    && !image.fields().contains(name)
                    && !(metadata && name.equals(Fields.TEXT))
                    && !name.equals(seeds)
                    && round(name) < 0) {
                extras.putIfAbsent(name, Json.write(field.getValue()));
            }
        });
        List<Instruction> instructions = conversation.instructions();
        Optional<String> description =
                captionsFromDescriptions && !image.name().isEmpty() ? conversation.onlyDescription() : Optional.empty();
        if (description.isPresent() && caption.isEmpty()) {
            caption = description.get();
            instructions = List.of();
            own.captions++;
        }

        if (conversation.instructions().isEmpty() && own.droppedTurns > 0) {
            own.oddities.add(new Oddity(Oddity.Kind.NONE_LEFT, seeds, "no instruction is left of it"));
        }

        String id = recordId(node, extras);
        if (id.isEmpty()) {
            id = image.name().isEmpty() ? "record-" + record.index() : image.name();
        } else if (!image.name().isEmpty() && tally.ids.isAnothers(id, image.name())) {
            own.oddities.add(
                    new Oddity(Oddity.Kind.SAME_ID, "id", "it stood for another image before; both records are used"));
        }
        Sample.Builder sample = Sample.builder(id)
                .image(image.name(), image.source())
                .caption(caption)
                .objects(Detections.parse(node, own))
                .instructions(instructions)
                .trust(trust(node.get("annotation_trust")))
                .topicName(Fields.keptText(node, "topic_name", extras))
                .size(Fields.size(node, "width"), Fields.size(node, "height"))
                .hashId(Fields.keptText(node, "hash_id", extras))
                .extras(RawFields.written(extras));
        tally.clamped += own.clamped;
        tally.droppedTurns += own.droppedTurns;
        tally.withoutImage += image.name().isEmpty() ? 1 : 0;
        tally.captions += own.captions;
        tally.oddities.addAll(own.oddities);
        return sample.build();
    }

    private static List<JsonNode> turns(@Nullable JsonNode node, String field) throws BadFieldException {
        if (node != null && node.isString()) {
            throw new BadFieldException(field, "it must be a list, not " + RecordSource.kind(node));
        }
        return Fields.list(node, field);
    }

    /** The field that holds the seed instructions; empty where only evolved ones are there, and they are wanted. */
    private static String seedField(ObjectNode node, boolean evolved) throws BadFieldException {
        if (node.has("conversations_v0")) {
            return "conversations_v0";
        }
        if (node.has("conversations")) {
            return "conversations";
        }
        if (node.has("messages")) {
            return "messages";
        }
        if (node.has(Fields.FILE_NAME)) {
            return "";
        }
        if (evolved && node.propertyStream().anyMatch(field -> round(field.getKey()) > 0)) {
            return "";
        }
        throw new BadFieldException(
                "",
                "it has neither conversations_v0 (MMEvol form) nor conversations (LLaVA form) nor messages (OpenAI"
                        + " form); rename the field that holds its instructions");
    }

    private static String recordId(ObjectNode node, Map<String, String> extras) throws BadFieldException {
        JsonNode id = node.get("id");
        if (id != null && id.isContainer()) {
            throw new BadFieldException("id", "it must be a text or a number, not " + RecordSource.kind(id));
        }
        JsonNode sampleId = node.get("sample_id");
        if (sampleId != null
                && sampleId.isString()
                && id != null
                && OWN_LLAVA_ID.matcher(id.asString()).matches()) {
            extras.remove("sample_id");
            return sampleId.stringValue();
        }
        return Fields.keptText(node, "id", extras);
    }

    private AnnotationTrust trust(@Nullable JsonNode node) throws BadFieldException {
        String text = Fields.text(node, "annotation_trust").strip();
        if (text.isEmpty()) {
            return trust;
        }
        try {
            return AnnotationTrust.valueOf(text.toUpperCase(Locale.ROOT));
        } catch (IllegalArgumentException e) {
            throw new BadFieldException(
                    "annotation_trust", "it must be exhaustive, precise or noisy, not '" + text + "'");
        }
    }

    private static Outcome.@Nullable Kept kept(
            JsonNode item, String field, SampleKey key, int round, int ordinal, Tally tally) throws BadFieldException {
        String place = field + "[" + (ordinal - 1) + "]";
        if (!(item instanceof ObjectNode node)) {
            throw new BadFieldException(place, "an instruction must be an object, not " + RecordSource.kind(item));
        }
        Instruction instruction = Instructions.parse(node, place, Fields.EVOLVED, tally);
        if (instruction == null) {
            return null;
        }
        OptionalInt score = score(node.get("score"));
        if (score.isEmpty() && node.hasNonNull("score")) {
            Map<String, String> extras = new LinkedHashMap<>(instruction.extras());
            extras.put("score", Json.write(node.path("score")));
            instruction =
                    instruction.toBuilder().extras(RawFields.written(extras)).build();
        }
        String id = Fields.text(node.get("id"), place + ".id");
        Outcome.Origin origin = new Outcome.Origin(
                id.isEmpty() ? key.instruction(round, ordinal) : id,
                Fields.text(node.get("parent_id"), place + ".parent_id"),
                round,
                Fields.text(node.get("direction"), place + ".direction"),
                Fields.text(node.get("prompt_hash"), place + ".prompt_hash"),
                Fields.text(node.get("model"), place + ".model"));
        return new Outcome.Kept(
                origin,
                instruction,
                score,
                Fields.text(node.get("reason"), place + ".reason"),
                checks(node.get("checks"), place + ".checks"));
    }

    private static List<Check> checks(@Nullable JsonNode node, String field) throws BadFieldException {
        List<Check> checks = new ArrayList<>();
        for (JsonNode item : Fields.list(node, field)) {
            String place = field + "[" + checks.size() + "]";
            try {
                checks.add(new Check(
                        Fields.text(item.get("by"), place + ".by"),
                        Check.Part.valueOf(constant(item, "part")),
                        Fields.text(item.get("claim"), place + ".claim"),
                        Check.Result.valueOf(constant(item, "result")),
                        Fields.text(item.get("evidence"), place + ".evidence")));
            } catch (IllegalArgumentException e) {
                throw new BadFieldException(place, "it is no check: " + e.getMessage());
            }
        }
        return checks;
    }

    private static String constant(JsonNode item, String field) {
        return item.path(field).asString("").toUpperCase(Locale.ROOT);
    }

    /** A whole number from 0 to 10, also where it is written as a text; empty for all else. */
    private static OptionalInt score(@Nullable JsonNode node) {
        if (node == null || !(node.isNumber() || node.isString())) {
            return OptionalInt.empty();
        }
        try {
            int score = new BigDecimal(node.asString().strip()).intValueExact();
            return score >= 0 && score <= 10 ? OptionalInt.of(score) : OptionalInt.empty();
        } catch (ArithmeticException | NumberFormatException e) {
            return OptionalInt.empty();
        }
    }

    /** The round of a field {@code conversations_vN}; -1 for any other field. */
    private static int round(String field) {
        if (!field.startsWith("conversations_v")) {
            return -1;
        }
        var matcher = ROUND.matcher(field);
        return matcher.matches() ? Integer.parseInt(matcher.group(1)) : -1;
    }
}
