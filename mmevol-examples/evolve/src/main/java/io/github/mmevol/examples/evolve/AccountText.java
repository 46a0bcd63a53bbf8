package io.github.mmevol.examples.evolve;

import io.github.mmevol.core.model.Account;
import io.github.mmevol.core.model.TokenUsage;
import io.github.mmevol.core.pipeline.RunReport;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.Locale;
import java.util.Optional;

/** What a run's calls took, for the eye. */
final class AccountText {
    private AccountText() {}

    /**
     * A line for each purpose and model, and the sum; empty if nothing was called, now or before.
     *
     * @param unit what stands behind amounts of money
     */
    static String of(RunReport report, String unit) {
        Account account = report.account();
        StringBuilder text = new StringBuilder();
        if (account.calls() > 0) {
            text.append(row("purpose", "model", "calls", "prompt", "cached", "completion", "cost" + unit, "mean s"));
            account.lines().forEach(line -> text.append(row(line)));
            text.append(row(sum(account)));
            if (account.failed() > 0) {
                text.append(String.format(Locale.ROOT, "%d calls failed.%n", account.failed()));
            }
            if (account.cost().isPresent() && !account.unpriced().isEmpty()) {
                text.append(String.format("No price is known for %s.%n", String.join(", ", account.unpriced())));
            }
        }
        if (report.paidElsewhere().calls() > 0) {
            text.append("Paid for before: ")
                    .append(paid(report.paidElsewhere(), unit))
                    .append(String.format(".%n"));
        }
        return text.isEmpty() ? "" : text.append(String.format("%n")).toString();
    }

    private static Account.Line sum(Account account) {
        return new Account.Line("all", "", account.calls(), 0, 0, account.usage(), account.time(), account.cost());
    }

    private static String row(Account.Line line) {
        TokenUsage usage = line.usage();
        return row(
                line.purpose(),
                line.client(),
                String.valueOf(line.calls()),
                String.valueOf(usage.prompt()),
                String.valueOf(usage.cached()),
                String.valueOf(usage.completion()),
                line.cost().map(AccountText::amount).orElse("-"),
                String.format(Locale.ROOT, "%.2f", line.meanTime().toMillis() / 1000.0));
    }

    private static String row(String... cells) {
        return String.format(Locale.ROOT, "%-20s %-28s %8s %12s %12s %12s %12s %8s%n", (Object[]) cells);
    }

    /** Calls, tokens and cost in a few words. */
    static String paid(Account account, String unit) {
        TokenUsage usage = account.usage();
        Optional<String> cost = account.cost().map(amount -> ", cost " + amount(amount) + unit);
        return String.format(
                Locale.ROOT,
                "%d calls, %d + %d tokens%s",
                account.calls(),
                usage.prompt(),
                usage.completion(),
                cost.orElse(""));
    }

    /** An amount of money with as many digits as say something. */
    static String amount(BigDecimal amount) {
        BigDecimal rounded = amount.setScale(4, RoundingMode.HALF_UP);
        return rounded.compareTo(BigDecimal.TEN) < 0
                ? rounded.toPlainString()
                : amount.setScale(2, RoundingMode.HALF_UP).toPlainString();
    }
}
