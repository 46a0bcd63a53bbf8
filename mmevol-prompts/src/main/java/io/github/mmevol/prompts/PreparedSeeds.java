package io.github.mmevol.prompts;

import io.github.mmevol.core.elimination.EvolvedSample;
import io.github.mmevol.core.elimination.Outcome;
import io.github.mmevol.core.internal.json.Json;
import io.github.mmevol.core.sample.Instruction;
import io.github.mmevol.core.sample.Sample;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;

/** The sample that a preparation has made of one. */
final class PreparedSeeds {
    private PreparedSeeds() {}

    static Sample of(EvolvedSample prepared) {
        Map<String, Outcome> outcomes = new HashMap<>();
        prepared.outcomes().forEach(outcome -> outcomes.put(outcome.origin().parentId(), outcome));
        List<Instruction> seeds = new ArrayList<>();
        Set<String> asked = new HashSet<>();
        int ordinal = 0;
        for (Instruction before : prepared.sample().instructions()) {
            Optional<Outcome> outcome =
                    Optional.ofNullable(outcomes.get(prepared.key().instruction(0, ++ordinal)));
            boolean place = before.equals(SeedPreparer.PLACE);
            Optional<Instruction> seed = outcome.isPresent()
                    ? seed(before, place, outcome.get())
                    : place ? Optional.empty() : Optional.of(before);
            seed.filter(s -> !place || asked.add(s.question().strip().toLowerCase(Locale.ROOT)))
                    .ifPresent(seeds::add);
        }
        return prepared.sample().with(b -> b.instructions(seeds));
    }

    private static Optional<Instruction> seed(Instruction before, boolean place, Outcome outcome) {
        if (outcome instanceof Outcome.Kept kept) {
            return Optional.of(marked(kept.instruction(), kept.score(), ""));
        }
        if (place) {
            return Optional.empty();
        }
        return Optional.of(
                outcome instanceof Outcome.Eliminated eliminated
                        ? marked(before, eliminated.score(), eliminated.by() + ": " + eliminated.why())
                        : outcome instanceof Outcome.Failed failed
                                ? marked(before, OptionalInt.empty(), failed.by() + ": " + failed.why())
                                : before);
    }

    private static Instruction marked(Instruction instruction, OptionalInt score, String problem) {
        Map<String, String> extras = new LinkedHashMap<>(instruction.extras());
        score.ifPresent(value -> extras.put("seed_score", String.valueOf(value)));
        if (!problem.isEmpty()) {
            extras.put("seed_problem", Json.write(Json.object().stringNode(problem)));
        }
        return instruction.toBuilder().extras(extras).build();
    }
}
