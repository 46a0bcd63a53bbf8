package io.github.mmevol.core.manipulation;

import io.github.mmevol.core.sample.BoundingBox;
import io.github.mmevol.core.sample.DetectedObject;
import io.github.mmevol.core.sample.LabelMatcher;
import io.github.mmevol.core.sample.LabelMatcher.Relation;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Grounding from the annotations: what a phrase names is where the objects are that bear a label of that meaning. */
record Grounding(LabelMatcher labels) implements Tool {
    private static final double ONE_THING = 0.85;

    @Override
    public Optional<Value> run(Call call, List<Value> given, Scene scene) {
        if (given.size() == 1 && given.get(0) instanceof Value.Text phrase) {
            return find(phrase.text(), scene);
        }
        return given.size() == 1 && given.get(0) instanceof Value.Boxes ? Optional.of(given.get(0)) : Optional.empty();
    }

    /** The boxes of what a phrase names; empty if it names only some of what is annotated, or nothing that is. */
    Optional<Value> find(String phrase, Scene scene) {
        Map<String, Relation> relations = new LinkedHashMap<>();
        List<BoundingBox> same = new ArrayList<>();
        List<BoundingBox> kinds = new ArrayList<>();
        for (DetectedObject object : scene.sample().objects()) {
            Relation relation = relations.computeIfAbsent(object.label(), label -> labels.relate(phrase, label));
            if (relation == Relation.SAME) {
                add(same, object.box());
            } else if (relation == Relation.BROADER) {
                add(kinds, object.box());
            }
        }
        if (same.isEmpty() && kinds.isEmpty()) {
            return Optional.empty();
        }
        boolean counted = !same.isEmpty() || disjoint(relations);
        Value.Certainty certainty =
                switch (scene.sample().trust()) {
                    // a child may stand beside the boxed women and men, though each of these is boxed
                    case EXHAUSTIVE -> kinds.isEmpty() ? Value.Certainty.EXACT : Value.Certainty.AT_LEAST;
                    case PRECISE -> Value.Certainty.AT_LEAST;
                    case NOISY -> Value.Certainty.DOUBTFUL;
                };
        return Optional.of(
                new Value.Boxes(same.isEmpty() ? kinds : same, counted ? certainty : Value.Certainty.DOUBTFUL));
    }

    /** Whether no thing can bear two of the labels that are kinds of what is looked for. */
    private boolean disjoint(Map<String, Relation> relations) {
        List<String> kinds = relations.keySet().stream()
                .filter(label -> relations.get(label) == Relation.BROADER)
                .toList();
        for (String one : kinds) {
            for (String other : kinds) {
                if (!one.equals(other) && labels.relate(one, other) != Relation.OTHER) {
                    return false;
                }
            }
        }
        return true;
    }

    /** Adds a box, unless one is there that stands for the same thing. */
    private static void add(List<BoundingBox> boxes, BoundingBox box) {
        for (BoundingBox there : boxes) {
            if (there.iou(box) >= ONE_THING) {
                return;
            }
        }
        boxes.add(box);
    }
}
