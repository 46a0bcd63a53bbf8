package io.github.mmevol.core.manipulation;

import io.github.mmevol.core.sample.Step;
import java.util.List;
import java.util.Objects;

/**
 * What the solving steps of an instruction call, in order. Any text can be read: what is no call of any spelling is passed
 * over and named among the {@link #flaws()}.
 *
 * @param steps the solving steps
 * @param calls their calls; of calls in each other, the inner one first
 */
public record Chain(List<Step> steps, List<Call> calls) {

    /**
     * Something about a chain that cannot be right as it is written; it makes nothing wrong by itself.
     *
     * @param kind what it is
     * @param step the index of the step it stands in
     * @param span the text it is about
     */
    public record Flaw(Kind kind, int step, String span) {

        /** What may be about a chain. */
        public enum Kind {
            /** A variable that nothing gives a value to. */
            UNDEFINED,
            /** A variable that is used before it has a value. */
            OUT_OF_ORDER,
            /** A result that nothing makes use of. */
            DANGLING,
            /** A function that the method does not have. */
            UNKNOWN_FUNCTION,
            /** A manipulation in which no call can be found. */
            UNREADABLE
        }

        /** Keeps the values. */
        public Flaw {
            Objects.requireNonNull(kind, "kind");
            Objects.requireNonNull(span, "span");
        }
    }

    /** Copies the lists. */
    public Chain {
        steps = List.copyOf(steps);
        calls = List.copyOf(calls);
    }

    /** Reads the chain of some steps. */
    public static Chain of(List<Step> steps) {
        ChainParser parser = new ChainParser();
        for (int i = 0; i < steps.size(); i++) {
            if (steps.get(i).hasManipulation()) {
                parser.read(i, steps.get(i).manipulation());
            }
        }
        return new Chain(steps, parser.calls());
    }

    /** What cannot be right as it is written, in the order of the steps. */
    public List<Flaw> flaws() {
        return Flaws.of(this);
    }
}
