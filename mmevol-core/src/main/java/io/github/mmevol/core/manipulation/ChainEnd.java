package io.github.mmevol.core.manipulation;

import io.github.mmevol.core.internal.text.ChosenOption;
import io.github.mmevol.core.internal.text.CountLimits;
import io.github.mmevol.core.internal.text.LowerCase;
import io.github.mmevol.core.internal.text.Options;
import io.github.mmevol.core.internal.text.Texts;
import io.github.mmevol.core.internal.text.Tokens;
import io.github.mmevol.core.manipulation.Call.Function;
import io.github.mmevol.core.manipulation.Figures.Fit;
import io.github.mmevol.core.manipulation.Statement.Figure;
import io.github.mmevol.core.manipulation.Value.Certainty;
import io.github.mmevol.core.sample.BoundingBox;
import io.github.mmevol.core.sample.Check;
import io.github.mmevol.core.sample.Instruction;
import io.github.mmevol.core.sample.LabelMatcher.Relation;
import java.math.BigDecimal;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Holds the answer against what the chain ends in: an option's letter, a number, yes or no, a box. Where both can be read
 * in one way only and differ, the answer is contradicted; where the annotations gave the value that was asked for, and the
 * answer has it, it is confirmed.
 */
final class ChainEnd {
    private static final double ANOTHER_BOX = 0.3;
    private static final int FEW_WORDS = 3;
    private static final BigDecimal LARGEST_GRAIN = BigDecimal.valueOf(1_000_000_000);
    /** What a question asks that is answered by a number. */
    private static final List<String> NUMERIC = List.of(
            "how many",
            "how much",
            "how far",
            "how large",
            "how wide",
            "how tall",
            "how high",
            "how long",
            "by how",
            "what number",
            "number of",
            "total",
            "the sum",
            "difference",
            "mean",
            "average",
            "ratio",
            "percentage",
            "share",
            "distance",
            "range",
            "___",
            "wie viel",
            "wie gro\u00df",
            "wie breit",
            "wie hoch",
            "combien",
            "cu\u00e1nt",
            "\u591a\u5c11",
            "\u51e0");

    private static final List<String> ROUNDING =
            List.of("nearest", "round", "rounded", "rounding", "roughly", "approximately", "estimate");
    /** How a second question begins behind one for a number. */
    private static final List<String> ASKING_ON =
            List.of("and do", "and does", "and is", "and are", "and which", "and what", "and how", "and who");
    /** Between units of time, of length and of money, and between thousands and ones. */
    private static final long[] CONVERSIONS = {10, 60, 100, 1_000, 3_600, 10_000, 100_000, 1_000_000, 1_000_000_000};

    private static final List<String> LOCATING = List.of("region", "where", "box", "coordinates");
    private static final List<String> DENYING = List.of("not", "except", "without", "no", "doesn't", "isn't");

    private final ManipulationRuntime runtime;
    private final Scene scene;
    private final Instruction instruction;
    private final Chain chain;
    private final List<Statement> statements;
    private final Findings.Gathering findings;
    private final Optional<Options> options;

    ChainEnd(
            ManipulationRuntime runtime,
            Scene scene,
            Instruction instruction,
            Chain chain,
            List<Statement> statements,
            Findings.Gathering findings) {
        this.runtime = runtime;
        this.scene = scene;
        this.instruction = instruction;
        this.chain = chain;
        this.statements = statements;
        this.findings = findings;
        options = Options.of(instruction.question());
    }

    void compare() {
        int chosen = options.map(
                        known -> ChosenOption.of(known, instruction.answer()).index())
                .orElse(-1);
        Statement last = statements.get(statements.size() - 1);
        if (options.isPresent() && chosen >= 0) {
            int ended = ChosenOption.settled(options.get(), last.text());
            if (ended >= 0 && ended != chosen) {
                contradict(
                        instruction.answer(), "the chain ends in option " + label(options.get(), ended), last.text());
                return;
            }
        }
        if (options.isPresent() && chosen < 0) {
            return;
        }
        Statement answer =
                new Statement(options.map(known -> known.text(chosen)).orElse(instruction.answer()));
        compareNumbers(answer, last);
        compareYesAndNo(last);
        compareBoxes(answer);
    }

    private static String label(Options options, int index) {
        return String.valueOf(options.list().get(index).label());
    }

