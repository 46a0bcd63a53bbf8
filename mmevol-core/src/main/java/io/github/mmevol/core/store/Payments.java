package io.github.mmevol.core.store;

import io.github.mmevol.core.model.Account;
import io.github.mmevol.core.model.TokenUsage;
import io.github.mmevol.core.store.GroupCommit.Statements;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** Keeps and reads what was paid for, and how long it took. A process adds to rows of its own, so that no two wait for each other. */
final class Payments {
    private Payments() {}

    static void add(Statements s, long worker, Account.Line call) throws SQLException {
        TokenUsage usage = call.usage();
        s.update(
                Sql.PAY,
                worker,
                JdbcSession.clean(call.purpose()),
                JdbcSession.clean(call.client()),
                call.calls(),
                call.failed(),
                call.attempts(),
                usage.prompt(),
                usage.cached(),
                usage.completion(),
                usage.reasoning(),
                call.time().toMillis());
    }

    /** What all processes took, and how the last one ended. */
    static RunHistory history(Statements s) throws SQLException {
        try (ResultSet took = s.of(Sql.TOOK).executeQuery();
                ResultSet stoppedBy = s.of(Sql.STOPPED_BY).executeQuery()) {
            took.next();
            return new RunHistory(
                    read(s, Sql.PAID),
                    Duration.ofMillis(took.getLong(1)),
                    stoppedBy.next() ? stoppedBy.getString(1) : "");
        }
    }

    /** The same from tables that do not say how long the sessions took. */
    static RunHistory historyOfVersion1(Statements s) throws SQLException {
        return new RunHistory(read(s, Sql.PAID), Duration.ZERO, "");
    }

    /** What a query for payments finds. */
    static Account read(Statements s, String sql, Object... parameters) throws SQLException {
        List<Account.Line> lines = new ArrayList<>();
        try (ResultSet row = s.of(sql, parameters).executeQuery()) {
            while (row.next()) {
                lines.add(new Account.Line(
                        row.getString(1),
                        row.getString(2),
                        row.getLong(3),
                        row.getLong(4),
                        row.getLong(5),
                        new TokenUsage(row.getLong(6), row.getLong(7), row.getLong(8), row.getLong(9)),
                        Duration.ofMillis(row.getLong(10))));
            }
        }
        return new Account(lines);
    }
}
