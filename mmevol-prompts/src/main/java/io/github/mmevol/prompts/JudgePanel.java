package io.github.mmevol.prompts;

import io.github.mmevol.core.elimination.Eliminator;
import io.github.mmevol.core.elimination.Verdict;
import io.github.mmevol.core.evolution.Candidate;
import io.github.mmevol.core.evolution.Round;
import io.github.mmevol.core.sample.Check;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.OptionalInt;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * Judges who decide together.
 *
 * @param strictest whether one that objects is enough; else the majority decides
 */
record JudgePanel(List<Judge> judges, boolean strictest) implements Eliminator {

    /** What a judge says of a candidate. */
    private record Vote(String judge, Verdict verdict) {}

    JudgePanel {
        judges = List.copyOf(judges);
        if (judges.size() < 2) {
            throw new IllegalArgumentException("a panel has at least two judges");
        }
        if (judges.stream().map(Judge::modelName).distinct().count() < judges.size()) {
            throw new IllegalArgumentException("two judges of a panel have one model: "
                    + judges.stream().map(Judge::modelName).collect(Collectors.joining(", ")));
        }
    }

    @Override
    public String name() {
        return Judge.NAME;
    }

    @Override
    public String settings() {
        return (strictest ? "the strictest of " : "the majority of ")
                + judges.stream().map(Judge::settings).collect(Collectors.joining(", "));
    }

    @Override
    public List<Verdict> judge(List<Candidate> candidates, Round round) {
        Map<String, List<Vote>> votes = new LinkedHashMap<>();
        candidates.forEach(candidate -> votes.put(candidate.id(), new ArrayList<>()));
        for (Judge judge : judges) {
            List<Candidate> open = candidates.stream()
                    .filter(candidate -> !isSettled(Objects.requireNonNull(votes.get(candidate.id()))))
                    .toList();
            List<Verdict> given = open.isEmpty() ? List.of() : judge.judge(open, round);
            for (int i = 0; i < given.size(); i++) {
                Objects.requireNonNull(votes.get(open.get(i).id())).add(new Vote(judge.modelName(), given.get(i)));
            }
        }
        votes.values().forEach(all -> {
            if (count(all, Verdict.Pass.class) > 0 && count(all, Verdict.Reject.class) > 0) {
                round.count("panel-split");
            }
        });
        return votes.values().stream().map(this::verdict).toList();
    }

    /** Whether it makes no difference what the other judges say. */
    private boolean isSettled(List<Vote> votes) {
        long passes = count(votes, Verdict.Pass.class);
        long rejects = count(votes, Verdict.Reject.class);
        return strictest ? rejects > 0 : 2 * passes > judges.size() || 2 * rejects >= judges.size();
    }

    private Verdict verdict(List<Vote> votes) {
        long passes = count(votes, Verdict.Pass.class);
        long rejects = count(votes, Verdict.Reject.class);
        if (passes + rejects == 0 || (strictest && rejects == 0 && passes < judges.size())) {
            return Verdict.fail(words(votes, Verdict.Fail.class, Verdict.Fail::why));
        }
        if (strictest ? rejects > 0 : rejects >= passes) {
            OptionalInt score = of(votes, Verdict.Reject.class).stream()
                    .flatMapToInt(reject -> reject.score().stream())
                    .min();
            return new Verdict.Reject("", words(votes, Verdict.Reject.class, Verdict.Reject::why), "", score);
        }
        List<Verdict.Pass> inFavour = of(votes, Verdict.Pass.class);
        int[] scores = inFavour.stream()
                .flatMapToInt(pass -> pass.score().stream())
                .sorted()
                .toArray();
        return Verdict.pass(
                        scores[strictest ? 0 : (scores.length - 1) / 2],
                        words(votes, Verdict.Pass.class, Verdict.Pass::reason))
                .checks(checks(inFavour));
    }

    /** The checks of those in favour; what they do not see alike is undecided. */
    private static List<Check> checks(List<Verdict.Pass> inFavour) {
        List<Check> all = new ArrayList<>();
        for (Check check :
                inFavour.stream().flatMap(pass -> pass.checks().stream()).toList()) {
            int place = 0;
            while (place < all.size() && !all.get(place).sameClaim(check)) {
                place++;
            }
            if (place == all.size()) {
                all.add(check);
            } else if (all.get(place).result() != check.result()) {
                all.set(place, check.withResult(Check.Result.UNDECIDED, "the judges differ"));
            }
        }
        return all;
    }

    private static long count(List<Vote> votes, Class<? extends Verdict> kind) {
        return votes.stream().filter(vote -> kind.isInstance(vote.verdict())).count();
    }

    private static <V extends Verdict> List<V> of(List<Vote> votes, Class<V> kind) {
        return votes.stream()
                .map(Vote::verdict)
                .filter(kind::isInstance)
                .map(kind::cast)
                .toList();
    }

    private static <V extends Verdict> String words(List<Vote> votes, Class<V> kind, Function<V, String> text) {
        return votes.stream()
                .filter(vote -> kind.isInstance(vote.verdict()))
                .map(vote -> vote.judge() + ": " + text.apply(kind.cast(vote.verdict())))
                .collect(Collectors.joining(" | "));
    }
}
