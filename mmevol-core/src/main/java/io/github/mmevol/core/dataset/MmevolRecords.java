package io.github.mmevol.core.dataset;

import io.github.mmevol.core.elimination.EvolvedSample;
import io.github.mmevol.core.elimination.Outcome;
import io.github.mmevol.core.internal.json.Json;
import io.github.mmevol.core.internal.json.RawFields;
import io.github.mmevol.core.sample.DetectedObject;
import io.github.mmevol.core.sample.Instruction;
import io.github.mmevol.core.sample.Sample;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** The MMEvol form of a sample with the survivors of all rounds. */
final class MmevolRecords {
    /** What stands for the human's part of a caption. */
    private static final String CAPTION_REQUEST = "What does this image show?";

    private MmevolRecords() {}

    static ObjectNode of(EvolvedSample evolved) {
        Sample sample = evolved.sample();
        ObjectNode record = Json.object();
        record.set("id", text(sample, "id", sample.id()));
        record.set("image", text(sample, "image", sample.image()));
        record.put("sample_key", evolved.key().value());
        optionalText(record, sample, "topic_name", sample.topicName());
        if (sample.width() > 0) {
            record.put("width", sample.width());
        }
        if (sample.height() > 0) {
            record.put("height", sample.height());
        }
        optionalText(record, sample, "hash_id", sample.hashId());
        record.put("annotation_trust", sample.trust().name().toLowerCase(Locale.ROOT));
        record.set("caption", caption(sample));
        record.set("det", det(sample));
        ArrayNode seeds = Json.array();
        for (Instruction seed : sample.instructions()) {
            ObjectNode item = instruction(seed);
            Records.extras(item, seed.extras());
            seeds.add(item);
        }
        record.set("conversations_v0", seeds);
        rounds(evolved.kept()).forEach((round, items) -> record.set("conversations_v" + round, items));
        Records.extras(record, sample.extras());
        return record;
    }

    /** The survivors by round, from the first to the last round that kept something. */
    private static Map<Integer, ArrayNode> rounds(List<Outcome.Kept> kept) {
        Map<Integer, ArrayNode> rounds = new LinkedHashMap<>();
        int last = kept.stream().mapToInt(k -> k.origin().round()).max().orElse(0);
        for (int round = 1; round <= last; round++) {
            rounds.put(round, Json.array());
        }
        for (Outcome.Kept survivor : kept) {
            ArrayNode round = rounds.get(survivor.origin().round());
            if (round == null) {
                throw new IllegalArgumentException("a survivor's round counts from 1: " + survivor.origin());
            }
            round.add(survivor(survivor));
        }
        return rounds;
    }

    private static ObjectNode survivor(Outcome.Kept kept) {
        ObjectNode item = instruction(kept.instruction());
        String rawScore = kept.instruction().extras().get("score");
        if (kept.score().isEmpty() && rawScore != null) {
            item.set("score", RawFields.node("score", rawScore));
        } else {
            Records.score(item, kept.score());
        }
        Records.origin(item, kept.origin());
        item.put("reason", kept.reason());
        item.put("prompt_hash", kept.origin().promptHash());
        item.put("model", kept.origin().model());
        Records.checks(item, kept);
        Records.extras(item, kept.instruction().extras());
        return item;
    }

    private static ObjectNode instruction(Instruction instruction) {
        ObjectNode item = Json.object();
        item.set("objects", Records.texts(instruction.objects()));
        item.set("skills", Records.texts(instruction.skills()));
        item.put("format", instruction.format());
        item.put("question", instruction.question());
        item.set("steps", Records.steps(instruction));
        item.put("image_position", instruction.imagePosition());
        item.put("answer", instruction.answer());
        return item;
    }

    private static ArrayNode caption(Sample sample) {
        ArrayNode caption = Json.array();
        if (!sample.caption().isEmpty()) {
            Records.turn(caption, "human", CAPTION_REQUEST);
            Records.turn(caption, "gpt", sample.caption());
        }
        return caption;
    }

    private static ArrayNode det(Sample sample) {
        ArrayNode det = Json.array();
        for (DetectedObject object : sample.objects()) {
            ObjectNode item = det.addObject().put("label", object.label());
            item.putArray("bbox")
                    .add(Json.number(object.box().x1()))
                    .add(Json.number(object.box().y1()))
                    .add(Json.number(object.box().x2()))
                    .add(Json.number(object.box().y2()));
            if (object.confidence().isPresent()) {
                item.put("confidence", Json.number(object.confidence().getAsDouble()));
            }
        }
        return det;
    }

    private static void optionalText(ObjectNode record, Sample sample, String field, String value) {
        if (!value.isEmpty() || sample.extras().containsKey(field)) {
            record.set(field, text(sample, field, value));
        }
    }

    /** A text, in the type it had in the file it came from. */
    private static JsonNode text(Sample sample, String field, String value) {
        String json = sample.extras().get(field);
        if (json != null) {
            JsonNode raw = RawFields.node(field, json);
            if ((raw.isContainer() ? "" : raw.asString()).equals(value)) {
                return raw;
            }
        }
        return Json.object().stringNode(value);
    }
}
