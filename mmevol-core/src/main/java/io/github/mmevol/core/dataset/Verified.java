package io.github.mmevol.core.dataset;

import io.github.mmevol.core.elimination.Outcome;
import io.github.mmevol.core.elimination.Verdict;
import io.github.mmevol.core.sample.Check;
import io.github.mmevol.core.sample.Sample;
import io.github.mmevol.core.sample.Verification;
import java.util.Locale;
import java.util.function.BiFunction;
import java.util.stream.Collectors;

/** Passes what is verified, and tells of the rest what is open. */
final class Verified implements BiFunction<Sample, Outcome.Kept, Verdict> {
    @Override
    public Verdict apply(Sample sample, Outcome.Kept kept) {
        return kept.verification() == Verification.VERIFIED
                ? Verdict.pass()
                : Verdict.reject(
                        "nothing is wrong with it, but it is not verified: "
                                + kept.verification().name().toLowerCase(Locale.ROOT),
                        open(kept));
    }

    private static String open(Outcome.Kept kept) {
        return kept.checks().stream()
                .filter(check -> check.result() != Check.Result.CONFIRMED)
                .map(Check::claim)
                .collect(Collectors.joining("; "));
    }
}
