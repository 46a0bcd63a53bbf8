package io.github.mmevol.core.analysis;

import io.github.mmevol.core.elimination.EvolvedSample;
import io.github.mmevol.core.elimination.Outcome;
import io.github.mmevol.core.internal.json.Json;
import io.github.mmevol.core.sample.BoundingBox;
import io.github.mmevol.core.sample.Check;
import io.github.mmevol.core.sample.DetectedObject;
import io.github.mmevol.core.sample.Instruction;
import io.github.mmevol.core.sample.Sample;
import io.github.mmevol.core.sample.Step;
import io.github.mmevol.core.sample.Vocabulary;
import java.util.Locale;
import java.util.OptionalInt;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** A sample with what came of it, as a page shows it: long texts and long lists are cut. */
final class GalleryJson {
    private static final int MOST_BYTES = 40 << 10;
    private static final int LONG = 2_000;
    private static final int SHORT = 200;
    private static final int LABEL = 100;

    private final int textLength;
    private final int listLength;

    private GalleryJson(int textLength, int listLength) {
        this.textLength = textLength;
        this.listLength = listLength;
    }

    /** The sample, cut shorter where it is large as a whole. */
    static ObjectNode of(EvolvedSample evolved) {
        ObjectNode whole = new GalleryJson(LONG, 60).sample(evolved);
        return Json.write(whole).length() <= MOST_BYTES ? whole : new GalleryJson(SHORT, 20).sample(evolved);
    }

    private ObjectNode sample(EvolvedSample evolved) {
        Sample sample = evolved.sample();
        ObjectNode node = Json.object();
        node.put("key", evolved.key().value());
        node.put("id", Cut.marked(sample.id(), SHORT));
        node.put("image", Cut.marked(sample.image(), SHORT));
        node.put("caption", text(sample.caption()));
        ArrayNode objects = node.putArray("objects");
        sample.objects().stream().limit(listLength).forEach(object -> object(objects.addObject(), object));
        ArrayNode seeds = node.putArray("seeds");
        for (int i = 0; i < Math.min(listLength, sample.instructions().size()); i++) {
            ObjectNode seed = seeds.addObject();
            seed.put("id", evolved.key().instruction(0, i + 1));
            instruction(seed, sample.instructions().get(i));
        }
        ArrayNode attempts = node.putArray("attempts");
        evolved.outcomes().stream().limit(listLength).forEach(outcome -> attempt(attempts.addObject(), outcome));
        return node;
    }

    private static void object(ObjectNode node, DetectedObject object) {
        node.put("label", Cut.marked(object.label(), LABEL));
        BoundingBox box = object.box();
        ArrayNode edges = node.putArray("box");
        for (double edge : new double[] {box.x1(), box.y1(), box.x2(), box.y2()}) {
            edges.add(Math.round(edge * 1000) / 1000.0);
        }
    }

    private void attempt(ObjectNode node, Outcome outcome) {
        Outcome.Origin origin = outcome.origin();
        node.put("id", Cut.marked(origin.id(), SHORT));
        node.put("parent", Cut.marked(origin.parentId(), SHORT));
        node.put("round", origin.round());
        node.put("direction", Cut.marked(origin.direction(), LABEL));
        node.put("prompt", Cut.marked(origin.promptHash(), LABEL));
        node.put("model", Cut.marked(origin.model(), LABEL));
        if (outcome instanceof Outcome.Kept kept) {
            node.put("outcome", "kept");
            score(node, kept.score());
            node.put("reason", text(kept.reason()));
            node.put("mark", kept.verification().name().toLowerCase(Locale.ROOT));
            ArrayNode checks = node.putArray("checks");
            kept.checks().stream().limit(listLength).forEach(check -> check(checks.addObject(), check));
            instruction(node, kept.instruction());
        } else if (outcome instanceof Outcome.Eliminated eliminated) {
            node.put("outcome", "eliminated");
            score(node, eliminated.score());
            node.put("by", Cut.marked(eliminated.by(), LABEL));
            node.put("why", text(eliminated.why()));
            node.put("evidence", text(eliminated.evidence()));
            instruction(node, eliminated.instruction());
        } else if (outcome instanceof Outcome.Failed failed) {
            node.put("outcome", "failed");
            node.put("by", Cut.marked(failed.by(), LABEL));
            node.put("why", text(failed.why()));
            failed.instruction().ifPresent(instruction -> instruction(node, instruction));
        }
    }

    private void check(ObjectNode node, Check check) {
        node.put("by", Cut.marked(check.by(), LABEL));
        node.put("part", check.part().name().toLowerCase(Locale.ROOT));
        node.put("claim", text(check.claim()));
        node.put("result", check.result().name().toLowerCase(Locale.ROOT));
        node.put("evidence", text(check.evidence()));
    }

    private void instruction(ObjectNode node, Instruction instruction) {
        node.put("question", text(instruction.question()));
        node.put("answer", text(instruction.answer()));
        node.put("form", Cut.marked(Vocabulary.format(instruction.format()), LABEL));
        ArrayNode skills = node.putArray("skills");
        instruction.skills().stream()
                .limit(listLength)
                .forEach(skill -> skills.add(Cut.marked(Vocabulary.skill(skill), LABEL)));
        ArrayNode steps = node.putArray("steps");
        for (Step step : instruction.steps().stream().limit(listLength).toList()) {
            ObjectNode item = steps.addObject();
            item.put("does", step.hasManipulation() ? text(step.manipulation()) : "");
            item.put("says", text(step.description()));
        }
    }

    private static void score(ObjectNode node, OptionalInt score) {
        score.ifPresent(value -> node.put("score", value));
    }

    private String text(String text) {
        return Cut.marked(text, textLength);
    }
}
