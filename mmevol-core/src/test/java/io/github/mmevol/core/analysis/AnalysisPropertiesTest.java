package io.github.mmevol.core.analysis;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.github.mmevol.core.dataset.DataSet;
import io.github.mmevol.core.elimination.EvolvedSample;
import io.github.mmevol.core.elimination.Outcome;
import io.github.mmevol.core.sample.Check;
import io.github.mmevol.core.sample.Instruction;
import io.github.mmevol.core.sample.Verification;
import io.github.mmevol.core.sample.Vocabulary;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;

/** The figures beside a reference that holds everything in memory and counts in the plainest way. */
class AnalysisPropertiesTest {

    @Property(tries = 300)
    void figures_equal_those_of_a_naive_computation(@ForAll long seed) {
        List<EvolvedSample> samples = RandomSamples.of(seed, 1 + (int) Math.floorMod(seed, 12L));
        Analysis analysis = Analysis.of(DataSet.of(samples), question -> Optional.empty());
        assertThat(analysis.samples()).isEqualTo(samples.size());
        for (Analysis.RoundFigures round : analysis.rounds()) {
            compare(round, samples);
        }
        assertThat(analysis.rounds().stream()
                        .mapToLong(Analysis.RoundFigures::instructions)
                        .sum())
                .isEqualTo(samples.stream()
                        .mapToLong(
                                s -> s.kept().size() + s.sample().instructions().size())
                        .sum());
        for (Analysis.Cell cell : analysis.cells()) {
            List<Outcome> there = samples.stream()
                    .flatMap(s -> s.outcomes().stream())
                    .filter(o -> o.origin().round() == cell.round()
                            && o.origin().direction().equals(cell.direction()))
                    .toList();
            List<Outcome.Eliminated> eliminated = only(there, Outcome.Eliminated.class);
            assertThat(cell.attempted()).isEqualTo(there.size());
            assertThat(cell.kept()).isEqualTo(only(there, Outcome.Kept.class).size());
            assertThat(cell.eliminatedBy()).isEqualTo(frequencies(eliminated, Outcome.Eliminated::by));
            assertThat(cell.failedBy()).isEqualTo(frequencies(only(there, Outcome.Failed.class), Outcome.Failed::by));
            assertThat(cell.judgeKept())
                    .isEqualTo(
                            samples.stream()
                                            .flatMap(s -> s.outcomes().stream())
                                            .allMatch(o -> o instanceof Outcome.Kept)
                                    ? 0
                                    : only(there, Outcome.Kept.class).stream()
                                            .filter(k -> k.score().isPresent())
                                            .count());
            assertThat(cell.judgeRejected())
                    .isEqualTo(eliminated.stream()
                            .filter(e -> e.by().equals("judge") || e.score().isPresent())
                            .count());
        }
        assertThat(analysis.cells().stream().mapToLong(Analysis.Cell::attempted).sum())
                .isEqualTo(samples.stream().mapToLong(s -> s.outcomes().size()).sum());
    }

    private static void compare(Analysis.RoundFigures round, List<EvolvedSample> samples) {
        List<Outcome.Kept> kept =
                samples.stream().flatMap(s -> s.kept(round.number()).stream()).toList();
        List<Instruction> instructions = round.number() == 0
                ? samples.stream()
                        .flatMap(s -> s.sample().instructions().stream())
                        .toList()
                : kept.stream().map(Outcome.Kept::instruction).toList();
        assertThat(round.instructions()).isEqualTo(instructions.size());
        compare(
                round.skills(),
                instructions.stream()
                        .map(i -> skills(i).size())
                        .filter(n -> n > 0)
                        .toList());
        compare(
                round.steps(),
                instructions.stream()
                        .map(i -> i.steps().size())
                        .filter(n -> n > 0)
                        .toList());
        compare(
                round.question(),
                instructions.stream()
                        .map(i -> (int) i.question().codePoints().count())
                        .toList());
        compare(
                round.answer(),
                instructions.stream()
                        .map(i -> (int) i.answer().codePoints().count())
                        .toList());
        assertThat(round.skillNames().byName())
                .isEqualTo(frequencies(
                        instructions.stream().flatMap(i -> skills(i).stream()).toList(), name -> name));
        assertThat(round.forms().byName())
                .isEqualTo(frequencies(
                        instructions.stream()
                                .map(i -> Vocabulary.format(i.format()))
                                .filter(form -> !form.isEmpty())
                                .toList(),
                        form -> form));
        assertThat(round.objects().byName())
                .isEqualTo(frequencies(
                        instructions.stream()
                                .flatMap(i -> i.objects().stream()
                                        .map(o -> o.strip().toLowerCase(Locale.ROOT))
                                        .filter(o -> !o.isEmpty())
                                        .collect(Collectors.toSet())
                                        .stream())
                                .toList(),
                        name -> name));
        assertThat(round.verification()).isEqualTo(frequencies(kept, Outcome.Kept::verification));
        Map<String, Map<Check.Result, Long>> checks = new HashMap<>();
        kept.forEach(k -> k.checks()
                .forEach(c ->
                        checks.computeIfAbsent(c.by(), by -> new HashMap<>()).merge(c.result(), 1L, Long::sum)));
        assertThat(round.checks()).isEqualTo(checks);
        if (round.number() > 0) {
            compare(
                    round.score(),
                    kept.stream().flatMap(k -> k.score().stream().boxed()).toList());
            compare(round.gainOverParent(), gains(samples, round.number(), false));
            compare(round.gainOverSeed(), gains(samples, round.number(), true));
        }
        compareLikeness(round.selfSimilarity(), instructions);
    }

