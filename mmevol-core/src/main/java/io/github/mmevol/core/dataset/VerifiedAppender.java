package io.github.mmevol.core.dataset;

import io.github.mmevol.core.elimination.EvolvedSample;
import io.github.mmevol.core.elimination.Outcome;
import io.github.mmevol.core.sample.Check;
import io.github.mmevol.core.sample.Verification;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/** Hands on samples of which only verified survivors are kept. */
record VerifiedAppender(DataSetWriter.Appender appender) implements DataSetWriter.Appender {
    private static final String BY = "verified-only";

    @Override
    public void append(EvolvedSample sample) {
        List<Outcome> outcomes =
                sample.outcomes().stream().map(VerifiedAppender::verified).toList();
        appender.append(new EvolvedSample(sample.key(), sample.sample(), outcomes));
    }

    private static Outcome verified(Outcome outcome) {
        return outcome instanceof Outcome.Kept kept && kept.verification() != Verification.VERIFIED
                ? new Outcome.Eliminated(kept.origin(), kept.instruction(), BY, why(kept), evidence(kept), kept.score())
                : outcome;
    }

    private static String why(Outcome.Kept kept) {
        return "nothing is wrong with it, but it is not verified: "
                + kept.verification().name().toLowerCase(Locale.ROOT);
    }

    private static String evidence(Outcome.Kept kept) {
        return kept.checks().stream()
                .filter(check -> check.result() != Check.Result.CONFIRMED)
                .map(Check::claim)
                .collect(Collectors.joining("; "));
    }

    @Override
    public void flush() {
        appender.flush();
    }

    @Override
    public void commit() {
        appender.commit();
    }

    @Override
    public void close() {
        appender.close();
    }
}
