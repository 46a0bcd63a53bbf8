package io.github.mmevol.core.store;

import io.github.mmevol.core.evolution.PromptInfo;
import io.github.mmevol.core.sample.SampleKey;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.Spliterator;
import java.util.Spliterators.AbstractSpliterator;
import java.util.function.Consumer;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;

/** Puts rounds together from their rows and the rows of their attempts, both in the same order of samples and rounds. */
final class StoredRows {
    private static final int FETCH = 500;
    /** The same of samples, whose images may lie in them. */
    private static final int FETCH_SAMPLES = 16;

    private final ResultSet rounds;
    private final ResultSet attempts;
    private final Map<String, PromptInfo> prompts;
    private boolean roundHere;
    private boolean attemptHere;

    private StoredRows(ResultSet rounds, ResultSet attempts, Map<String, PromptInfo> prompts) throws SQLException {
        this.rounds = rounds;
        this.attempts = attempts;
        this.prompts = prompts;
        roundHere = rounds.next();
        attemptHere = attempts.next();
    }

    static StoredRows of(ResultSet rounds, ResultSet attempts, Map<String, PromptInfo> prompts) throws SQLException {
        return new StoredRows(rounds, attempts, prompts);
    }

    static Map<String, PromptInfo> prompts(PreparedStatement query) throws SQLException {
        Map<String, PromptInfo> prompts = new HashMap<>();
        try (ResultSet rows = query.executeQuery()) {
            while (rows.next()) {
                prompts.put(rows.getString(1), new PromptInfo(rows.getString(1), StoredJson.list(rows.getString(2))));
            }
        }
        return prompts;
    }

    /** The rounds of a sample, which is the next one in both orders, if it has any. */
    List<StoredRound> rounds(int sample) throws SQLException {
        List<StoredRound> found = new ArrayList<>(3);
        while (roundHere && rounds.getInt(1) == sample) {
            int number = rounds.getInt(2);
            String direction = rounds.getString(3);
            found.add(new StoredRound(
                    number,
                    direction,
                    attempts(sample, number, direction),
                    StoredJson.counts(rounds.getString(4)),
                    StoredJson.texts(rounds.getString(5))));
            roundHere = rounds.next();
        }
        return found;
    }

    private List<StoredRound.Attempt> attempts(int sample, int round, String direction) throws SQLException {
        List<StoredRound.Attempt> found = new ArrayList<>();
        while (attemptHere && attempts.getInt(1) == sample && attempts.getInt(2) == round) {
            int score = attempts.getInt(6);
            OptionalInt scored = attempts.wasNull() ? OptionalInt.empty() : OptionalInt.of(score);
            found.add(StoredJson.attempt(
                    attempts.getString(7),
                    round,
                    direction,
                    attempts.getString(4),
                    attempts.getString(5),
                    scored,
                    prompts));
            attemptHere = attempts.next();
        }
        return found;
    }

    /** All samples of a run; closing the stream closes the connection. */
    static Stream<StoredSample> stream(Connection connection, String name) throws SQLException {
        Dialect.of(connection).freeze(connection);
        AllSamples all = new AllSamples(connection, name);
        return StreamSupport.stream(all, false).onClose(all::close);
    }

    private static final class AllSamples extends AbstractSpliterator<StoredSample> {
        private final Connection connection;
        private final String name;
        private final ResultSet samples;
        private final StoredRows rows;

        AllSamples(Connection connection, String name) throws SQLException {
            super(Long.MAX_VALUE, Spliterator.ORDERED | Spliterator.NONNULL);
            this.connection = connection;
            this.name = name;
            Map<String, PromptInfo> prompts = prompts(connection.prepareStatement(Sql.PROMPTS));
            samples = rows(Sql.ALL_SAMPLES, FETCH_SAMPLES);
            rows = new StoredRows(rows(Sql.ALL_ROUNDS, FETCH), rows(Sql.ALL_ATTEMPTS, FETCH), prompts);
        }

        private ResultSet rows(String sql, int fetch) throws SQLException {
            PreparedStatement statement = connection.prepareStatement(sql);
            statement.setFetchSize(fetch);
            return statement.executeQuery();
        }

        @Override
        public boolean tryAdvance(Consumer<? super StoredSample> action) {
            StoredSample sample;
            try {
                if (!samples.next()) {
                    return false;
                }
                sample = new StoredSample(
                        new SampleKey(samples.getString(2)),
                        StoredJson.sample(samples.getString(3)),
                        rows.rounds(samples.getInt(1)));
            } catch (SQLException e) {
                throw new RunStoreException("the run store " + name + " cannot be read: " + e.getMessage(), e);
            }
            action.accept(sample);
            return true;
        }

        private void close() {
            try {
                connection.close();
            } catch (SQLException e) {
                throw new RunStoreException("the run store " + name + " did not close well: " + e.getMessage(), e);
            }
        }
    }
}
