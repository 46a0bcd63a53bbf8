package io.github.mmevol.core.store;

import io.github.mmevol.core.elimination.Outcome;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The statements that every dialect understands. */
final class Sql {
    /** A table that is there from the first transaction on. */
    static final String SETTINGS_TABLE = "mmevol_setting";

    /** A table that version 1 of the schema does not have. */
    static final String SESSIONS_TABLE = "mmevol_session";

    /** The name under which the schema's version stands among the settings. */
    static final String SCHEMA = "schema";

    /** The place of a sample that is not among the seeds of the last run. */
    static final int LEFT_OUT = -1;

    /** Stands as the owner of a sample that is at its end. No worker has this number, so anyone may claim the sample. */
    static final int AT_END = 0;

    /** The same for one that is at its end for the time being. */
    static final int AT_END_FOR_NOW = -1;

    /** The same for one that was left as it is. */
    static final int LEFT = -2;

    static final String SETTINGS = "SELECT name, value FROM mmevol_setting";
    /** Holds on to the settings until the transaction ends. */
    static final String HOLD_SETTINGS = "UPDATE mmevol_setting SET value = value WHERE name = '" + SCHEMA + "'";

    static final String CLEAR_SETTINGS = "DELETE FROM mmevol_setting WHERE name <> '" + SCHEMA + "'";
    static final String SETTING = "INSERT INTO mmevol_setting (name, value) VALUES (?, ?)"
            + " ON CONFLICT (name) DO UPDATE SET value = excluded.value";

    static final String PROMPTS = "SELECT hash, leak_phrases FROM mmevol_prompt";
    static final String PROMPT = "INSERT INTO mmevol_prompt (hash, leak_phrases) VALUES (?, ?) ON CONFLICT DO NOTHING";

    /** How many samples there are; their numbers go higher where several processes claim them. */
    static final String SAMPLES = "SELECT COUNT(*) FROM mmevol_sample";

    static final String INDEX = "SELECT number, sample_key, position, rounds, owner FROM mmevol_sample";
    static final String PLACE = "UPDATE mmevol_sample SET position = ? WHERE number = ?";

    /** Holds on to a sample's row until the transaction ends; changes none if another worker has claimed it. */
    static final String HOLD =
            "UPDATE mmevol_sample SET owner = owner WHERE number = ? AND (owner = ? OR owner <= " + AT_END + ")";

    static final String END = "UPDATE mmevol_sample SET owner = ? WHERE number = ? AND owner = ?";

    static final String NUMBER = "SELECT number FROM mmevol_sample WHERE sample_key = ?";
    static final String RECORD = "INSERT INTO mmevol_record (sample, record) VALUES (?, ?) ON CONFLICT DO NOTHING";

    static final String RENEW_RECORD = "UPDATE mmevol_record SET record = ? WHERE sample = ? AND record <> ?";

    static final String REPLIES = "SELECT request, reply FROM mmevol_reply WHERE sample = ? AND round > ?";
    static final String REPLY = "SELECT reply FROM mmevol_reply WHERE sample = ? AND request = ?";
    static final String PUT_REPLY = "INSERT INTO mmevol_reply (sample, request, round, purpose, client, prompt_tokens,"
            + " cached_tokens, completion_tokens, reasoning_tokens, attempts, milliseconds, reply)"
            + " VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?) ON CONFLICT DO NOTHING";

    private static final String SUMS = "SUM(attempts), SUM(prompt_tokens), SUM(cached_tokens), SUM(completion_tokens),"
            + " SUM(reasoning_tokens), SUM(milliseconds)";
    static final String PAID_FOR_SAMPLE = "SELECT purpose, client, COUNT(*), 0, " + SUMS
            + " FROM mmevol_reply WHERE sample = ? GROUP BY purpose, client";
    static final String PAID = "SELECT purpose, client, SUM(calls), SUM(failed_calls), " + SUMS
            + " FROM mmevol_usage GROUP BY purpose, client";
    static final String PAID_BY_WORKER = PAID.replace(" GROUP BY", " WHERE worker = ? GROUP BY");
    static final String PAID_BY_OTHERS = PAID.replace(" GROUP BY", " WHERE worker <> ? GROUP BY");
    static final String PAY = "INSERT INTO mmevol_usage (worker, purpose, client, calls, failed_calls, attempts,"
            + " prompt_tokens, cached_tokens, completion_tokens, reasoning_tokens, milliseconds)"
            + " VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?) ON CONFLICT (worker, purpose, client) DO UPDATE SET "
            + Stream.of(
                            "calls",
                            "failed_calls",
                            "attempts",
                            "prompt_tokens",
                            "cached_tokens",
                            "completion_tokens",
                            "reasoning_tokens",
                            "milliseconds")
                    .map(column -> column + " = mmevol_usage." + column + " + excluded." + column)
                    .collect(Collectors.joining(", "));

