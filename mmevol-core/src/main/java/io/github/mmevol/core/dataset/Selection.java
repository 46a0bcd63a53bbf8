package io.github.mmevol.core.dataset;

import io.github.mmevol.core.elimination.EvolvedSample;
import io.github.mmevol.core.elimination.Outcome;
import io.github.mmevol.core.elimination.Verdict;
import io.github.mmevol.core.sample.Sample;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.BiFunction;
import java.util.function.Supplier;

/**
 * Chooses what goes into an output, by looking at all of it: repetitions, caps, a number. What it drops is eliminated, with
 * the selection's name, why, and what it is near to or what is full. It has no say in the rounds: what was evolved from an
 * instruction that is dropped stays. Immutable and thread-safe; the same samples in the same order give the same result.
 *
 * <pre>{@code
 * Selection.contamination(EvalGuard.read(benchmark))
 *         .then(Selection.verifiedOnly())
 *         .then(Selection.nearDuplicates())
 *         .then(Selection.skeletonCap(200))
 *         .then(Selection.balance(Balance.FORM, 5_000))
 *         .then(Selection.target(50_000));
 * }</pre>
 */
@FunctionalInterface
public interface Selection {

    /** Starts anew, for one output. */
    Pass start();

    /** One going through of an output's samples; keeps what it has to remember of them. Used by one thread at a time. */
    @FunctionalInterface
    interface Pass {

        /**
         * The next sample of the output, without what is dropped: each outcome stays in its place, and is as it was,
         * eliminated, or kept again on people's word.
         */
        EvolvedSample select(EvolvedSample sample);

        /** How many more instructions can be kept; 0 when all that follows would be dropped. Default empty: no bound. */
        default OptionalLong room() {
            return OptionalLong.empty();
        }
    }

    /** This selection, then another one of what it keeps. */
    default Selection then(Selection next) {
        Objects.requireNonNull(next, "next");
        return inOrder(List.of(this, next));
    }

    /** Selections one after another, each of what the ones before keep; of none, all is kept. */
    static Selection inOrder(List<Selection> selections) {
        Objects.requireNonNull(selections, "selections");
        List<Selection> stages = List.copyOf(selections);
        return () -> new StagedPass(stages.stream().map(Selection::start).toList());
    }

    /**
     * A selection that looks at one kept instruction at a time: what does not pass is dropped, and what passes stays as it
     * is. What comes with a pass (score, reason, {@linkplain Verdict.Pass#revised() corrected wording}, checks) is ignored.
     *
     * @param name stands in records and reports as the one who eliminated
     * @param start gives for each output a new test, which may remember what it has seen; null is no verdict
     */
    static Selection each(String name, Supplier<? extends BiFunction<Sample, Outcome.Kept, Verdict>> start) {
        Objects.requireNonNull(name, "name");
        if (name.isBlank()) {
            throw new IllegalArgumentException("a selection needs a name");
        }
        Objects.requireNonNull(start, "start");
        return () -> new EachPass(
                name, Objects.requireNonNull(start.get(), () -> "the selection '" + name + "' gives no test"));
    }

    /**
     * Drops ({@code verified-only}) what is not {@linkplain io.github.mmevol.core.sample.Verification#VERIFIED verified};
     * the evidence is what is open. Stands before what counts or compares, so that nothing verified is dropped for the sake
     * of something that is not.
     */
    static Selection verifiedOnly() {
        return each("verified-only", Verified::new);
    }

    /**
     * Drops ({@code near-duplicate}) what says again what was kept before about the same image and the same part of it: at
     * least 0.7 of all runs of three words of question and answer are common to both, and the question tells nothing that
     * the earlier one does not. Little words ("the", "is", "in the picture"), case, punctuation and the order of options and
     * sentences make no difference. "Where is the cup?" and "Where is the spoon?" are no duplicates, nor is a template on
     * another photograph. On the bundled photographs no two instructions that differ for a reader reach 0.4.
     *
     * <p>Images are the same if they are the same file by name, or if they look alike ({@link
     * io.github.mmevol.core.model.ImageFingerprint}). A file is only looked at (some 3 ms) once nearly the same is said of it
     * and of another one; where it cannot be read its name decides.
     *
     * <p>Candidates are found by MinHash, 20 bands of 4 rows: of pairs at a likeness of 0.7 it finds more than 99 %, of
     * exact repetitions all. Takes some 0.9 kB for each instruction that is kept, its image
     * included: a million in a heap of 1.6 GB.
     */
    static Selection nearDuplicates() {
        return each("near-duplicate", NearDuplicates::new);
    }