    private void compareNumbers(Statement answer, Statement last) {
        Call call = chain.calls().get(chain.calls().size() - 1);
        if (call.function() != Function.CALCULATE) {
            return;
        }
        Value.Amount worked =
                scene.value(call.results().get(0).name()).orElse(null) instanceof Value.Amount amount ? amount : null;
        if (worked != null && confirmsCount(call, worked, answer)) {
            return;
        }
        BigDecimal end = worked != null && worked.certainty() == Certainty.EXACT ? worked.value() : null;
        boolean goesOn = false;
        for (int i = call.step(); i < statements.size(); i++) {
            Figure stated = i > call.step() || end == null ? statements.get(i).result(Set.of()) : null;
            goesOn = i > call.step() && stated == null;
            if (stated != null && (end == null || stated.fit(end) == Fit.WRONG)) {
                end = stated.percent() ? stated.number().divide(Term.HUNDRED, Term.PRECISION) : stated.number();
            }
        }
        Figure answered = asked(answer);
        if (end == null || answered == null || answer.mayState(end) || standsInChain(answered)) {
            return;
        }
        boolean converted = isConverted(answered.number(), end) || isInAnotherUnit(answer, answered, last, end);
        if (goesOn || converted || asksOn() || isRounded(answered.number(), end)) {
            return; // what is done with the number last, no step tells
        }
        contradict(answer.span(answered), "the chain ends in " + Figures.text(end), last.text());
    }

    /** Whether the question asks for something else beside the number. */
    private boolean asksOn() {
        String stem = stem();
        return ASKING_ON.stream().anyMatch(words -> Texts.hasWords(stem, words));
    }

    private String stem() {
        return LowerCase.of(options.map(Options::stem).orElse(instruction.question()));
    }

    /** Whether a rounded number is asked for, and one is the other, rounded to tens, fives, hundreds. */
    private boolean isRounded(BigDecimal answered, BigDecimal end) {
        String stem = stem();
        if (ROUNDING.stream().noneMatch(word -> Texts.hasWords(stem, word))) {
            return false;
        }
        BigDecimal twice = answered.subtract(end).abs().multiply(BigDecimal.valueOf(2));
        for (BigDecimal grain = new BigDecimal("0.5");
                grain.compareTo(LARGEST_GRAIN) <= 0;
                grain = grain.multiply(BigDecimal.TEN)) {
            for (BigDecimal size : List.of(grain, grain.multiply(BigDecimal.valueOf(2)))) {
                if (answered.remainder(size).signum() == 0 && twice.compareTo(size) <= 0) {
                    return true;
                }
            }
        }
        return false;
    }

    /** Whether a number is another one told in a unit so many times larger or smaller: minutes and hours. */
    private static boolean isConverted(BigDecimal answered, BigDecimal end) {
        for (long factor : CONVERSIONS) {
            BigDecimal larger = end.multiply(BigDecimal.valueOf(factor));
            BigDecimal smaller = end.divide(BigDecimal.valueOf(factor), Term.PRECISION);
            boolean exact = answered.compareTo(larger) == 0 || answered.compareTo(smaller) == 0;
            if (exact || (answered.scale() > 0 && Figures.rounds(answered, smaller))) {
                return end.signum() != 0;
            }
        }
        return false;
    }

    private static boolean isInAnotherUnit(Statement answer, Figure answered, Statement last, BigDecimal end) {
        return last.figures().stream()
                .anyMatch(
                        figure -> figure.isSame(end) && Measures.differ(answer.behind(answered), last.behind(figure)));
    }

    /** Whether the annotations decide a count that the question asks for; tells so. */
    private boolean confirmsCount(Call call, Value.Amount worked, Statement answer) {
        String counted = runtime.calculator().counted(call, scene);
        Figure answered = asked(answer);
        if (counted.isEmpty() || answered == null || !asksForCountOf(counted)) {
            return false;
        }
        int compared = answered.number().compareTo(worked.value());
        String boxes = worked.value().toPlainString() + " distinct boxes";
        if ((worked.certainty() == Certainty.EXACT && compared != 0)
                || (worked.certainty() == Certainty.AT_LEAST && compared < 0)) {
            contradict(answer.span(answered), "the chain comes to " + boxes, boxes);
        } else if (worked.certainty() == Certainty.EXACT) {
            findings.check(Check.Part.VALUE, instruction.answer(), Check.Result.CONFIRMED, boxes);
        } else {
            findings.check(
                    Check.Part.VALUE, instruction.answer(), Check.Result.UNDECIDED, boxes + ", there may be more");
        }
        return true;
    }

