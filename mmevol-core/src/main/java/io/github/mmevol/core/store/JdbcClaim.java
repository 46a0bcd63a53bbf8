package io.github.mmevol.core.store;

import io.github.mmevol.core.model.Account;
import io.github.mmevol.core.model.ModelResponse;
import io.github.mmevol.core.sample.SampleKey;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A claimed sample of a run in a database.
 *
 * @param replies the stored replies by request
 * @param wasLeft whether an earlier session left it
 */
record JdbcClaim(
        JdbcSession session,
        SampleKey key,
        int number,
        List<StoredRound> rounds,
        Map<String, ModelResponse> replies,
        boolean wasLeft)
        implements RunStore.Claim {

    @Override
    public Optional<ModelResponse> reply(String request) {
        return Optional.ofNullable(replies.get(request));
    }

    @Override
    public ModelResponse putReply(StoredReply reply) {
        ModelResponse winner = session.putReply(key, number, reply);
        replies.put(reply.request(), winner);
        return winner;
    }

    @Override
    public void putFailure(Account.Line call) {
        session.putFailure(call);
    }

    @Override
    public Account paid() {
        return session.paidFor(number);
    }

    @Override
    public boolean putRound(StoredRound round) {
        return session.putRound(key, number, round);
    }

    @Override
    public void leave() {
        session.end(key, number, Sql.LEFT);
    }

    @Override
    public void end(boolean forGood) {
        session.end(key, number, forGood ? Sql.AT_END : Sql.AT_END_FOR_NOW);
    }
}
