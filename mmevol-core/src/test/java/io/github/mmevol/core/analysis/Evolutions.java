package io.github.mmevol.core.analysis;

import io.github.mmevol.core.elimination.EvolvedSample;
import io.github.mmevol.core.elimination.Outcome;
import io.github.mmevol.core.sample.ImageSource;
import io.github.mmevol.core.sample.Instruction;
import io.github.mmevol.core.sample.Sample;
import io.github.mmevol.core.sample.SampleKey;
import java.util.List;
import java.util.OptionalInt;

/** Evolved samples for tests. */
final class Evolutions {
    private Evolutions() {}

    /** A sample of one line with one outcome a round. */
    static EvolvedSample sample(String name, Outcome... outcomes) {
        Sample sample = Sample.builder(name)
                .image(name + ".jpg", ImageSource.none())
                .instructions(List.of(Instruction.of("Seed of " + name + "?", "Yes.")))
                .build();
        return new EvolvedSample(new SampleKey(name), sample, List.of(outcomes));
    }

    static Outcome.Kept kept(String name, int round, String direction, int score) {
        return new Outcome.Kept(
                origin(name, round, direction), instruction(name, round), OptionalInt.of(score), "found it");
    }

    static Outcome.Eliminated eliminated(String name, int round, String direction, String by) {
        return new Outcome.Eliminated(
                origin(name, round, direction),
                instruction(name, round),
                by,
                "it is wrong",
                "the evidence",
                OptionalInt.empty());
    }

    static Instruction instruction(String name, int round) {
        return Instruction.of("Question " + name + "." + round + "?", "Answer " + round);
    }

    static Outcome.Origin origin(String name, int round, String direction) {
        return new Outcome.Origin(name + "." + round + ".1", name + ".0.1", round, direction, "", "");
    }
}
