package io.github.mmevol.core.manipulation;

import io.github.mmevol.core.sample.BoundingBox;
import java.math.BigDecimal;
import java.util.List;
import java.util.Objects;

/** What a manipulation gives, or is given. */
public sealed interface Value {

    /** How far a value is known. */
    enum Certainty {
        /** It is this. */
        EXACT,
        /** It is at least this: more boxes may exist than are annotated. */
        AT_LEAST,
        /** It may be another. */
        DOUBTFUL;

        /** How far a value is known that grows with two others. */
        Certainty and(Certainty other) {
            return compareTo(other) >= 0 ? this : other;
        }
    }

    /**
     * Where something stands.
     *
     * @param boxes one box or more
     * @param certainty whether these are all there are
     */
    record Boxes(List<BoundingBox> boxes, Certainty certainty) implements Value {
        /** @throws IllegalArgumentException if there is no box */
        public Boxes {
            boxes = List.copyOf(boxes);
            Objects.requireNonNull(certainty, "certainty");
            if (boxes.isEmpty()) {
                throw new IllegalArgumentException("boxes without a box");
            }
        }
    }

    /**
     * A count, or what was worked out.
     *
     * @param value the number
     * @param certainty how far it is known
     */
    record Amount(BigDecimal value, Certainty certainty) implements Value {
        /** Keeps the number. */
        public Amount {
            Objects.requireNonNull(value, "value");
            Objects.requireNonNull(certainty, "certainty");
        }
    }

    /**
     * Words: what a call names, or what was read.
     *
     * @param text the words
     */
    record Text(String text) implements Value {
        /** Keeps the words. */
        public Text {
            Objects.requireNonNull(text, "text");
        }
    }
}
