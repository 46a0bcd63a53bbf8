package io.github.mmevol.examples.evolve;

import io.github.mmevol.core.elimination.Eliminator;
import io.github.mmevol.core.elimination.Rules;
import io.github.mmevol.core.sample.AnnotationTrust;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** The options that say what rules may hold against the annotations, and what of it is asked of the results. */
final class RuleOptions {
    @Option(
            names = "--trust",
            paramLabel = "HOW",
            description =
                    "How far rules believe the boxes, whatever the seed file says: exhaustive (all is boxed, and right),"
                            + " precise (what is boxed is right), noisy (a detector's). Default: as the seed file says, else precise.")
    private @Nullable AnnotationTrust trust;

    @Option(
            names = "--check-seeds",
            description =
                    "Call nothing; look at the seed instructions with all rules, and write what is wrong with them to"
                            + " OUT/seed-check.json.")
    private boolean checkSeeds;

    /** All rules, under the trust that is asked for. */
    Eliminator rules() {
        return trust == null ? Rules.all() : new UnderTrust(Rules.all(), trust);
    }

    boolean checksSeeds() {
        return checkSeeds;
    }
}
