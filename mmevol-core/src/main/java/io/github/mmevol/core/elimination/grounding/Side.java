package io.github.mmevol.core.elimination.grounding;

import io.github.mmevol.core.sample.BoundingBox;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** On which side of another thing a thing is said to be. */
enum Side {
    LEFT,
    RIGHT,
    ABOVE,
    BELOW,
    /** Nearer, farther, larger, smaller: what boxes cannot tell. */
    OTHER;

    /** How two boxes stand to what is said. */
    enum Holds {
        YES,
        NO,
        OPEN;

        Holds opposite() {
            return this == YES ? NO : this == NO ? YES : OPEN;
        }
    }

    /** How far two centres must lie apart. */
    private static final double APART = 0.05;

    /** How much of the smaller box may lie beside the other one on the axis. */
    private static final double OVERLAP = 0.5;

    private static final Map<String, Side> WORDS = Map.of("left", LEFT, "right", RIGHT, "above", ABOVE, "below", BELOW);

    static @Nullable Side of(String word) {
        return WORDS.get(word);
    }

    Side opposite() {
        return switch (this) {
            case LEFT -> RIGHT;
            case RIGHT -> LEFT;
            case ABOVE -> BELOW;
            case BELOW -> ABOVE;
            case OTHER -> OTHER;
        };
    }

    Holds holds(BoundingBox subject, BoundingBox object) {
        boolean horizontal = this == LEFT || this == RIGHT;
        double from = horizontal ? (subject.x1() + subject.x2()) / 2 : (subject.y1() + subject.y2()) / 2;
        double to = horizontal ? (object.x1() + object.x2()) / 2 : (object.y1() + object.y2()) / 2;
        double overlap = horizontal
                ? Math.min(subject.x2(), object.x2()) - Math.max(subject.x1(), object.x1())
                : Math.min(subject.y2(), object.y2()) - Math.max(subject.y1(), object.y1());
        double smaller =
                horizontal ? Math.min(subject.width(), object.width()) : Math.min(subject.height(), object.height());
        if (this == OTHER || Math.abs(from - to) <= APART || overlap >= OVERLAP * smaller) {
            return Holds.OPEN;
        }
        boolean before = from < to;
        return before == (this == LEFT || this == ABOVE) ? Holds.YES : Holds.NO;
    }
}