    /**
     * Drops ({@code semantic-duplicate}) what means the same as an instruction that was kept before about the same image and
     * the same part of it. Each is compared with all others of its image. Looks at every image (some 3 ms each), asks the
     * embedder once for each instruction, and keeps the vector of each that is kept: with 384 numbers some 1.7 kB.
     *
     * @param threshold from which cosine on two texts mean the same, above 0 and up to 1; depends on the embedder
     */
    static Selection semanticDuplicates(TextEmbedder embedder, double threshold) {
        Objects.requireNonNull(embedder, "embedder");
        if (!(threshold > 0 && threshold <= 1)) {
            throw new IllegalArgumentException("a threshold lies above 0 and up to 1: " + threshold);
        }
        return each("semantic-duplicate", () -> new SemanticDuplicates(embedder, threshold));
    }

    /**
     * Drops ({@code eval-guard}) what asks nearly what an evaluation asks, of whatever image, and all about an image that an
     * evaluation uses. The evidence names the question or image of the evaluation.
     */
    static Selection contamination(EvalGuard guard) {
        Objects.requireNonNull(guard, "guard");
        return each("eval-guard", guard::start);
    }

    /**
     * Drops ({@code skeleton-cap}) the questions of a skeleton beyond the first ones, whatever image they are about.
     *
     * @param most how many questions of one {@link Skeleton} are kept, at least 1
     */
    static Selection skeletonCap(int most) {
        return Caps.of(
                "skeleton-cap",
                most,
                kept -> List.of(Skeleton.of(kept.instruction().question()).text()));
    }

    /**
     * Drops ({@code balance}) what belongs to a cell that is full. An instruction with several skills belongs to several
     * cells and is dropped if one of them is full.
     *
     * @param most how many are kept of each cell, at least 1
     */
    static Selection balance(Balance by, int most) {
        Objects.requireNonNull(by, "by");
        return Caps.of("balance", most, by::cells);
    }

    /**
     * Keeps ({@code target}) the first ones and drops the rest. A pipeline stops handing out samples once it has as many; see
     * {@code EvolutionPipeline.Builder.selections}.
     *
     * @param kept how many, at least 1
     */
    static Selection target(long kept) {
        if (kept < 1) {
            throw new IllegalArgumentException("a target is at least 1: " + kept);
        }
        return () -> new TargetPass(kept);
    }
}

record StagedPass(List<Selection.Pass> stages) implements Selection.Pass {
    @Override
    public EvolvedSample select(EvolvedSample sample) {
        EvolvedSample selected = sample;
        for (Selection.Pass stage : stages) {
            selected = stage.select(selected);
        }
        return selected;
    }

    @Override
    public OptionalLong room() {
        return stages.stream()
                .map(Selection.Pass::room)
                .flatMapToLong(OptionalLong::stream)
                .min();
    }
}

record EachPass(String name, BiFunction<Sample, Outcome.Kept, Verdict> test) implements Selection.Pass {
    @Override
    public EvolvedSample select(EvolvedSample sample) {
        return new EvolvedSample(
                sample.key(),
                sample.sample(),
                sample.outcomes().stream()
                        .map(outcome -> outcome instanceof Outcome.Kept kept ? select(sample.sample(), kept) : outcome)
                        .toList());
    }

    private Outcome select(Sample sample, Outcome.Kept kept) {
        Verdict verdict = Objects.requireNonNull(
                test.apply(sample, kept),
                () -> "the selection '" + name + "' gives no verdict on "
                        + kept.origin().id());
        if (verdict instanceof Verdict.Reject reject) {
            return new Outcome.Eliminated(
                    kept.origin(), kept.instruction(), name, reject.why(), reject.evidence(), kept.score());
        }
        if (verdict instanceof Verdict.Fail fail) {
            return new Outcome.Failed(kept.origin(), Optional.of(kept.instruction()), name, fail.why());
        }
        return kept;
    }
}

final class TargetPass implements Selection.Pass {
    private final long target;
    private final EachPass pass = new EachPass("target", this::test);
    private long room;

    TargetPass(long target) {
        this.target = target;
        room = target;
    }

    private Verdict test(Sample sample, Outcome.Kept kept) {
        if (room == 0) {
            return Verdict.reject("the target is reached", target + " are kept");
        }
        room--;
        return Verdict.pass();
    }

    @Override
    public EvolvedSample select(EvolvedSample sample) {
        return pass.select(sample);
    }

    @Override
    public OptionalLong room() {
        return OptionalLong.of(room);
    }
}
