package io.github.mmevol.core.manipulation;

import io.github.mmevol.core.internal.text.CountLimits;
import io.github.mmevol.core.internal.text.Token;
import io.github.mmevol.core.internal.text.Token.Kind;
import io.github.mmevol.core.internal.text.Tokens;
import io.github.mmevol.core.manipulation.Figures.Fit;
import io.github.mmevol.core.manipulation.Statement.Figure;
import io.github.mmevol.core.manipulation.Value.Certainty;
import io.github.mmevol.core.sample.BoundingBox;
import io.github.mmevol.core.sample.Check.Part;
import io.github.mmevol.core.sample.Check.Result;
import io.github.mmevol.core.sample.LabelMatcher.Relation;
import java.math.BigDecimal;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Holds what each call comes to against what its step says of it. */
final class CallChecks {
    private static final double SAME_BOX = 0.85;

    private final ManipulationRuntime runtime;
    private final Scene scene;
    private final String question;
    private final Findings.Gathering findings;

    CallChecks(ManipulationRuntime runtime, Scene scene, String question, Findings.Gathering findings) {
        this.runtime = runtime;
        this.scene = scene;
        this.question = question;
        this.findings = findings;
    }

    /**
     * Checks one call.
     *
     * @param given the values of its arguments, as far as they have any
     * @param value what it comes to; null if that cannot be told
     * @param statement what its step says
     */
    void check(Call call, List<Value> given, @Nullable Value value, Statement statement) {
        switch (call.function()) {
            case GROUNDING -> grounding(call, value, statement);
            case REFERRING -> undecided(call, "what is there, only a look can tell");
            case CALCULATE -> calculation(call, value, statement);
            case OCR -> reading(call, given, statement);
            case OTHER -> {
                if (value instanceof Value.Amount amount) {
                    amount(call, amount, statement);
                }
            }
        }
    }

    /** The boxes that the text gives to a call. */
    static List<BoundingBox> boxes(Call call, Statement statement) {
        return call.stated().orElse(null) instanceof Argument.Boxes boxes ? boxes.boxes() : statement.boxes();
    }

    static boolean isSame(BoundingBox one, BoundingBox other) {
        return one.iou(other) >= SAME_BOX;
    }

    private void grounding(Call call, @Nullable Value value, Statement statement) {
        if (!(value instanceof Value.Boxes found)) {
            undecided(call, "no annotated label is known to name this, all of it and nothing else");
            return;
        }
        List<BoundingBox> stated = boxes(call, statement);
        boolean fits = stated.stream().allMatch(box -> found.boxes().stream().anyMatch(other -> isSame(box, other)));
        boolean phrased = call.arguments().get(0) instanceof Argument.Phrase;
        boolean confirmed = fits && phrased && !statement.hasBrokenBox() && found.certainty() != Certainty.DOUBTFUL;
        String boxes = String.join(
                ", ", found.boxes().stream().map(BoundingBox::toString).toList());
        findings.check(Part.STEP, call.text(), confirmed ? Result.CONFIRMED : Result.UNDECIDED, "annotated: " + boxes);
        String phrase = scene.phrase(call.results().get(0).name());
        Figure count = phrase.isEmpty() ? null : statement.count(phrase, runtime.labels());
        if (count != null) {
            boolean all = stated.size() == found.boxes().size();
            BigDecimal number = BigDecimal.valueOf(found.boxes().size());
            count(call, count, statement, number, certainty(phrase, all, found.certainty()));
        }
    }

    private void calculation(Call call, @Nullable Value value, Statement statement) {
        Optional<String> variable = runtime.calculator().countedVariable(call);
        int listed = variable.map(scene::listed).orElse(0);
        String phrase = runtime.calculator().counted(call, scene);
        Figure count = phrase.isEmpty() || call.stated().isPresent() ? null : statement.count(phrase, runtime.labels());
        if (count != null && listed > 0 && !count.isSame(BigDecimal.valueOf(listed))) {
            contradict(call, count, statement, listed + " boxes that the steps list");
        } else if (!(value instanceof Value.Amount amount)) {
            undecided(call, "what it comes to cannot be worked out");
        } else if (phrase.isEmpty() || call.stated().isPresent()) {
            amount(call, amount, statement);
        } else if (count == null) {
            undecided(call, "counted: " + Figures.text(amount.value()));
        } else {
            boolean all = amount.value().compareTo(BigDecimal.valueOf(listed)) == 0;
            count(call, count, statement, amount.value(), certainty(phrase, all, amount.certainty()));
        }
    }