    static final String PUT_ROUND = "INSERT INTO mmevol_round (sample, round, direction, events, notes)"
            + " VALUES (?, ?, ?, ?, ?) ON CONFLICT DO NOTHING";
    private static final String ATTEMPT_OF_ROUND =
            "(SELECT 1 FROM mmevol_attempt a WHERE a.sample = mmevol_round.sample AND a.round = mmevol_round.round AND ";

    /** Removes a round unless {@link StoredRound#isFinished()}. */
    static final String DROP_UNFINISHED = "DELETE FROM mmevol_round WHERE sample = ? AND round = ? AND EXISTS "
            + ATTEMPT_OF_ROUND + "a.outcome = 'failed' AND a.decided_by = '" + Outcome.Failed.IMAGE + "')"
            + " AND NOT EXISTS " + ATTEMPT_OF_ROUND + "a.outcome = 'kept')";

    static final String DROP_ATTEMPTS = "DELETE FROM mmevol_attempt WHERE sample = ? AND round = ?";
    static final String FINISHED = "UPDATE mmevol_sample SET rounds = ? WHERE number = ?";
    static final String PUT_ATTEMPT = "INSERT INTO mmevol_attempt (sample, round, ordinal, outcome, decided_by, score,"
            + " record) VALUES (?, ?, ?, ?, ?, ?, ?)";
    static final String ROUNDS_OF =
            "SELECT sample, round, direction, events, notes FROM mmevol_round WHERE sample = ? ORDER BY round";
    static final String ATTEMPTS_OF = "SELECT sample, round, ordinal, outcome, decided_by, score, record"
            + " FROM mmevol_attempt WHERE sample = ? ORDER BY round, ordinal";

    static final String ALL_SAMPLES = "SELECT s.number, s.sample_key, c.record FROM mmevol_sample s"
            + " JOIN mmevol_record c ON c.sample = s.number WHERE s.position >= 0 ORDER BY s.position, s.sample_key";
    static final String ALL_ROUNDS = "SELECT r.sample, r.round, r.direction, r.events, r.notes FROM mmevol_sample s"
            + " JOIN mmevol_round r ON r.sample = s.number WHERE s.position >= 0"
            + " ORDER BY s.position, s.sample_key, r.round";
    static final String ALL_ATTEMPTS = "SELECT a.sample, a.round, a.ordinal, a.outcome, a.decided_by, a.score, a.record"
            + " FROM mmevol_sample s JOIN mmevol_attempt a ON a.sample = s.number WHERE s.position >= 0"
            + " ORDER BY s.position, s.sample_key, a.round, a.ordinal";

    static final String TOOK = "SELECT SUM(milliseconds) FROM mmevol_session";
    static final String STOPPED_BY =
            "SELECT stopped_by FROM mmevol_session ORDER BY ended_at DESC, worker DESC LIMIT 1";

    static final String END_WORKER = "DELETE FROM mmevol_worker WHERE id = ?";

    private Sql() {}

    static String beginWorker(Dialect dialect, int leaseSeconds) {
        return "INSERT INTO mmevol_worker (alive_until) VALUES (" + dialect.now() + " + " + leaseSeconds
                + ") RETURNING id";
    }

    /** Begins a session of a worker; gives how long its earlier ones took. */
    static String beginSession(Dialect dialect) {
        return "INSERT INTO mmevol_session (worker, milliseconds, ended_at, stopped_by) VALUES (?, 0, " + dialect.now()
                + ", ?) ON CONFLICT (worker) DO UPDATE SET ended_at = excluded.ended_at,"
                + " stopped_by = excluded.stopped_by RETURNING milliseconds";
    }

    /** Says how long the sessions of a worker took, and how the last one ended. */
    static String session(Dialect dialect) {
        return "UPDATE mmevol_session SET milliseconds = ?, stopped_by = ?, ended_at = " + dialect.now()
                + " WHERE worker = ?";
    }

    static String heartbeat(Dialect dialect, int leaseSeconds) {
        return "INSERT INTO mmevol_worker (id, alive_until) VALUES (?, " + dialect.now() + " + " + leaseSeconds
                + ") ON CONFLICT (id) DO UPDATE SET alive_until = excluded.alive_until";
    }

    static String buryWorkers(Dialect dialect) {
        return "DELETE FROM mmevol_worker WHERE alive_until <= " + dialect.now();
    }

    /** Takes a sample unless a living worker other than this one has it; gives its number if it was taken. */
    static String claim(Dialect dialect) {
        return "INSERT INTO mmevol_sample (sample_key, position, owner, rounds) VALUES (?, ?, ?, 0)"
                + " ON CONFLICT (sample_key) DO UPDATE SET position = excluded.position, owner = excluded.owner"
                + " WHERE mmevol_sample.owner = excluded.owner OR NOT EXISTS (SELECT 1 FROM mmevol_worker w"
                + " WHERE w.id = mmevol_sample.owner AND w.alive_until > " + dialect.now() + ") RETURNING number";
    }
}
