package io.github.mmevol.core.sample;

import io.github.mmevol.core.sample.LabelMatcher.Relation;
import java.util.ArrayList;
import java.util.List;

/**
 * Which of the {@linkplain Instruction#objects() objects} of an instruction are among the annotated ones of its sample: to
 * filter and to report by. An object that is not annotated may well be in the image.
 *
 * @param grounded the names that name an annotated label, or something wider or narrower
 * @param unseen the other names
 */
public record GroundedObjects(List<String> grounded, List<String> unseen) {

    /** Copies the lists. */
    public GroundedObjects {
        grounded = List.copyOf(grounded);
        unseen = List.copyOf(unseen);
    }

    /**
     * Looks the objects of an instruction up.
     *
     * @param labels tells which nouns name an annotated label
     */
    public static GroundedObjects of(Sample sample, Instruction instruction, LabelMatcher labels) {
        List<String> annotated = sample.objects().stream()
                .map(DetectedObject::label)
                .distinct()
                .toList();
        List<String> grounded = new ArrayList<>();
        List<String> unseen = new ArrayList<>();
        for (String name : instruction.objects()) {
            boolean known = annotated.stream().anyMatch(label -> isNamed(labels.relate(name, label)));
            (known ? grounded : unseen).add(name);
        }
        return new GroundedObjects(grounded, unseen);
    }

    private static boolean isNamed(Relation relation) {
        return relation != Relation.OTHER && relation != Relation.UNKNOWN;
    }
}
