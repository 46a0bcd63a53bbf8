package io.github.mmevol.prompts;

import io.github.mmevol.core.dataset.DataSet;
import io.github.mmevol.core.dataset.DataSetWriter;
import io.github.mmevol.core.dataset.DataSets;
import io.github.mmevol.core.elimination.EvolvedSample;
import io.github.mmevol.core.evolution.Direction;
import io.github.mmevol.core.evolution.Evolver;
import io.github.mmevol.core.model.ModelClient;
import io.github.mmevol.core.model.SamplingOptions;
import io.github.mmevol.core.sample.Instruction;
import io.github.mmevol.core.sample.Sample;
import io.github.mmevol.core.sample.SampleKey;
import java.nio.file.Path;
import java.util.Collections;
import java.util.List;
import java.util.Objects;

/**
 * Makes seeds of any samples, in a run of one round before the evolution: writes a few plain instructions where a sample has
 * none, and fills in objects, skills and steps where an instruction lacks them. Questions and answers that are there stay as
 * they are. It is an evolver like any other, so that store, budget, price and batch hold for it, and a judge scores the seeds:
 *
 * <pre>{@code
 * SeedPreparer preparer = SeedPreparer.with(model);
 * EvolutionPipeline.builder()
 *         .evolvers(preparer.evolver())
 *         .eliminators(Judge.with(model))
 *         .rounds(1)
 *         .build()
 *         .run(preparer.places(DataSets.read(photographs)), SeedPreparer.writeSeeds(seeds));
 * }</pre>
 *
 * <p>Immutable and thread-safe.
 */
public final class SeedPreparer {
    /** What stands in a sample for an instruction that is to be written. */
    static final Instruction PLACE = Instruction.of("(to be written)", "(to be written)");

    /** The direction under which it runs. */
    public static final Direction PREPARATION = new Direction(
            "preparation",
            "It is a plain question that one look at the image answers. Where the parent is `(to be written)`, any such question"
                    + " is an improvement; else question and answer stay as they were, and that is no fault.");

    private static final SamplingOptions SAMPLING =
            SamplingOptions.defaults().withTemperature(0.7).withMaxTokens(4096);
    private static final int MOST = 4;

    private final ModelClient model;
    private final int questions;

    private SeedPreparer(ModelClient model, int questions) {
        this.model = Objects.requireNonNull(model, "model");
        this.questions = questions;
    }

    /** A preparer that writes three instructions where there are none; temperature 0.7, replies of at most 4096 tokens. */
    public static SeedPreparer with(ModelClient model) {
        return new SeedPreparer(model, 3);
    }

    /**
     * How many instructions it writes for a sample that has none; default 3.
     *
     * @throws IllegalArgumentException unless from 2 to 4
     */
    public SeedPreparer questions(int questions) {
        if (questions < 2 || questions > MOST) {
            throw new IllegalArgumentException("a sample gets 2 to 4 plain questions, not " + questions);
        }
        return new SeedPreparer(model, questions);
    }

    /** The evolver that does it. */
    public Evolver evolver() {
        return new PreparingEvolver(model, SAMPLING);
    }

    /** The samples, with places for instructions where there are none; what has no image stays as it is. */
    public DataSet<Sample> places(DataSet<Sample> samples) {
        return () -> samples.stream()
                .map(sample ->
                        sample.instructions().isEmpty() && !sample.image().isEmpty()
                                ? sample.with(b -> b.instructions(Collections.nCopies(questions, PLACE)))
                                : sample);
    }

    /**
     * Writes the seeds that come of it as MMEvol JSON. A judge's score stands in an instruction's {@code seed_score}. An
     * instruction that was there before and was eliminated, or could not be filled in, stays as it was, with the reason in
     * {@code seed_problem}; one that was to be written is left out then, and so is one that repeats another.
     */
    public static DataSetWriter writeSeeds(Path file) {
        DataSetWriter seeds = DataSets.writeMmevolJson(file);
        return () -> {
            DataSetWriter.Appender out = seeds.open();
            return new DataSetWriter.Appender() {
                @Override
                public void append(EvolvedSample prepared) {
                    Sample sample = PreparedSeeds.of(prepared);
                    out.append(new EvolvedSample(SampleKey.of(sample), sample, List.of()));
                }

                @Override
                public void flush() {
                    out.flush();
                }

                @Override
                public void commit() {
                    out.commit();
                }

                @Override
                public void close() {
                    out.close();
                }
            };
        };
    }
}
