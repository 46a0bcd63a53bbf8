package io.github.mmevol.core.store;

import io.github.mmevol.core.model.Account;
import java.time.Duration;
import java.util.Objects;

/**
 * What a stored run took so far, and how it ended last.
 *
 * @param paid the model calls of all sessions, failed ones and re-asking included; without a cost, for a store knows no
 *     prices: {@link Account#priced}
 * @param took how long the sessions were at work, added up; of one that was killed, the last seconds may be missing
 * @param stoppedBy why the last session ended before all was done; empty if it did not, or if there was none
 */
public record RunHistory(Account paid, Duration took, String stoppedBy) {
    /** Nothing has happened. */
    public static final RunHistory NONE = new RunHistory(Account.NONE, Duration.ZERO, "");

    /** The reason while a session has not told another one. */
    static final String NOT_ENDED = "it goes on, or was killed";

    /** Keeps the values. */
    public RunHistory {
        Objects.requireNonNull(paid, "paid");
        Objects.requireNonNull(took, "took");
        Objects.requireNonNull(stoppedBy, "stoppedBy");
    }
}
