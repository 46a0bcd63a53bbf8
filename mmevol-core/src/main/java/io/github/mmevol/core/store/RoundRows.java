package io.github.mmevol.core.store;

import io.github.mmevol.core.elimination.Outcome;
import io.github.mmevol.core.store.GroupCommit.Statements;
import java.sql.SQLException;
import java.sql.Types;
import java.util.List;
import java.util.OptionalInt;

/**
 * A round as its rows in a database, made before the transaction that puts them.
 *
 * @param records the attempts as JSON, in their order
 */
record RoundRows(StoredRound round, String events, String notes, List<String> records) {

    static RoundRows of(StoredRound round) {
        return new RoundRows(
                round,
                StoredJson.ofCounts(round.events()),
                StoredJson.ofTexts(round.notes()),
                round.attempts().stream().map(StoredJson::of).toList());
    }

    /** Puts them, unless the round is there and finished; false if it is. */
    boolean put(Statements s, int sample) throws SQLException {
        Object[] row = {sample, round.number(), JdbcSession.clean(round.direction()), events, notes};
        boolean put = s.update(Sql.PUT_ROUND, row) == 1;
        if (!put && s.update(Sql.DROP_UNFINISHED, sample, round.number()) == 1) {
            s.update(Sql.DROP_ATTEMPTS, sample, round.number());
            put = s.update(Sql.PUT_ROUND, row) == 1;
        }
        if (!put) {
            return false;
        }
        if (round.isFinished()) {
            s.update(Sql.FINISHED, round.number(), sample);
        }
        for (int i = 0; i < records.size(); i++) {
            putAttempt(s, sample, i);
        }
        return true;
    }

    private void putAttempt(Statements s, int sample, int index) throws SQLException {
        Outcome outcome = round.attempts().get(index).outcome();
        String kind = "failed";
        String by = "";
        OptionalInt score = OptionalInt.empty();
        if (outcome instanceof Outcome.Kept kept) {
            kind = "kept";
            score = kept.score();
        } else if (outcome instanceof Outcome.Eliminated eliminated) {
            kind = "eliminated";
            by = eliminated.by();
            score = eliminated.score();
        } else if (outcome instanceof Outcome.Failed failed) {
            by = failed.by();
        }
        var statement = s.of(Sql.PUT_ATTEMPT, sample, round.number(), index + 1, kind, JdbcSession.clean(by));
        if (score.isPresent()) {
            statement.setInt(6, score.getAsInt());
        } else {
            statement.setNull(6, Types.INTEGER);
        }
        statement.setString(7, records.get(index));
        statement.executeUpdate();
    }
}
