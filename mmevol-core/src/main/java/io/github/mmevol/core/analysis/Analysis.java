package io.github.mmevol.core.analysis;

import io.github.mmevol.core.dataset.DataSet;
import io.github.mmevol.core.sample.Check;
import io.github.mmevol.core.sample.Verification;
import io.github.mmevol.core.store.RunStore;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.OptionalDouble;
import java.util.TreeMap;

/**
 * The figures of a data set or of a stored run. Made in one pass, in memory that does not grow with the data; a value.
 *
 * <pre>{@code
 * Analysis before = Analysis.of(DataSets.read(seeds));
 * Analysis after = Analysis.of(DataSets.readEvolved(evolved));
 * double steps = after.round(3).steps().mean().orElse(0);
 * }</pre>
 *
 * @param samples how many samples there are
 * @param rounds the instructions of each round that has any: the seeds, which are round 0, and the survivors of each round
 * @param cells how the attempts of each round and direction ended, by round, then by name of direction
 * @param annotated the labels of the annotated objects, in lower case
 * @param reasons why instructions were eliminated: by whom, a colon, and what was objected to, without quotations and
 *     numbers; one that has several objections counts for each
 * @param difficulty how the judge's scores go with what solvers find hard, as far as that was measured
 * @param models how many survivors each model wrote
 * @param prompts how many survivors each prompt brought, by its hash
 * @param skeletons the fifty most frequent {@linkplain io.github.mmevol.core.dataset.Skeleton skeletons} of survivors'
 *     questions; of one that was rare at first some occurrences may be missing
 */
