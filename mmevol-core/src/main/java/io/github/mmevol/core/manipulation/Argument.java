package io.github.mmevol.core.manipulation;

import io.github.mmevol.core.sample.BoundingBox;
import java.math.BigDecimal;
import java.util.List;

/** What a call is given, as it is written. */
public sealed interface Argument {

    /**
     * The result of another call.
     *
     * @param name its name in one spelling: {@code bbx2} for {@code bb_x2}, {@code BBX_2} and {@code bbox2}; without a
     *     number where none is written
     */
    record Variable(String name) implements Argument {}

    /**
     * Words that name something.
     *
     * @param text the words, without quotation marks
     */
    record Phrase(String text) implements Argument {}

    /**
     * Boxes written out.
     *
     * @param boxes one or more
     */
    record Boxes(List<BoundingBox> boxes) implements Argument {
        /** Copies the list. */
        public Boxes {
            boxes = List.copyOf(boxes);
        }
    }

    /**
     * A number.
     *
     * @param value the number
     */
    record Figure(BigDecimal value) implements Argument {}

    /**
     * Something to be worked out; calls inside it are replaced by the variables that take their results.
     *
     * @param text the expression
     */
    record Expression(String text) implements Argument {}
}
