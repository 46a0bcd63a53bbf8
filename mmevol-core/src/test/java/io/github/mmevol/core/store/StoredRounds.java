package io.github.mmevol.core.store;

import io.github.mmevol.core.elimination.Outcome;
import io.github.mmevol.core.evolution.PromptInfo;
import io.github.mmevol.core.sample.Instruction;
import io.github.mmevol.core.sample.SampleKey;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;

/** Finished rounds for tests. */
final class StoredRounds {
    private StoredRounds() {}

    /** A round with one survivor. */
    static StoredRound of(SampleKey key, int number) {
        Instruction written = Instruction.of("Question " + number + "?", "Answer");
        Outcome.Origin origin = new Outcome.Origin(
                key.instruction(number, 1), key.instruction(number - 1, 1), number, "up", "hash", "m");
        return new StoredRound(
                number,
                "up",
                List.of(new StoredRound.Attempt(
                        new Outcome.Kept(origin, written, OptionalInt.of(5), "fine"),
                        Optional.of(written),
                        new PromptInfo("hash", List.of("phrase")))),
                Map.of(),
                Map.of());
    }
}