public record Analysis(
        long samples,
        List<RoundFigures> rounds,
        List<Cell> cells,
        Counts annotated,
        Counts reasons,
        Difficulty difficulty,
        Counts models,
        Counts prompts,
        Counts skeletons) {
    /**
     * The last round that stands for itself: rounds of higher numbers are counted with it. Likewise directions beyond the
     * hundredth of a round, and names beyond the hundredth of an eliminator, a failure or a check, are counted as {@code others}.
     */
    public static final int LAST_ROUND = 100;

    /**
     * The instructions of one round. Skills, forms and positions are counted in their canonical spellings, objects in
     * lower case. What is not annotated counts nowhere: {@code skills().count()} tells how many instructions name skills.
     *
     * @param number the round's number; 0 for the seeds
     * @param instructions how many there are
     * @param skills distinct skills of an instruction that names any
     * @param steps steps of an instruction that has any
     * @param score the judge's score; for seeds the one that the data file gives
     * @param question characters of the question
     * @param answer characters of the answer
     * @param gainOverParent how much the score is above that of the instruction it was evolved from, where both have one
     * @param gainOverSeed how much the score is above that of the seed, where both have one
     * @param skillNames the skills
     * @param forms the forms
     * @param objects the objects that instructions say they are about, in lower case
     * @param verbNouns the verb-noun structure of the questions
     * @param letters the right letters of multiple choice
     * @param yesNo answers that begin with yes or no, of forms that are answered so
     * @param selfSimilarity how alike the questions are
     * @param verification the marks of survivors; empty for seeds
     * @param checks what came of looking at claims, by who looked
     */
    public record RoundFigures(
            int number,
            long instructions,
            Distribution skills,
            Distribution steps,
            Distribution score,
            Distribution question,
            Distribution answer,
            Distribution gainOverParent,
            Distribution gainOverSeed,
            Counts skillNames,
            Counts forms,
            Counts objects,
            VerbNouns verbNouns,
            Counts letters,
            Counts yesNo,
            SelfSimilarity selfSimilarity,
            Map<Verification, Long> verification,
            Map<String, Map<Check.Result, Long>> checks) {
        /** Copies the maps. */
        public RoundFigures {
            verification = Map.copyOf(verification);
            checks = Collections.unmodifiableMap(new TreeMap<>(checks));
        }
    }

    /**
     * What the questions ask for.
     *
     * @param asked questions that the parser was asked about
     * @param undecided those of which it could not tell, those in other languages among them
     * @param pairs verb and noun, separated by a blank; a verb without a noun stands alone
     */
    public record VerbNouns(long asked, long undecided, Counts pairs) {}

    /**
     * How alike questions are.
     *
     * @param sampled how many were compared with each other: all, or a sample that the data alone determines
     * @param mean how much of a question's three-letter pieces the most similar other one shares with it (Jaccard), on
     *     average, 0 to 1; empty if there are fewer than two
     */
    public record SelfSimilarity(int sampled, OptionalDouble mean) {}

    /**
     * The judge's scores of survivors beside the share of tries in which a solver gave another answer.
     *
     * @param byScore the scores that occur, rising
     * @param rankCorrelation Spearman's correlation of score and difficulty, -1 to 1; empty if either is the same for all
     */
    public record Difficulty(List<AtScore> byScore, OptionalDouble rankCorrelation) {
        /** Copies the list. */
        public Difficulty {
            byScore = List.copyOf(byScore);
            Objects.requireNonNull(rankCorrelation, "rankCorrelation");
        }

        /** How many survivors have both. */
        public long measured() {
            return byScore.stream().mapToLong(AtScore::count).sum();
        }
    }

    /**
     * The survivors of one score whose difficulty was measured.
     *
     * @param score the judge's score
     * @param count how many there are
     * @param difficulty their mean difficulty, 0 to 1
     */
    public record AtScore(int score, long count, double difficulty) {}

    /**
     * How the attempts of one round in one direction ended. A data file holds survivors alone.
     *
     * @param round the round's number, from 1
     * @param direction the direction's name
     * @param kept those that survived
     * @param eliminatedBy those that were eliminated, by whom
     * @param failedBy those that failed, by kind of failure
     * @param judgeKept those of the survivors that have a score; 0 where the data holds nothing but survivors
     * @param judgeRejected those of the eliminated that a judge decided: it is named so, or gave a score
     */
    public record Cell(
            int round,
            String direction,
            long kept,
            Map<String, Long> eliminatedBy,
            Map<String, Long> failedBy,
            long judgeKept,
            long judgeRejected) {
        /** Copies the maps. */
        public Cell {
            Objects.requireNonNull(direction, "direction");
            eliminatedBy = Collections.unmodifiableMap(new TreeMap<>(eliminatedBy));
            failedBy = Collections.unmodifiableMap(new TreeMap<>(failedBy));
        }

        /** Those that were eliminated. */
        public long eliminated() {
            return sum(eliminatedBy);
        }

        /** Those that failed. */
        public long failed() {
            return sum(failedBy);
        }

        /** All. */
        public long attempted() {
            return kept + eliminated() + failed();
        }

        /** Which share of what came before the judge it found improved; empty if nothing came, or nobody knows. */
        public OptionalDouble improved() {
            long judged = judgeKept + judgeRejected;
            return judged == 0 ? OptionalDouble.empty() : OptionalDouble.of((double) judgeKept / judged);
        }

        private static long sum(Map<String, Long> counts) {
            return counts.values().stream().mapToLong(Long::longValue).sum();
        }
    }

    /** Copies the lists. */
    public Analysis {
        rounds = List.copyOf(rounds);
        cells = List.copyOf(cells);
        Objects.requireNonNull(annotated, "annotated");
        Objects.requireNonNull(reasons, "reasons");
        Objects.requireNonNull(difficulty, "difficulty");
        Objects.requireNonNull(models, "models");
        Objects.requireNonNull(prompts, "prompts");
        Objects.requireNonNull(skeletons, "skeletons");
    }

    /**
     * The figures of a data set, with the light {@linkplain VerbNounParser#english() English parser}.
     *
     * @param data samples or evolved samples
     * @throws IllegalArgumentException if it holds anything else
     */
    public static Analysis of(DataSet<?> data) {
        return of(data, VerbNounParser.english());
    }

    /**
     * The figures of a data set.
     *
     * @param data samples or evolved samples
     * @throws IllegalArgumentException if it holds anything else
     */
    public static Analysis of(DataSet<?> data, VerbNounParser parser) {
        return of(Source.of(data), parser);
    }

    /** The figures of a stored run, with the light {@linkplain VerbNounParser#english() English parser}. */
    public static Analysis of(RunStore store) {
        return of(store, VerbNounParser.english());
    }

    /** The figures of a stored run. */
    public static Analysis of(RunStore store, VerbNounParser parser) {
        return of(Source.of(store), parser);
    }

    private static Analysis of(Source source, VerbNounParser parser) {
        Objects.requireNonNull(parser, "parser");
        AnalysisPass pass = new AnalysisPass(parser);
        source.forEach(pass::add);
        return pass.analysis();
    }

    /**
     * The figures of a round.
     *
     * @throws IllegalArgumentException if the data has no instruction of that round
     */
    public RoundFigures round(int number) {
        return rounds.stream()
                .filter(round -> round.number() == number)
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("no instruction of round " + number));
    }

    /** Survivors of all rounds. */
    public long kept() {
        return cells.stream().mapToLong(Cell::kept).sum();
    }
}
