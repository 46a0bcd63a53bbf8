package io.github.mmevol.core.store;

import io.github.mmevol.core.elimination.Outcome;
import io.github.mmevol.core.evolution.PromptInfo;
import io.github.mmevol.core.internal.json.Json;
import io.github.mmevol.core.internal.json.RawFields;
import io.github.mmevol.core.model.FinishReason;
import io.github.mmevol.core.model.ModelResponse;
import io.github.mmevol.core.model.TokenUsage;
import io.github.mmevol.core.sample.AnnotationTrust;
import io.github.mmevol.core.sample.BoundingBox;
import io.github.mmevol.core.sample.Check;
import io.github.mmevol.core.sample.DetectedObject;
import io.github.mmevol.core.sample.ImageSource;
import io.github.mmevol.core.sample.Instruction;
import io.github.mmevol.core.sample.Sample;
import io.github.mmevol.core.sample.Step;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** The values of a run as JSON text and back, exactly. What is empty is left out. */
final class StoredJson {
    private StoredJson() {}

    static String of(Sample sample) {
        ObjectNode json = Json.object().put("id", sample.id());
        text(json, "image", sample.image());
        text(json, "location", sample.imageSource().location());
        text(json, "caption", sample.caption());
        text(json, "topic_name", sample.topicName());
        text(json, "hash_id", sample.hashId());
        json.put("trust", sample.trust().name());
        json.put("width", sample.width()).put("height", sample.height());
        ArrayNode objects = json.putArray("objects");
        for (DetectedObject object : sample.objects()) {
            BoundingBox box = object.box();
            ObjectNode item = objects.addObject().put("label", object.label());
            item.putArray("box").add(box.x1()).add(box.y1()).add(box.x2()).add(box.y2());
            object.confidence().ifPresent(confidence -> item.put("confidence", confidence));
        }
        ArrayNode instructions = json.putArray("instructions");
        sample.instructions().forEach(instruction -> instructions.add(node(instruction)));
        texts(json, "extras", sample.extras());
        return Json.writeUtf8(json);
    }

    static Sample sample(String text) {
        JsonNode json = Json.data().readTree(text); // an image in memory may be a long text
        List<DetectedObject> objects = new ArrayList<>();
        for (JsonNode item : json.path("objects")) {
            JsonNode box = item.path("box");
            JsonNode confidence = item.path("confidence");
            objects.add(new DetectedObject(
                    item.path("label").stringValue(),
                    new BoundingBox(real(box, 0), real(box, 1), real(box, 2), real(box, 3)),
                    confidence.isMissingNode() ? OptionalDouble.empty() : OptionalDouble.of(confidence.doubleValue())));
        }
        List<Instruction> instructions = new ArrayList<>();
        json.path("instructions").forEach(item -> instructions.add(instruction(item)));
        return Sample.builder(text(json, "id"))
                .image(text(json, "image"), ImageSource.at(text(json, "location")))
                .caption(text(json, "caption"))
                .topicName(text(json, "topic_name"))
                .hashId(text(json, "hash_id"))
                .trust(AnnotationTrust.valueOf(text(json, "trust")))
                .size(json.path("width").intValue(), json.path("height").intValue())
                .objects(objects)
                .instructions(instructions)
                .extras(RawFields.written(texts(json, "extras")))
                .build();
    }

    static String of(ModelResponse response) {
        ObjectNode json = Json.object().put("text", response.text());
        json.put("finish_reason", response.finishReason().name());
        text(json, "model", response.model());
        TokenUsage usage = response.usage();
        json.put("prompt_tokens", usage.prompt())
                .put("completion_tokens", usage.completion())
                .put("cached_tokens", usage.cached())
                .put("reasoning_tokens", usage.reasoning());
        return Json.writeUtf8(json);
    }

    static ModelResponse response(String text) {
        JsonNode json = Json.parse(text);
        return new ModelResponse(
                text(json, "text"),
                new FinishReason(text(json, "finish_reason")),
                new TokenUsage(
                        json.path("prompt_tokens").longValue(),
                        json.path("cached_tokens").longValue(),
                        json.path("completion_tokens").longValue(),
                        json.path("reasoning_tokens").longValue()),
                text(json, "model"));
    }

    /** An attempt without its place, its round's direction, and what has a column of its own. */
    static String of(StoredRound.Attempt attempt) {
        Outcome outcome = attempt.outcome();
        ObjectNode json = Json.object();
        text(json, "id", outcome.origin().id());
        text(json, "parent_id", outcome.origin().parentId());
        text(json, "prompt_hash", outcome.origin().promptHash());
        text(json, "model", outcome.origin().model());
        Optional<Instruction> instruction = Optional.empty();
        if (outcome instanceof Outcome.Kept kept) {
            instruction = Optional.of(kept.instruction());
            text(json, "reason", kept.reason());
            array(json, "checks", checks(kept.checks()));
        } else if (outcome instanceof Outcome.Eliminated eliminated) {
            instruction = Optional.of(eliminated.instruction());
            text(json, "why", eliminated.why());
            text(json, "evidence", eliminated.evidence());
        } else if (outcome instanceof Outcome.Failed failed) {
            instruction = failed.instruction();
            text(json, "why", failed.why());
        }
        instruction.ifPresent(judged -> json.set("instruction", node(judged)));
        if (!attempt.written().equals(instruction)) {
            attempt.written().ifPresent(written -> json.set("written", node(written)));
        }
        return Json.writeUtf8(json);
    }

