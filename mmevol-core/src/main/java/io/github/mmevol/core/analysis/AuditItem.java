package io.github.mmevol.core.analysis;

import io.github.mmevol.core.elimination.EvolvedSample;
import io.github.mmevol.core.elimination.Outcome;
import io.github.mmevol.core.sample.Instruction;
import io.github.mmevol.core.sample.Sample;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * An instruction that people may mark.
 *
 * @param parent what it was evolved from; empty if that is not known
 * @param by who eliminated it; empty if it was kept
 * @param why the reason of its score, or what is wrong with it
 * @param outcome how the attempt ended: kept or eliminated
 */
record AuditItem(
        Sample sample,
        Optional<Instruction> parent,
        Instruction instruction,
        String by,
        OptionalInt score,
        String why,
        Outcome outcome) {

    /** What of a sample's outcomes people can mark; a failed attempt is none. */
    static Optional<AuditItem> of(EvolvedSample evolved, Outcome outcome) {
        Optional<Instruction> parent = parent(evolved, outcome.origin().parentId());
        if (outcome instanceof Outcome.Kept kept) {
            return Optional.of(
                    new AuditItem(evolved.sample(), parent, kept.instruction(), "", kept.score(), kept.reason(), kept));
        }
        if (outcome instanceof Outcome.Eliminated eliminated) {
            return Optional.of(new AuditItem(
                    evolved.sample(),
                    parent,
                    eliminated.instruction(),
                    eliminated.by(),
                    eliminated.score(),
                    eliminated.why(),
                    eliminated));
        }
        return Optional.empty();
    }

    private static Optional<Instruction> parent(EvolvedSample evolved, String id) {
        for (int i = 0; i < evolved.sample().instructions().size(); i++) {
            if (evolved.key().instruction(0, i + 1).equals(id)) {
                return Optional.of(evolved.sample().instructions().get(i));
            }
        }
        return evolved.outcomes().stream()
                .filter(outcome -> outcome.origin().id().equals(id))
                .findFirst()
                .flatMap(AuditItem::instruction);
    }

    /** What was written in an attempt. */
    static Optional<Instruction> instruction(Outcome outcome) {
        if (outcome instanceof Outcome.Kept kept) {
            return Optional.of(kept.instruction());
        }
        return outcome instanceof Outcome.Eliminated eliminated
                ? Optional.of(eliminated.instruction())
                : Optional.empty();
    }

    Outcome.Origin origin() {
        return outcome.origin();
    }

    /** What belongs together in the drawing. */
    Stratum stratum() {
        String band = score.isEmpty() ? "none" : score.getAsInt() <= 3 ? "0-3" : score.getAsInt() <= 6 ? "4-6" : "7-10";
        return new Stratum(origin().round(), origin().direction(), by, band);
    }

    record Stratum(int round, String direction, String by, String band) {}

    /** What a mark is about: 16 digits that change with question, answer and steps. */
    static String fingerprint(Instruction instruction) {
        try {
            MessageDigest digest = MessageDigest.getInstance("SHA-256");
            add(digest, instruction.question());
            add(digest, instruction.answer());
            instruction.steps().forEach(step -> {
                add(digest, step.manipulation());
                add(digest, step.description());
            });
            return "t" + HexFormat.of().formatHex(digest.digest(), 0, 8);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }

    private static void add(MessageDigest digest, String text) {
        digest.update(text.getBytes(StandardCharsets.UTF_8));
        digest.update((byte) 0);
    }
}