    private static Set<String> skills(Instruction instruction) {
        return instruction.skills().stream()
                .map(Vocabulary::skill)
                .filter(s -> !s.isEmpty())
                .collect(Collectors.toSet());
    }

    private static List<Integer> gains(List<EvolvedSample> samples, int round, boolean overSeed) {
        List<Integer> gains = new ArrayList<>();
        for (EvolvedSample sample : samples) {
            for (Outcome.Kept kept : sample.kept(round)) {
                List<Outcome.Kept> line = sample.lineage(kept.origin().id());
                Optional<Integer> base;
                if (overSeed || line.size() == 1) {
                    String seedId = line.get(0).origin().parentId();
                    int ordinal = Integer.parseInt(seedId.substring(seedId.lastIndexOf('.') + 1));
                    String given = sample.sample()
                            .instructions()
                            .get(ordinal - 1)
                            .extras()
                            .get("score");
                    base = Optional.ofNullable(given).map(Integer::valueOf);
                } else {
                    base = line.get(line.size() - 2).score().stream().boxed().findFirst();
                }
                if (base.isPresent() && kept.score().isPresent()) {
                    gains.add(kept.score().getAsInt() - base.get());
                }
            }
        }
        return gains;
    }

    private static void compare(Distribution distribution, List<Integer> numbers) {
        assertThat(distribution.count()).isEqualTo(numbers.size());
        assertThat(distribution.sum())
                .isEqualTo(numbers.stream().mapToLong(n -> n).sum());
        assertThat(distribution.bins().stream()
                        .mapToLong(Distribution.Bin::count)
                        .sum())
                .isEqualTo(numbers.size());
        if (numbers.isEmpty()) {
            assertThat(distribution.mean()).isEmpty();
            assertThat(distribution.quantile(0.5)).isEmpty();
            return;
        }
        List<Integer> sorted = new ArrayList<>(numbers);
        Collections.sort(sorted);
        assertThat(distribution.min()).isEqualTo((long) sorted.get(0));
        assertThat(distribution.max()).isEqualTo((long) sorted.get(sorted.size() - 1));
        assertThat(distribution.mean().orElseThrow())
                .isCloseTo(numbers.stream().mapToInt(n -> n).average().orElseThrow(), within(1e-9));
        for (double share : new double[] {0, 0.1, 0.5, 0.9, 1}) {
            int expected = sorted.get(Math.max(0, (int) Math.ceil(share * sorted.size()) - 1));
            assertThat(distribution.quantile(share).orElseThrow())
                    .isCloseTo(expected, within(expected < 64 ? 0 : expected / 8.0));
        }
    }

    private static void compareLikeness(Analysis.SelfSimilarity likeness, List<Instruction> instructions) {
        List<Set<String>> pieces = instructions.stream()
                .map(i -> pieces(i.question().strip().toLowerCase(Locale.ROOT)))
                .toList();
        assertThat(likeness.sampled()).isEqualTo(instructions.size());
        if (pieces.size() < 2) {
            assertThat(likeness.mean()).isEmpty();
            return;
        }
        double sum = 0;
        for (int i = 0; i < pieces.size(); i++) {
            double best = 0;
            for (int j = 0; j < pieces.size(); j++) {
                if (i != j) {
                    Set<String> shared = new HashSet<>(pieces.get(i));
                    shared.retainAll(pieces.get(j));
                    Set<String> all = new HashSet<>(pieces.get(i));
                    all.addAll(pieces.get(j));
                    best = Math.max(best, (double) shared.size() / all.size());
                }
            }
            sum += best;
        }
        assertThat(likeness.mean().orElseThrow()).isCloseTo(sum / pieces.size(), within(1e-9));
    }

    private static Set<String> pieces(String question) {
        int[] letters = question.codePoints().toArray();
        if (letters.length <= 3) {
            return Set.of(question);
        }
        return IntStream.rangeClosed(0, letters.length - 3)
                .mapToObj(i -> new String(letters, i, 3))
                .collect(Collectors.toSet());
    }

    private static <T> List<T> only(List<Outcome> outcomes, Class<T> kind) {
        return outcomes.stream().filter(kind::isInstance).map(kind::cast).toList();
    }

    private static <T, K> Map<K, Long> frequencies(List<T> items, Function<T, K> of) {
        return items.stream().collect(Collectors.groupingBy(of, Collectors.counting()));
    }

    @Property(tries = 50)
    void verification_marks_add_up_to_the_survivors(@ForAll long seed) {
        Analysis analysis = Analysis.of(DataSet.of(RandomSamples.of(seed, 8)));
        for (Analysis.RoundFigures round : analysis.rounds()) {
            long marks =
                    round.verification().values().stream().mapToLong(n -> n).sum();
            assertThat(marks).isEqualTo(round.number() == 0 ? 0 : round.instructions());
            assertThat(Verification.values()).containsAll(round.verification().keySet());
        }
    }
}