    /** Whether the question asks for the number of just this, and singles nothing out. */
    private boolean asksForCountOf(String counted) {
        String question = instruction.question();
        String stem = options.map(Options::stem).orElse(question);
        String folded = LowerCase.of(stem);
        String asked = Statement.howMany(stem);
        boolean limited = folded.contains("only")
                || folded.contains("except")
                || folded.contains("ignor")
                || CountLimits.limit(Tokens.of(stem));
        boolean leads = folded.startsWith("how many") || folded.startsWith("what is the number of");
        return leads
                && !limited
                && folded.indexOf('?') == folded.lastIndexOf('?')
                && runtime.labels().relate(asked, counted) == Relation.SAME;
    }

    /** The number that the answer gives, if it gives one and the question asks for one. */
    private @Nullable Figure asked(Statement answer) {
        if (answer.figures().size() != 1) {
            return null;
        }
        Figure only = answer.figures().get(0);
        if (answer.compares(only) || answer.endsAnother(only)) {
            return null;
        }
        String question = LowerCase.of(instruction.question());
        boolean numeric = NUMERIC.stream().anyMatch(question::contains) && !Texts.hasWords(question, "which");
        boolean bare = answer.words() <= FEW_WORDS && answer.beginsWithNumber();
        return numeric || bare ? only : null;
    }

    private boolean standsInChain(Figure answered) {
        for (Statement statement : statements) {
            if (statement.figures().stream().anyMatch(figure -> figure.isSame(answered.number()))) {
                return true;
            }
        }
        for (Call call : chain.calls()) {
            if (new Statement(call.text()).figures().stream().anyMatch(figure -> figure.isSame(answered.number()))) {
                return true;
            }
        }
        return false;
    }

    /** "So the answer is no." under an answer that begins with yes. */
    private void compareYesAndNo(Statement last) {
        String end = Texts.fingerprint(last.text());
        String answer = Texts.fingerprint(instruction.answer());
        boolean saysYes = end.endsWith("the answer is yes");
        boolean saysNo = end.endsWith("the answer is no");
        boolean yes = Texts.startsWithWords(answer, 0, "yes");
        boolean no = Texts.startsWithWords(answer, 0, "no");
        if ((saysYes && no) || (saysNo && yes)) {
            contradict(instruction.answer(), "the chain ends in " + (saysYes ? "yes" : "no"), last.text());
        }
    }

    private void compareBoxes(Statement answer) {
        Call call = chain.calls().get(chain.calls().size() - 1);
        boolean ends = call.function() == Function.GROUNDING && statements.size() <= call.step() + 2;
        Value value = scene.value(call.results().get(0).name()).orElse(null);
        List<BoundingBox> answered = answer.boxes();
        if (!ends
                || answered.size() != 1
                || !(value instanceof Value.Boxes ended)
                || ended.boxes().size() != 1) {
            return;
        }
        BoundingBox box = answered.get(0);
        BoundingBox end = ended.boxes().get(0);
        boolean only = statements.stream()
                .flatMap(statement -> statement.boxes().stream())
                .allMatch(other -> other.iou(end) > ANOTHER_BOX);
        if (only && box.iou(end) < ANOTHER_BOX && !holds(box, end) && !holds(end, box)) {
            contradict(box.toString(), "the chain ends in " + end, end.toString());
        } else if (CallChecks.isSame(box, end) && ended.certainty() != Certainty.DOUBTFUL && asksWhere(call)) {
            findings.check(Check.Part.VALUE, instruction.answer(), Check.Result.CONFIRMED, "annotated: " + end);
        }
    }

    /** Whether the question asks for the place of just what a call grounds. */
    private boolean asksWhere(Call call) {
        String question = instruction.question();
        String stem = Texts.fingerprint(options.map(Options::stem).orElse(question));
        String phrase = Texts.fingerprint(scene.phrase(call.results().get(0).name()));
        String noun = phrase.startsWith("the ") ? phrase.substring(4) : phrase;
        return !noun.isEmpty()
                && Texts.hasWords(stem, noun)
                && LOCATING.stream().anyMatch(word -> Texts.hasWords(stem, word))
                && DENYING.stream().noneMatch(word -> Texts.hasWords(stem, word));
    }

    private static boolean holds(BoundingBox outer, BoundingBox inner) {
        return outer.x1() <= inner.x1()
                && outer.y1() <= inner.y1()
                && outer.x2() >= inner.x2()
                && outer.y2() >= inner.y2();
    }

    private void contradict(String claim, String why, String evidence) {
        findings.contradict(claim, "the answer gives another value: " + why, evidence);
    }
}
