package io.github.mmevol.prompts;

import io.github.mmevol.core.evolution.Candidate;
import io.github.mmevol.core.evolution.LiveInstruction;
import io.github.mmevol.core.evolution.PromptInfo;
import io.github.mmevol.core.evolution.Round;
import io.github.mmevol.core.internal.json.Json;
import io.github.mmevol.core.model.ModelRequest;
import io.github.mmevol.core.sample.BoundingBox;
import io.github.mmevol.core.sample.Check;
import io.github.mmevol.core.sample.DetectedObject;
import io.github.mmevol.core.sample.Instruction;
import io.github.mmevol.core.sample.Sample;
import io.github.mmevol.core.sample.Step;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import tools.jackson.databind.JsonNode;

/**
 * What a request is rendered from, read from a file: {@code caption}, {@code objects} as {@code [label, x1, y1, x2, y2]},
 * {@code lines} (each the instructions of a line, the live one last), {@code evolved} (one for each line, for the judge,
 * with {@code disputes} as {@code [claim, evidence]}) and {@code repair} (local id to problem).
 */
record PromptCase(
        String name,
        Sample sample,
        List<LiveInstruction> live,
        List<Instruction> evolved,
        List<List<Check>> checks,
        Map<String, String> repair) {

    static PromptCase read(Path file) {
        try {
            String name = file.getFileName().toString().replace(".json", "");
            return of(name, Json.parse(Files.readString(file)));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static PromptCase of(String name, JsonNode json) {
        List<DetectedObject> objects = new ArrayList<>();
        for (JsonNode o : json.path("objects")) {
            objects.add(DetectedObject.of(
                    o.get(0).stringValue(),
                    new BoundingBox(
                            o.get(1).doubleValue(),
                            o.get(2).doubleValue(),
                            o.get(3).doubleValue(),
                            o.get(4).doubleValue())));
        }
        List<LiveInstruction> live = new ArrayList<>();
        List<Instruction> seeds = new ArrayList<>();
        for (JsonNode line : json.path("lines")) {
            List<Instruction> all = instructions(line);
            seeds.add(all.get(0));
            live.add(new LiveInstruction(
                    name + "." + (all.size() - 1) + "." + (live.size() + 1),
                    all.get(all.size() - 1),
                    all.subList(0, all.size() - 1)));
        }
        Sample sample = Sample.builder(name)
                .caption(json.path("caption").asString(""))
                .objects(objects)
                .instructions(seeds)
                .build();
        Map<String, String> repair = new LinkedHashMap<>();
        json.path("repair")
                .properties()
                .forEach(e -> repair.put(e.getKey(), e.getValue().stringValue()));
        List<List<Check>> checks = json.path("evolved")
                .valueStream()
                .map(evolved -> disputes(evolved.path("disputes")))
                .toList();
        return new PromptCase(name, sample, live, instructions(json.path("evolved")), checks, repair);
    }

    private static List<Instruction> instructions(JsonNode list) {
        List<Instruction> instructions = new ArrayList<>();
        for (JsonNode node : list) {
            List<Step> steps = new ArrayList<>();
            node.path("steps")
                    .forEach(step -> steps.add(
                            new Step(step.path(0).asString(""), step.path(1).asString(""))));
            instructions.add(Instruction.builder(
                            node.path("question").asString(""),
                            node.path("answer").asString(""))
                    .steps(steps)
                    .objects(texts(node.path("objects")))
                    .skills(texts(node.path("skills")))
                    .format(node.path("format").asString(""))
                    .imagePosition(node.path("image_position").asString(""))
                    .build());
        }
        return instructions;
    }

    private static List<Check> disputes(JsonNode list) {
        return list.valueStream()
                .map(pair -> new Check(
                        "relation",
                        Check.Part.ANSWER,
                        pair.get(0).stringValue(),
                        Check.Result.DISPUTED,
                        pair.get(1).stringValue()))
                .toList();
    }

    private static List<String> texts(JsonNode list) {
        List<String> texts = new ArrayList<>();
        list.forEach(text -> texts.add(text.stringValue()));
        return texts;
    }

    /** The first request, or the second one where the case tells of problems. */
    ModelRequest evolve(PrefixPrompt prompt) {
        Round round = Round.of(7, sample);
        return repair.isEmpty()
                ? prompt.request(sample, live, round).build()
                : prompt.request(sample, live, repair, 1, round).build();
    }

    /** The judge's request for what the case says came of its lines. */
    ModelRequest judge(JudgePrompt prompt, PrefixPrompt of) {
        List<Candidate> candidates = new ArrayList<>();
        for (int i = 0; i < evolved.size(); i++) {
            candidates.add(new Candidate(
                            name + ".9." + (i + 1),
                            sample,
                            live.get(i),
                            evolved.get(i),
                            of.direction(),
                            1,
                            PromptInfo.NONE)
                    .withChecks(checks.get(i)));
        }
        Map<String, String> asked = new LinkedHashMap<>(repair);
        if (asked.isEmpty()) {
            DataBlock.localIds(candidates.size()).forEach(id -> asked.put(id, ""));
        }
        return prompt.request(candidates, asked, repair.isEmpty() ? 0 : 1, false, Round.of(7, sample))
                .build();
    }
}
