package io.github.mmevol.examples.evolve;

import io.github.mmevol.core.dataset.DataSetWriter;
import io.github.mmevol.core.elimination.EvolvedSample;
import io.github.mmevol.core.elimination.Outcome;
import io.github.mmevol.core.sample.Instruction;
import java.io.PrintWriter;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Remembers the first of the longest lines from a seed on, and the last elimination, to show at the end of a run. */
final class Highlights implements DataSetWriter {
    private record Line(String image, Instruction seed, List<Outcome.Kept> kept) {}

    private record Loss(String image, Outcome.Eliminated eliminated) {}

    private @Nullable Line line;
    private @Nullable Loss loss;
    private boolean written;

    @Override
    public Appender open() {
        return new Appender() {
            @Override
            public void append(EvolvedSample sample) {
                look(sample);
            }

            @Override
            public void commit() {
                written = true;
            }

            @Override
            public void close() {}
        };
    }

    /** Whether all that was written along with them has been committed. */
    boolean areWritten() {
        return written;
    }

    private void look(EvolvedSample sample) {
        for (Outcome outcome : sample.outcomes()) {
            if (outcome instanceof Outcome.Kept kept) {
                List<Outcome.Kept> kin = sample.lineage(kept.origin().id());
                if (line == null || kin.size() > line.kept().size()) {
                    String seedId = kin.get(0).origin().parentId();
                    int ordinal = Integer.parseInt(seedId.substring(seedId.lastIndexOf('.') + 1));
                    line = new Line(
                            sample.sample().image(),
                            sample.sample().instructions().get(ordinal - 1),
                            kin);
                }
            } else if (outcome instanceof Outcome.Eliminated eliminated) {
                loss = new Loss(sample.sample().image(), eliminated);
            }
        }
    }

    void print(PrintWriter out) {
        if (line != null) {
            out.println("One line of " + line.image() + ", from the seed on:");
            show(out, "seed", line.seed());
            for (Outcome.Kept kept : line.kept()) {
                String score =
                        kept.score().isPresent() ? ", score " + kept.score().getAsInt() : "";
                show(
                        out,
                        "round " + kept.origin().round() + ", " + kept.origin().direction() + score,
                        kept.instruction());
            }
            out.println();
        }
        if (loss != null) {
            Outcome.Eliminated eliminated = loss.eliminated();
            out.println("One eliminated instruction of " + loss.image() + ":");
            show(
                    out,
                    "round " + eliminated.origin().round() + ", "
                            + eliminated.origin().direction(),
                    eliminated.instruction());
            out.println("     by " + eliminated.by() + ": " + eliminated.why());
            out.println();
        }
    }

    private static void show(PrintWriter out, String title, Instruction instruction) {
        out.println("  [" + title + "]");
        out.println("     Q: " + instruction.question().replace("\n", "\n        "));
        out.println("     A: " + instruction.answer().replace("\n", "\n        "));
    }
}
