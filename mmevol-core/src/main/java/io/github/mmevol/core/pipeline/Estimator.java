package io.github.mmevol.core.pipeline;

import io.github.mmevol.core.dataset.DataSet;
import io.github.mmevol.core.dataset.Selection;
import io.github.mmevol.core.model.Account;
import io.github.mmevol.core.model.PriceTable;
import io.github.mmevol.core.model.TokenUsage;
import io.github.mmevol.core.pipeline.Extrapolation.Taken;
import io.github.mmevol.core.pipeline.PromptCount.Counted;
import io.github.mmevol.core.sample.Sample;
import io.github.mmevol.core.store.RunStore;
import java.math.BigDecimal;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.concurrent.CancellationException;
import java.util.function.Function;

/** Tells what a run will take: by a pilot run of some samples, or by counting what some would be asked. */
final class Estimator {
    /** How many samples are counted at most. */
    private static final int COUNTED = 200;

    private static final double CONFIDENCE = 0.9;
    private static final Selection NO_SELECTION = Selection.inOrder(List.of());

    private final RunOptions options;
    private final Pilot pilot;
    private final PriceTable prices;

    Estimator(RunOptions options, Pilot pilot) {
        this.options = options;
        this.pilot = pilot;
        prices = options.budget().prices();
    }

    /** By counting alone. */
    Estimate count(DataSet<Sample> seeds) {
        SeedDraw draw = SeedDraw.draw(seeds, COUNTED, options.seed());
        List<PromptCount> counts = counts(draw);
        List<Counted> expected = in(Case.EXPECTED, counts);
        Extrapolation counted = counted(draw, counts);
        return estimate(counted, counted, sum(expected, Counted::all), expected, OptionalDouble.empty(), Account.NONE);
    }

    /** By a pilot run; where the model tells no tokens, those are counted. */
    Estimate run(DataSet<Sample> seeds, RunContext run) {
        SeedDraw draw = SeedDraw.draw(seeds, pilot.samples(), options.seed());
        RunStore store = options.store() == RunStore.none() ? RunStore.inMemory() : options.store();
        List<Account> took = Collections.synchronizedList(new ArrayList<>());
        RunReport report = new StoredRun(options, store, NO_SELECTION, run).pilot(draw.seeds(), took::add);
        if (!report.isComplete()) {
            String why = report.stoppedBy().isEmpty()
                    ? report.pendingCalls() + " replies to the pilot run are still to come"
                    : "the pilot run was stopped: " + report.stoppedBy();
            throw new RunStoppedException(why, new CancellationException(why), report);
        }
        List<Taken> taken =
                took.stream().map(account -> Taken.of(account, prices, 1)).toList();
        Extrapolation measured = new Extrapolation(taken, taken, taken, draw.of(), true);
        List<PromptCount> counts = counts(draw);
        List<Counted> expected = in(Case.EXPECTED, counts);
        Account all = sum(took, Function.identity());
        boolean told = all.usage().total() > 0;
        return estimate(
                measured,
                told ? measured : counted(draw, counts),
                told ? all : sum(expected, Counted::all),
                expected,
                OptionalDouble.of(CONFIDENCE),
                report.account().plus(report.paidElsewhere()));
    }

    private List<PromptCount> counts(SeedDraw draw) {
        Map<String, Long> systems = new HashMap<>();
        return draw.seeds().stream()
                .map(seed -> new PromptCount(options, pilot, systems, seed))
                .toList();
    }

    private static List<Counted> in(Case assumed, List<PromptCount> counts) {
        return counts.stream().map(count -> count.in(assumed)).toList();
    }

    private Extrapolation counted(SeedDraw draw, List<PromptCount> counts) {
        return new Extrapolation(
                taken(Case.LOW, counts), taken(Case.EXPECTED, counts), taken(Case.HIGH, counts), draw.of(), false);
    }

    private List<Taken> taken(Case assumed, List<PromptCount> counts) {
        double times = options.repairs() == 0 ? 1 : 1 + assumed.repairShare;
        return in(assumed, counts).stream()
                .map(counted -> Taken.of(counted.all(), prices, times))
                .toList();
    }

    private static <T> Account sum(List<T> samples, Function<T, Account> account) {
        return samples.stream().map(account).reduce(Account.NONE, Account::plus);
    }

    /**
     * Puts the figures together.
     *
     * @param calls of calls and their time
     * @param tokens of tokens and cost
     * @param drawn what the drawn samples take together
     * @param counted what was counted of them, with the images
     */
    private Estimate estimate(
            Extrapolation calls,
            Extrapolation tokens,
            Account drawn,
            List<Counted> counted,
            OptionalDouble confidence,
            Account paid) {
        Account priced = drawn.priced(prices);
        Account images = images(drawn, sum(counted, Counted::all), sum(counted, Counted::images));
        return new Estimate(
                calls.of(),
                confidence,
                calls.whole(Taken::calls),
                tokens.whole(Taken::prompt),
                tokens.whole(Taken::completion),
                priced.cost().map(cost -> tokens.cost()),
                priced.unpriced(),
                calls.wallTime(options.concurrency()),
                drawn.usage().prompt() == 0
                        ? 0
                        : (double) images.usage().prompt() / drawn.usage().prompt(),
                share(images.priced(prices), priced),
                paid.priced(prices));
    }

    /** The images' part of the prompts, by the shares that were counted. */
    private static Account images(Account drawn, Account counted, Account countedImages) {
        List<Account.Line> lines = new ArrayList<>();
        for (Account.Line line : drawn.lines()) {
            double share = (double) prompt(countedImages, line) / Math.max(1, prompt(counted, line));
            TokenUsage usage = new TokenUsage(Math.round(share * line.usage().prompt()), 0, 0, 0);
            lines.add(new Account.Line(line.purpose(), line.client(), 0, 0, 0, usage, Duration.ZERO));
        }
        return new Account(lines);
    }

    private static long prompt(Account account, Account.Line like) {
        return account.lines().stream()
                .filter(line ->
                        line.purpose().equals(like.purpose()) && line.client().equals(like.client()))
                .mapToLong(line -> line.usage().prompt())
                .sum();
    }

    private static OptionalDouble share(Account images, Account all) {
        BigDecimal cost = all.cost().orElse(BigDecimal.ZERO);
        return cost.signum() == 0
                ? OptionalDouble.empty()
                : OptionalDouble.of(images.cost().orElse(BigDecimal.ZERO).doubleValue() / cost.doubleValue());
    }
}
