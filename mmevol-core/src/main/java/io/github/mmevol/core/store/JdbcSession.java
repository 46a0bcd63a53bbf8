package io.github.mmevol.core.store;

import io.github.mmevol.core.evolution.PromptInfo;
import io.github.mmevol.core.model.Account;
import io.github.mmevol.core.model.ModelResponse;
import io.github.mmevol.core.model.TokenUsage;
import io.github.mmevol.core.sample.Sample;
import io.github.mmevol.core.sample.SampleKey;
import io.github.mmevol.core.store.GroupCommit.Statements;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;

/** A run that is held in a database. */
final class JdbcSession implements RunStore.Session {
    /** How long the claims of a process outlive it, in seconds. */
    static final int LEASE_SECONDS = 30;

    /** Where nothing is changed that another process changes, beside the settings at the very beginning. */
    private static final String OWN = "";

    /** Before the name of a prompt's row; it comes before every sample's key. */
    private static final String PROMPT = " ";

    private final Dialect dialect;
    private final Optional<FileHold> hold;
    private final GroupCommit commits;
    private final long worker;
    private final KnownSamples known;
    private final UnkeptImages images = new UnkeptImages();
    private final Set<String> prompts = ConcurrentHashMap.newKeySet();
    private final AtomicBoolean closed = new AtomicBoolean();
    /** What earlier sessions paid that were of the same worker: a number may be given again. */
    private final Account paidBefore;

    private volatile Account paidElsewhere;
    private volatile String stoppedBy = RunHistory.NOT_ENDED;
    /** Whether the worker's row is gone; for the thread that uses the connection. */
    private boolean ended;

    /** When the sessions of this worker would have begun if it were a single one; of {@link System#nanoTime}. */
    private final long begin;

    JdbcSession(Connection connection, String name, Optional<FileHold> hold) throws SQLException {
        this.hold = hold;
        Statements statements = new Statements(connection);
        try {
            dialect = Dialect.of(connection);
            if (hold.isPresent()) {
                statements.update("DELETE FROM mmevol_worker"); // whoever they were, they live no more
            } else {
                statements.update(Sql.buryWorkers(dialect));
            }
            worker = number(statements, Sql.beginWorker(dialect, LEASE_SECONDS)).orElseThrow();
            try (ResultSet row = statements
                    .of(Sql.beginSession(dialect), worker, RunHistory.NOT_ENDED)
                    .executeQuery()) {
                row.next();
                begin = System.nanoTime() - TimeUnit.MILLISECONDS.toNanos(row.getLong(1));
            }
            known = new KnownSamples(readIndex(statements, true));
            paidElsewhere = Payments.read(statements, Sql.PAID);
            paidBefore = Payments.read(statements, Sql.PAID_BY_WORKER, worker);
            connection.commit();
        } catch (SQLException | RuntimeException e) {
            connection.close();
            throw e;
        }
        commits = new GroupCommit(connection, name, this::beat, LEASE_SECONDS * 1000 / 3, this::end);
    }

    private int end(Statements s) throws SQLException {
        ended = true;
        return putSession(s) + s.update(Sql.END_WORKER, worker);
    }

    private boolean beat(Statements s) throws SQLException {
        if (ended) {
            return true;
        }
        s.update(Sql.heartbeat(dialect, LEASE_SECONDS), worker); // also where others took it for dead meanwhile
        putSession(s);
        if (hold.isEmpty()) {
            paidElsewhere = Payments.read(s, Sql.PAID_BY_OTHERS, worker).plus(paidBefore);
        }
        return true;
    }