    /**
     * An attempt.
     *
     * @param kind {@code kept}, {@code eliminated} or {@code failed}
     * @param by who eliminated it or how it failed; empty for a kept one
     * @param prompts the prompts by their hashes
     */
    static StoredRound.Attempt attempt(
            String text,
            int round,
            String direction,
            String kind,
            String by,
            OptionalInt score,
            Map<String, PromptInfo> prompts) {
        JsonNode json = Json.parse(text);
        Outcome.Origin origin = new Outcome.Origin(
                text(json, "id"),
                text(json, "parent_id"),
                round,
                direction,
                text(json, "prompt_hash"),
                text(json, "model"));
        Optional<Instruction> judged =
                Optional.ofNullable(json.get("instruction")).map(StoredJson::instruction);
        Optional<Instruction> written = Optional.ofNullable(json.get("written")).map(StoredJson::instruction);
        Outcome outcome =
                switch (kind) {
                    case "kept" ->
                        new Outcome.Kept(
                                origin, judged.orElseThrow(), score, text(json, "reason"), checks(json.path("checks")));
                    case "eliminated" ->
                        new Outcome.Eliminated(
                                origin, judged.orElseThrow(), by, text(json, "why"), text(json, "evidence"), score);
                    default -> new Outcome.Failed(origin, judged, by, text(json, "why"));
                };
        PromptInfo prompt = prompts.getOrDefault(origin.promptHash(), new PromptInfo(origin.promptHash(), List.of()));
        return new StoredRound.Attempt(outcome, written.or(() -> judged), prompt);
    }

    static String ofTexts(Map<String, String> texts) {
        ObjectNode json = Json.object();
        texts.entrySet().stream().sorted(Map.Entry.comparingByKey()).forEach(e -> json.put(e.getKey(), e.getValue()));
        return Json.writeUtf8(json);
    }

    static Map<String, String> texts(String text) {
        return texts(Json.parse(text));
    }

    static String ofCounts(Map<String, Long> counts) {
        ObjectNode json = Json.object();
        counts.entrySet().stream().sorted(Map.Entry.comparingByKey()).forEach(e -> json.put(e.getKey(), e.getValue()));
        return Json.writeUtf8(json);
    }

    static Map<String, Long> counts(String text) {
        Map<String, Long> counts = new LinkedHashMap<>();
        Json.parse(text)
                .properties()
                .forEach(e -> counts.put(e.getKey(), e.getValue().longValue()));
        return counts;
    }

    static String ofList(List<String> texts) {
        ArrayNode json = Json.array();
        texts.forEach(json::add);
        return Json.writeUtf8(json);
    }

    static List<String> list(String text) {
        return list(Json.parse(text));
    }

    private static ObjectNode node(Instruction instruction) {
        ObjectNode json = Json.object().put("question", instruction.question()).put("answer", instruction.answer());
        ArrayNode steps = Json.array();
        for (Step step : instruction.steps()) {
            steps.addObject().put("manipulation", step.manipulation()).put("description", step.description());
        }
        array(json, "steps", steps);
        array(json, "objects", array(instruction.objects()));
        array(json, "skills", array(instruction.skills()));
        text(json, "format", instruction.format());
        text(json, "image_position", instruction.imagePosition());
        texts(json, "extras", instruction.extras());
        return json;
    }

    private static Instruction instruction(JsonNode json) {
        List<Step> steps = new ArrayList<>();
        json.path("steps").forEach(step -> steps.add(new Step(text(step, "manipulation"), text(step, "description"))));
        return Instruction.builder(text(json, "question"), text(json, "answer"))
                .steps(steps)
                .objects(list(json.path("objects")))
                .skills(list(json.path("skills")))
                .format(text(json, "format"))
                .imagePosition(text(json, "image_position"))
                .extras(RawFields.written(texts(json, "extras")))
                .build();
    }

    private static ArrayNode checks(List<Check> checks) {
        ArrayNode array = Json.array();
        for (Check check : checks) {
            ObjectNode item = array.addObject().put("by", check.by());
            item.put("part", check.part().name()).put("result", check.result().name());
            text(item, "claim", check.claim());
            text(item, "evidence", check.evidence());
        }
        return array;
    }

    private static List<Check> checks(JsonNode json) {
        List<Check> checks = new ArrayList<>();
        json.forEach(item -> checks.add(new Check(
                text(item, "by"),
                Check.Part.valueOf(text(item, "part")),
                text(item, "claim"),
                Check.Result.valueOf(text(item, "result")),
                text(item, "evidence"))));
        return checks;
    }

    private static double real(JsonNode array, int index) {
        return array.path(index).doubleValue();
    }

    private static ArrayNode array(List<String> texts) {
        ArrayNode array = Json.array();
        texts.forEach(array::add);
        return array;
    }

    private static void array(ObjectNode json, String name, ArrayNode array) {
        if (!array.isEmpty()) {
            json.set(name, array);
        }
    }

    private static void text(ObjectNode json, String name, String text) {
        if (!text.isEmpty()) {
            json.put(name, text);
        }
    }

    private static String text(JsonNode json, String name) {
        return json.path(name).asString("");
    }

    private static void texts(ObjectNode json, String name, Map<String, String> texts) {
        if (!texts.isEmpty()) {
            ObjectNode object = json.putObject(name);
            texts.forEach(object::put);
        }
    }

    private static Map<String, String> texts(JsonNode json, String name) {
        return texts(json.path(name));
    }

    private static Map<String, String> texts(JsonNode json) {
        Map<String, String> texts = new LinkedHashMap<>();
        json.properties().forEach(e -> texts.put(e.getKey(), e.getValue().asString("")));
        return texts;
    }

    private static List<String> list(JsonNode json) {
        List<String> texts = new ArrayList<>();
        json.forEach(item -> texts.add(item.asString("")));
        return texts;
    }
}
