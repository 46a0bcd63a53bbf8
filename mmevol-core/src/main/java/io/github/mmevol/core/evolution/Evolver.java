package io.github.mmevol.core.evolution;

import io.github.mmevol.core.sample.Instruction;
import io.github.mmevol.core.sample.Sample;
import java.util.List;
import java.util.Optional;
import java.util.function.BiFunction;

/**
 * Rewrites a sample's live instructions towards one direction. Implementations are thread-safe and keep nothing between
 * calls; they reach a model through {@link Round#ask} alone and draw randomness from {@link Round#random} alone, so that
 * a run can be repeated.
 */
public interface Evolver {

    /** The direction it evolves in. */
    Direction direction();

    /**
     * What it is set to, in a text that changes when its results may: recorded with a stored run, and compared before that
     * is gone on with. Default: its direction.
     */
    default String settings() {
        return direction().name() + " (" + direction().criterion() + ")";
    }

    /**
     * Evolves each of the live instructions once.
     *
     * @param sample the sample; its {@link Sample#instructions()} are the seeds, not necessarily what is live
     * @param live the newest survivors, at least one
     * @param round the round
     * @return a child or a failure for each
     */
    Evolution evolve(Sample sample, List<LiveInstruction> live, Round round);

    /**
     * An evolver that needs no model.
     *
     * @param rewrite makes the child of one live instruction, or nothing where there is no better one
     */
    static Evolver each(Direction direction, BiFunction<Sample, LiveInstruction, Optional<Instruction>> rewrite) {
        return new EachEvolver(direction, rewrite);
    }
}

record EachEvolver(Direction direction, BiFunction<Sample, LiveInstruction, Optional<Instruction>> rewrite)
        implements Evolver {
    @Override
    public Evolution evolve(Sample sample, List<LiveInstruction> live, Round round) {
        Evolution all = new Evolution(List.of(), List.of());
        for (LiveInstruction parent : live) {
            Optional<Instruction> child = rewrite.apply(sample, parent);
            all = all.plus(
                    child.isPresent()
                            ? new Evolution(
                                    List.of(new Evolution.Child(parent.id(), child.get(), PromptInfo.NONE, "")),
                                    List.of())
                            : new Evolution(
                                    List.of(),
                                    List.of(new Evolution.Failure(
                                            parent.id(), "declined", "no better instruction", PromptInfo.NONE, ""))));
        }
        return all;
    }
}
