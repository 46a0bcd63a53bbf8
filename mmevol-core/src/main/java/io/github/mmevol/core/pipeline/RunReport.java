package io.github.mmevol.core.pipeline;

import io.github.mmevol.core.model.Account;
import io.github.mmevol.core.model.TokenUsage;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.OptionalDouble;

/**
 * What a run did, and what its output holds: what a {@linkplain EvolutionPipeline.Builder#selections selection} dropped counts
 * as eliminated by it.
 *
 * @param samples samples that were written
 * @param seedInstructions their seed instructions
 * @param kept instructions kept, all rounds together
 * @param rounds one entry for each round and direction that occurred, by round, then in the order of the evolvers
 * @param account the model calls that this run made, failed ones and re-asking included, with their cost where the budget
 *     has prices
 * @param paidElsewhere what was paid for in the same stored run outside of this one: by earlier runs of its store, and by
 *     other processes as far as is known
 * @param resumedRounds rounds of samples that the store had finished before this run
 * @param replayedCalls calls that the store answered
 * @param pendingCalls calls whose {@linkplain DeferredReplies deferred} replies are still to come
 * @param events how often something noteworthy happened that is no outcome, for example {@code surplus} or
 *     {@code repair}, in alphabetical order; {@code not-needed} counts the seeds of a run with a store that were not gone
 *     on with because a target was reached, {@code without-image} the samples that have no image and were not attempted for
 *     that, {@code former-samples} those of an earlier run of the same store that are not
 *     among the seeds any more
 * @param wallTime how long the run took
 * @param stoppedBy why it ended before all was done that was asked for; empty if it did not
 */
public record RunReport(
        long samples,
        long seedInstructions,
        long kept,
        List<RoundReport> rounds,
        Account account,
        Account paidElsewhere,
        long resumedRounds,
        long replayedCalls,
        long pendingCalls,
        Map<String, Long> events,
        Duration wallTime,
        String stoppedBy) {

    /**
     * One round in one direction. Always {@code attempted = kept + eliminated + failed}.
     *
     * @param round the round's number, from 1
     * @param direction the direction's name
     * @param attempted live instructions that were to be evolved
     * @param kept those whose child survived
     * @param eliminated those whose child an eliminator rejected
     * @param failed those that got no usable child or no verdict
     * @param meanScore mean score of the kept ones that have a score; empty if none has
     * @param eliminatedBy eliminated ones by eliminator, in alphabetical order
     * @param failedBy failed ones by kind of failure, in alphabetical order
     * @param calls model calls
     * @param usage tokens of those calls
     * @param modelTime time spent waiting for the model, summed over calls
     */
    public record RoundReport(
            int round,
            String direction,
            long attempted,
            long kept,
            long eliminated,
            long failed,
            OptionalDouble meanScore,
            Map<String, Long> eliminatedBy,
            Map<String, Long> failedBy,
            long calls,
            TokenUsage usage,
            Duration modelTime) {
        /** Keeps the values. */
        public RoundReport {
            Objects.requireNonNull(direction, "direction");
            Objects.requireNonNull(meanScore, "meanScore");
        }
    }

    /** Counted for a sample that has no image and is evolved by who needs one: nothing is attempted. */
    static final String WITHOUT_IMAGE = "without-image";

    static final String NOT_NEEDED = "not-needed";
    static final String FORMER = "former-samples";

    /** Copies the list. */
    public RunReport {
        rounds = List.copyOf(rounds);
        Objects.requireNonNull(account, "account");
        Objects.requireNonNull(paidElsewhere, "paidElsewhere");
        Objects.requireNonNull(wallTime, "wallTime");
        Objects.requireNonNull(stoppedBy, "stoppedBy");
    }

    /** The model calls that this run made. */
    public long calls() {
        return account.calls();
    }

    /** The tokens of those calls, as far as the models tell them. */
    public TokenUsage usage() {
        return account.usage();
    }

    /** How many samples of a stored run were not gone on with because a target was reached; event {@value #NOT_NEEDED}. */
    public long notNeeded() {
        return events.getOrDefault(NOT_NEEDED, 0L);
    }

    /**
     * How many samples of an earlier run of the same store are not among the seeds any more: they were in the results up to
     * now, and the store keeps them; event {@value #FORMER}.
     */
    public long formerSamples() {
        return events.getOrDefault(FORMER, 0L);
    }

    /** Whether every sample went through all rounds, or as many as a target needs. */
    public boolean isComplete() {
        return stoppedBy.isEmpty() && pendingCalls == 0;
    }
}