    /** How far a count is known; not at all where the question asks for some of them and the step may mean those. */
    private Certainty certainty(String counted, boolean listed, Certainty known) {
        String asked = Statement.howMany(question);
        if (asked.isEmpty() || listed) {
            return known;
        }
        Relation relation = runtime.labels().relate(asked, counted);
        boolean some = relation == Relation.NARROWER
                || relation == Relation.UNKNOWN
                || (relation == Relation.SAME && CountLimits.limit(Tokens.of(question)));
        return some ? Certainty.DOUBTFUL : known;
    }

    private void amount(Call call, Value.Amount amount, Statement statement) {
        if (call.stated().orElse(null) instanceof Argument.Figure figure) {
            number(call, new Figure(figure.value(), call.text().endsWith("%"), false, -1), statement, amount);
            return;
        }
        if (amount.certainty() == Certainty.EXACT && statement.states(amount.value())) {
            findings.check(Part.STEP, call.text(), Result.CONFIRMED, "worked out: " + Figures.text(amount.value()));
            return;
        }
        Figure result = statement.mayState(amount.value()) ? null : statement.result(operands(call));
        if (result == null) {
            undecided(call, "worked out: " + Figures.text(amount.value()));
        } else {
            number(call, result, statement, amount);
        }
    }

    private void number(Call call, Figure stated, Statement statement, Value.Amount amount) {
        Fit fit = stated.fit(amount.value());
        boolean exact = amount.certainty() == Certainty.EXACT;
        boolean tooFew = amount.certainty() == Certainty.AT_LEAST
                && stated.number().compareTo(amount.value()) < 0
                && !stated.percent();
        if (fit == Fit.WRONG && (exact || tooFew) && !isShareOf(stated, call, amount.value())) {
            contradict(call, stated, statement, Figures.text(amount.value()));
        } else {
            boolean right = fit == Fit.RIGHT && exact;
            findings.check(
                    Part.STEP,
                    call.text(),
                    right ? Result.CONFIRMED : Result.UNDECIDED,
                    "worked out: " + Figures.text(amount.value()));
        }
    }

    /** Whether a share is stated where the call goes on to its percentage: 0.5 for {@code calculate(80 / 160 * 100)}. */
    private static boolean isShareOf(Figure stated, Call call, BigDecimal value) {
        return call.text().contains("100")
                && Figures.rounds(stated.number(), value.divide(Term.HUNDRED, Term.PRECISION));
    }

    private void count(Call call, Figure stated, Statement statement, BigDecimal boxes, Certainty certainty) {
        int compared = stated.number().compareTo(boxes);
        if ((certainty == Certainty.EXACT && compared != 0) || (certainty == Certainty.AT_LEAST && compared < 0)) {
            contradict(call, stated, statement, boxes + " distinct boxes");
        } else {
            findings.check(
                    Part.STEP,
                    statement.span(stated),
                    certainty == Certainty.EXACT ? Result.CONFIRMED : Result.UNDECIDED,
                    boxes + " distinct boxes" + (certainty == Certainty.AT_LEAST ? ", there may be more" : ""));
        }
    }

    private void reading(Call call, List<Value> given, Statement statement) {
        OcrEngine engine = runtime.ocr();
        if (engine == null) {
            undecided(call, "there is no text reader");
            return;
        }
        TextReading reading = TextReading.of(call, given, statement, scene, engine, runtime.grounding());
        findings.check(Part.STEP, reading.claim(), reading.result(), reading.evidence());
    }

    private void contradict(Call call, Figure stated, Statement statement, String actual) {
        boolean behindArrow = stated.at() < 0;
        String number = behindArrow ? stated.number().toPlainString() : statement.span(stated);
        findings.contradict(
                behindArrow ? call.text() : statement.text().strip(),
                "the step says " + number + " for " + call.text() + ", which comes to " + actual,
                actual);
    }

    /** The numbers that go into a call. */
    private Set<BigDecimal> operands(Call call) {
        Set<BigDecimal> operands = new HashSet<>();
        for (Argument argument : call.arguments()) {
            if (argument instanceof Argument.Expression expression) {
                for (Token token : Tokens.of(expression.text())) {
                    if (token.is(Kind.NUMBER)) {
                        operands.add(token.value());
                    }
                }
            }
        }
        for (String name : Flaws.used(call)) {
            operands.addAll(scene.stated(name));
            if (scene.value(name).orElse(null) instanceof Value.Amount amount) {
                operands.add(amount.value());
            }
        }
        return operands;
    }

    private void undecided(Call call, String why) {
        findings.check(Part.STEP, call.text(), Result.UNDECIDED, why);
    }
}
