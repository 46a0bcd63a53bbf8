package io.github.mmevol.core.sample;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class GroundedObjectsTest {
    private static final Instruction INSTRUCTION = Instruction.builder("What is there?", "Much.")
            .objects(List.of("white cup", "people", "moon", "Tasse", "dog", "woman"))
            .build();

    @Test
    void names_of_annotated_labels_and_of_wider_or_narrower_things_are_grounded() {
        Sample sample = Sample.builder("1")
                .objects(List.of(
                        DetectedObject.of("cup", new BoundingBox(0.1, 0.1, 0.2, 0.2)),
                        DetectedObject.of("cup", new BoundingBox(0.3, 0.1, 0.4, 0.2)),
                        DetectedObject.of("woman", new BoundingBox(0.5, 0.1, 0.9, 0.9))))
                .build();

        GroundedObjects objects = GroundedObjects.of(sample, INSTRUCTION, LabelMatcher.english());

        assertThat(objects.grounded()).containsExactly("white cup", "people", "woman");
        assertThat(objects.unseen()).containsExactly("moon", "Tasse", "dog");
    }

    @Test
    void without_annotations_nothing_is_grounded() {
        assertThat(GroundedObjects.of(Sample.builder("1").build(), INSTRUCTION, LabelMatcher.english())
                        .grounded())
                .isEmpty();
    }
}
