package io.github.mmevol.core.elimination;

import io.github.mmevol.core.evolution.Candidate;
import io.github.mmevol.core.evolution.Direction;
import io.github.mmevol.core.evolution.LiveInstruction;
import io.github.mmevol.core.evolution.PromptInfo;
import io.github.mmevol.core.internal.json.Json;
import io.github.mmevol.core.sample.AnnotationTrust;
import io.github.mmevol.core.sample.BoundingBox;
import io.github.mmevol.core.sample.DetectedObject;
import io.github.mmevol.core.sample.Instruction;
import io.github.mmevol.core.sample.Sample;
import io.github.mmevol.core.sample.Step;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import tools.jackson.databind.JsonNode;

/** A line of the corpus as it stands in its file, see the README beside the files. */
record CorpusLine(JsonNode json) {

    /** The lines of {@code open.jsonl} or {@code held-out.jsonl}. */
    static List<CorpusLine> of(String file) {
        return read(file).lines().map(line -> new CorpusLine(Json.parse(line))).toList();
    }

    /** What {@code photographs.json} holds: image name to boxes and caption. */
    static JsonNode photographs() {
        return Json.parse(read("photographs.json"));
    }

    String text(String field) {
        return json.path(field).stringValue();
    }

    List<String> texts(String field) {
        return json.path(field).values().stream().map(JsonNode::stringValue).toList();
    }

    boolean good() {
        return json.path("good").booleanValue();
    }

    boolean decidable() {
        return json.path("defect").path("decidable").booleanValue();
    }

    String kind() {
        return json.path("defect").path("kind").stringValue();
    }

    String span() {
        return json.path("defect").path("span").stringValue();
    }

    /** The boxes that the instruction stands on. */
    List<JsonNode> boxes(JsonNode photographs) {
        JsonNode boxes = json.path("boxes");
        if (boxes.isArray()) {
            return List.copyOf(boxes.values());
        }
        return switch (boxes.stringValue()) {
            case "none" -> List.of();
            case "bundled" ->
                List.copyOf(photographs.path(text("image")).path("boxes").values());
            default -> throw new IllegalArgumentException(text("id") + ": boxes " + boxes);
        };
    }

    /** Everything that the instruction says, text by text. */
    List<String> words() {
        List<String> words = new ArrayList<>(List.of(text("question"), text("answer")));
        for (Step step : instruction().steps()) {
            words.add(step.manipulation());
            words.add(step.description());
        }
        return words;
    }

    Instruction instruction() {
        return Instruction.builder(text("question"), text("answer"))
                .steps(json.path("steps").values().stream()
                        .map(step -> new Step(
                                step.path("manipulation").stringValue(),
                                step.path("description").stringValue()))
                        .toList())
                .objects(texts("objects"))
                .skills(texts("skills"))
                .format(text("format"))
                .build();
    }

    /** The instruction as a candidate on its photograph with its boxes. */
    Candidate candidate(JsonNode photographs) {
        Sample sample = Sample.builder(text("id"))
                .caption(photographs.path(text("image")).path("caption").stringValue())
                .objects(boxes(photographs).stream().map(CorpusLine::object).toList())
                .trust(AnnotationTrust.valueOf(text("trust").toUpperCase(Locale.ROOT)))
                .build();
        JsonNode parent = json.path("parent");
        return new Candidate(
                text("id") + ".1.1",
                sample,
                new LiveInstruction(
                        text("id") + ".0.1",
                        Instruction.of(
                                parent.path("question").stringValue(),
                                parent.path("answer").stringValue()),
                        List.of()),
                instruction(),
                new Direction(text("direction"), "is better"),
                1,
                PromptInfo.NONE);
    }

    private static DetectedObject object(JsonNode box) {
        List<Double> at = box.path("bbox").values().stream()
                .map(JsonNode::doubleValue)
                .toList();
        return DetectedObject.of(
                box.path("label").stringValue(), BoundingBox.clamped(at.get(0), at.get(1), at.get(2), at.get(3)));
    }

    @Override
    public String toString() {
        return text("id") + ": " + text("question") + " " + text("answer");
    }

    private static String read(String file) {
        try (InputStream in = CorpusLine.class.getResourceAsStream("corpus/" + file)) {
            return new String(Objects.requireNonNull(in, file).readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
