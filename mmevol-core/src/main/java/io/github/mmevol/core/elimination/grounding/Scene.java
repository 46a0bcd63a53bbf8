package io.github.mmevol.core.elimination.grounding;

import io.github.mmevol.core.sample.AnnotationTrust;
import io.github.mmevol.core.sample.BoundingBox;
import io.github.mmevol.core.sample.DetectedObject;
import io.github.mmevol.core.sample.LabelMatcher;
import io.github.mmevol.core.sample.LabelMatcher.Relation;
import io.github.mmevol.core.sample.Sample;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** The annotated things of a sample, by their labels. Made for one look at one instruction; used by one thread. */
final class Scene {
    /** From this overlap on two boxes of one label are of one thing. */
    private static final double SAME_THING = 0.85;

    /** From this overlap on boxes of different labels may be of one thing: a man, and the player that he is. */
    private static final double SAME_PLACE = 0.5;

    /** The boxes of one label, each thing once. */
    record Things(String label, List<BoundingBox> boxes) {}

    /** How what a phrase names relates to each label. */
    record Meaning(Map<Things, Relation> relations) {

        /** The things whose label the phrase relates to in this way. */
        List<Things> of(Relation relation) {
            List<Things> found = new ArrayList<>();
            relations.forEach((things, is) -> {
                if (is == relation) {
                    found.add(things);
                }
            });
            return found;
        }

        boolean has(Relation relation) {
            return relations.containsValue(relation);
        }
    }

    private final Sample sample;
    private final LabelMatcher matcher;
    private final List<Things> things = new ArrayList<>();
    private final Map<String, Meaning> meanings = new HashMap<>();

    Scene(Sample sample, LabelMatcher matcher) {
        this.sample = sample;
        this.matcher = matcher;
        Map<String, List<BoundingBox>> byLabel = new LinkedHashMap<>();
        for (DetectedObject object : sample.objects()) {
            byLabel.computeIfAbsent(object.label().strip(), label -> new ArrayList<>())
                    .add(object.box());
        }
        byLabel.forEach((label, boxes) -> things.add(new Things(label, distinct(boxes))));
    }

    boolean isEmpty() {
        return things.isEmpty();
    }

    /** Whether labels and boxes may be wrong themselves, so that they prove nothing. */
    boolean isNoisy() {
        return sample.trust() == AnnotationTrust.NOISY;
    }

    /** Whether every thing of an annotated label is boxed. */
    boolean isExhaustive() {
        return sample.trust() == AnnotationTrust.EXHAUSTIVE;
    }

    List<DetectedObject> objects() {
        return sample.objects();
    }

    Meaning meaning(String phrase) {
        return meanings.computeIfAbsent(phrase, this::related);
    }

    private Meaning related(String phrase) {
        Map<Things, Relation> relations = new LinkedHashMap<>();
        for (Things one : things) {
            relations.put(one, matcher.relate(phrase, one.label()));
        }
        return new Meaning(relations);
    }

    /** The boxes of some labels, each thing once. */
    static List<BoundingBox> boxes(List<Things> things) {
        return distinct(things.stream().flatMap(one -> one.boxes().stream()).toList());
    }

    /** The boxes of some labels, less those that may be of a thing that another label names too. */
    static List<BoundingBox> places(List<Things> things) {
        List<BoundingBox> places = new ArrayList<>();
        for (Things one : things) {
            List<BoundingBox> before = List.copyOf(places);
            for (BoundingBox box : one.boxes()) {
                if (before.stream().noneMatch(other -> other.iou(box) >= SAME_PLACE)) {
                    places.add(box);
                }
            }
        }
        return places;
    }

    /** For a reader: {@code tower [..], [..]; light [..]}. */
    static String describe(List<Things> things) {
        return things.stream()
                .map(one -> one.label() + " "
                        + one.boxes().stream().map(BoundingBox::toString).collect(Collectors.joining(", ")))
                .collect(Collectors.joining("; "));
    }

    static String describe(DetectedObject object) {
        return object.label() + " " + object.box();
    }

    private static List<BoundingBox> distinct(List<BoundingBox> boxes) {
        List<BoundingBox> distinct = new ArrayList<>();
        for (BoundingBox box : boxes) {
            if (distinct.stream().noneMatch(other -> other.iou(box) >= SAME_THING)) {
                distinct.add(box);
            }
        }
        return distinct;
    }
}