    private int putSession(Statements s) throws SQLException {
        long milliseconds = TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - begin);
        return s.update(Sql.session(dialect), milliseconds, clean(stoppedBy), worker);
    }

    /** @param retry whether what is at its end for the time being may be attempted again */
    private static SampleIndex readIndex(Statements statements, boolean retry) throws SQLException {
        SampleIndex index = new SampleIndex(number(statements, Sql.SAMPLES).orElse(0));
        try (ResultSet rows = statements.of(Sql.INDEX).executeQuery()) {
            while (rows.next()) {
                int slot = index.add(new SampleKey(rows.getString(2)), rows.getInt(1), rows.getInt(3), rows.getInt(4));
                int owner = rows.getInt(5);
                if (retry && owner == Sql.LEFT) {
                    index.left(slot);
                } else if (owner <= Sql.AT_END) {
                    index.end(slot, retry && owner == Sql.AT_END_FOR_NOW);
                }
            }
        }
        return index;
    }

    private static OptionalInt number(Statements statements, String sql, Object... parameters) throws SQLException {
        try (ResultSet rows = statements.of(sql, parameters).executeQuery()) {
            return rows.next() ? OptionalInt.of(rows.getInt(1)) : OptionalInt.empty();
        }
    }

    @Override
    public boolean settings(RunSettings expected, RunSettings settings) {
        return commits.run(OWN, s -> {
            s.update(Sql.HOLD_SETTINGS);
            if (!JdbcRunStore.settings(s).equals(expected)) {
                return false;
            }
            s.update(Sql.CLEAR_SETTINGS);
            for (Map.Entry<String, String> setting : settings.values().entrySet()) {
                s.update(Sql.SETTING, setting.getKey(), setting.getValue());
            }
            return true;
        });
    }

    @Override
    public int place(SampleKey key, long position) {
        Optional<KnownSamples.Placed> placed = known.place(key, Math.toIntExact(position));
        placed.filter(KnownSamples.Placed::moved)
                .ifPresent(moved -> commits.post(key.value(), s -> s.update(Sql.PLACE, position, moved.number())));
        return placed.map(KnownSamples.Placed::rounds).orElse(0);
    }

    @Override
    public boolean isAtEnd(SampleKey key) {
        return known.isAtEnd(key);
    }

    @Override
    public boolean isToRetry(SampleKey key) {
        return known.isToRetry(key);
    }

    @Override
    public List<StoredRound> rounds(SampleKey key) {
        return commits.run(OWN, s -> {
            OptionalInt number = number(s, Sql.NUMBER, key.value());
            return number.isEmpty() ? List.of() : rounds(s, number.getAsInt());
        });
    }

    @Override
    public Optional<RunStore.Claim> claim(SampleKey key, long position, Sample sample) {
        images.check(sample);
        String record = StoredJson.of(sample);
        boolean wasLeft = known.wasLeft(key);
        Optional<JdbcClaim> claim = commits.run(key.value(), s -> {
            OptionalInt number = number(s, Sql.claim(dialect), key.value(), position, worker);
            if (number.isEmpty()) {
                return Optional.empty();
            }
            if (s.update(Sql.RECORD, number.getAsInt(), record) == 1) {
                return Optional.of(new JdbcClaim(this, key, number.getAsInt(), List.of(), new HashMap<>(), wasLeft));
            }
            s.update(Sql.RENEW_RECORD, record, number.getAsInt(), record);
            return Optional.of(read(s, key, number.getAsInt(), wasLeft));
        });
        claim.ifPresent(c -> known.claim(key, c.number(), Math.toIntExact(position), finished(c.rounds())));
        return claim.map(c -> c);
    }

    private static int finished(List<StoredRound> rounds) {
        return (int) rounds.stream().filter(StoredRound::isFinished).count();
    }

    /** What is stored of a sample: its rounds, and the replies of the round after the last finished one. */
    private JdbcClaim read(Statements s, SampleKey key, int number, boolean wasLeft) throws SQLException {
        List<StoredRound> rounds = rounds(s, number);
        Map<String, ModelResponse> replies = new HashMap<>();
        try (ResultSet rows = s.of(Sql.REPLIES, number, finished(rounds)).executeQuery()) {
            while (rows.next()) {
                replies.put(rows.getString(1), StoredJson.response(rows.getString(2)));
            }
        }
        return new JdbcClaim(this, key, number, rounds, replies, wasLeft);
    }

    private static List<StoredRound> rounds(Statements s, int number) throws SQLException {
        Map<String, PromptInfo> prompts = StoredRows.prompts(s.of(Sql.PROMPTS));
        try (ResultSet roundRows = s.of(Sql.ROUNDS_OF, number).executeQuery();
                ResultSet attemptRows = s.of(Sql.ATTEMPTS_OF, number).executeQuery()) {
            return StoredRows.of(roundRows, attemptRows, prompts).rounds(number);
        }
    }

    @Override
    public boolean isPlaced() {
        return known.isPlaced();
    }

    @Override
    public int placedAll() {
        List<Integer> left = known.unplaced();
        // no process at work on the same seeds holds one of these; two that end together take them in the same order
        for (int number : left) {
            commits.post(OWN, s -> s.update(Sql.PLACE, Sql.LEFT_OUT, number));
        }
        flush();
        return left.size();
    }

    @Override
    public void flush() {
        commits.run(OWN, s -> true);
    }

    @Override
    public void refresh() {
        flush();
        known.renew(commits.run(OWN, s -> readIndex(s, false)));
    }

    @Override
    public Account paidElsewhere() {
        return paidElsewhere;
    }

    @Override
    public void ended(String reason) {
        stoppedBy = reason;
    }

    @Override
    public void close() {
        if (!closed.compareAndSet(false, true)) {
            return;
        }
        try {
            commits.close();
        } finally {
            hold.ifPresent(FileHold::close);
        }
    }

    UnkeptImages images() {
        return images;
    }

    ModelResponse putReply(SampleKey key, int sample, StoredReply reply) {
        String json = StoredJson.of(reply.response());
        TokenUsage usage = reply.response().usage();
        return commits.run(key.value(), s -> {
            Payments.add(s, worker, reply.paid());
            int stored = s.update(
                    Sql.PUT_REPLY,
                    sample,
                    reply.request(),
                    reply.round(),
                    clean(reply.purpose()),
                    clean(reply.client()),
                    usage.prompt(),
                    usage.cached(),
                    usage.completion(),
                    usage.reasoning(),
                    reply.attempts(),
                    reply.time().toMillis(),
                    json);
            if (stored == 1) {
                return reply.response();
            }
            try (ResultSet rows = s.of(Sql.REPLY, sample, reply.request()).executeQuery()) {
                return rows.next() ? StoredJson.response(rows.getString(1)) : reply.response();
            }
        });
    }

    void putFailure(Account.Line call) {
        commits.post(OWN, s -> {
            Payments.add(s, worker, call);
            return true;
        });
    }

    Account paidFor(int sample) {
        return commits.run(OWN, s -> Payments.read(s, Sql.PAID_FOR_SAMPLE, sample));
    }

    boolean putRound(SampleKey key, int sample, StoredRound round) {
        RoundRows rows = RoundRows.of(round);
        for (StoredRound.Attempt attempt : round.attempts()) {
            putPrompt(attempt.prompt());
        }
        boolean claimed = commits.run(key.value(), s -> {
            if (s.update(Sql.HOLD, sample, worker) == 0) {
                return false;
            }
            rows.put(s, sample);
            return true;
        });
        if (claimed && round.isFinished()) {
            known.finished(key, round.number());
        }
        return claimed;
    }

    /** @param end stands as the owner from now on */
    void end(SampleKey key, int sample, int end) {
        commits.post(key.value(), s -> s.update(Sql.END, end, sample, worker));
        known.end(key);
    }

    /** Queues a prompt that was not met before, so that it is there before the round that follows it in the queue. */
    private void putPrompt(PromptInfo prompt) {
        if (!prompt.hash().isEmpty() && !prompts.contains(prompt.hash())) {
            commits.post(
                    PROMPT + prompt.hash(),
                    s -> s.update(Sql.PROMPT, prompt.hash(), StoredJson.ofList(prompt.leakPhrases())));
            prompts.add(prompt.hash());
        }
    }

    /** A name that every database takes; what may hold anything is JSON and needs no cleaning. */
    static String clean(String name) {
        return name.indexOf('\0') < 0 ? name : name.replace('\0', '?');
    }
}
