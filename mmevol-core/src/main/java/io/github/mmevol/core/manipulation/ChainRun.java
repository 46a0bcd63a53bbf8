package io.github.mmevol.core.manipulation;

import io.github.mmevol.core.internal.text.Lexer;
import io.github.mmevol.core.internal.text.Texts;
import io.github.mmevol.core.internal.text.Token;
import io.github.mmevol.core.internal.text.Token.Kind;
import io.github.mmevol.core.manipulation.Call.Function;
import io.github.mmevol.core.manipulation.Chain.Flaw;
import io.github.mmevol.core.manipulation.Figures.Fit;
import io.github.mmevol.core.manipulation.Statement.Figure;
import io.github.mmevol.core.manipulation.Value.Certainty;
import io.github.mmevol.core.sample.BoundingBox;
import io.github.mmevol.core.sample.Check.Part;
import io.github.mmevol.core.sample.Check.Result;
import io.github.mmevol.core.sample.Instruction;
import java.io.IOException;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** One chain, carried out call by call. Used once, by one thread. */
final class ChainRun {
    static final double SAME_BOX = 0.85;
    private static final BoundingBox WHOLE = new BoundingBox(0, 0, 1, 1);

    private final ManipulationRuntime runtime;
    private final Scene scene;
    private final Instruction instruction;
    private final Chain chain;
    private final List<Statement> statements = new ArrayList<>();
    private final Findings.Gathering findings = new Findings.Gathering(ManipulationRuntime.NAME);

    ChainRun(ManipulationRuntime runtime, Scene scene, Instruction instruction) {
        this.runtime = runtime;
        this.scene = scene;
        this.instruction = instruction;
        chain = Chain.of(instruction.steps());
        instruction.steps().forEach(step -> statements.add(new Statement(step.description())));
    }

    Execution execution() {
        for (int i = 0; i < chain.calls().size(); i++) {
            perform(i);
        }
        for (Flaw flaw : chain.flaws()) {
            boolean known = flaw.kind() == Flaw.Kind.UNKNOWN_FUNCTION && hasTool(flaw);
            if (!known) {
                findings.check(Part.STEP, flaw.span(), Result.UNDECIDED, told(flaw.kind()));
            }
        }
        new ChainEnd(runtime, scene, instruction, chain, statements, findings).compare();
        return new Execution(chain, scene.values(), findings.findings());
    }

    private boolean hasTool(Flaw flaw) {
        return chain.calls().stream().anyMatch(call -> call.text().equals(flaw.span()) && runtime.tool(call) != null);
    }

    private static String told(Flaw.Kind kind) {
        return switch (kind) {
            case UNDEFINED -> "nothing gives it a value";
            case OUT_OF_ORDER -> "it is used before it has a value";
            case DANGLING -> "nothing makes use of it";
            case UNKNOWN_FUNCTION -> "there is no such function";
            case UNREADABLE -> "no call can be found in it";
        };
    }

    private void perform(int index) {
        Call call = chain.calls().get(index);
        Statement statement = statement(index);
        Optional<Value> value = run(call);
        if (value.isPresent()) {
            bind(call, value.get(), statement);
        } else {
            bindStated(call, statement);
        }
        List<BigDecimal> numbers = statedNumbers(call, statement);
        call.results().forEach(result -> scene.state(result.name(), numbers));
        switch (call.function()) {
            case GROUNDING -> judgeGrounding(call, value.orElse(null), statement);
            case REFERRING -> undecided(call, "what is there, only a look can tell");
            case CALCULATE -> judgeCalculation(call, value.orElse(null), statement);
            case OCR -> judgeReading(call, statement);
            case OTHER -> {
                if (value.orElse(null) instanceof Value.Amount amount) {
                    judgeAmount(call, amount, "", statement);
                }
            }
        }
    }

    private Optional<Value> run(Call call) {
        Tool tool = runtime.tool(call);
        List<Value> given = given(call);
        if (tool == null || (given.size() < call.arguments().size() && call.function() != Function.CALCULATE)) {
            return Optional.empty();
        }
        try {
            return tool.run(call, given, scene);
        } catch (RuntimeException e) {
            undecided(call, "it could not be carried out: " + e.getMessage());
            return Optional.empty();
        }
    }

    private List<Value> given(Call call) {
        List<Value> given = new ArrayList<>();
        for (Argument argument : call.arguments()) {
            if (argument instanceof Argument.Variable variable) {
                scene.value(variable.name()).ifPresent(given::add);
            } else if (argument instanceof Argument.Boxes boxes) {
                given.add(new Value.Boxes(boxes.boxes(), Certainty.DOUBTFUL));
            } else if (argument instanceof Argument.Figure figure) {
                given.add(new Value.Amount(figure.value(), Certainty.EXACT));
            } else if (argument instanceof Argument.Phrase phrase) {
                given.add(new Value.Text(phrase.text()));
            } else if (argument instanceof Argument.Expression expression) {
                given.add(new Value.Text(expression.text()));
            }
        }
        return given;
    }

    private void bind(Call call, Value value, Statement statement) {
        if (call.results().size() > 1) {
            bindStated(call, statement);
            return;
        }
        String name = call.results().get(0).name();
        List<BoundingBox> stated = statedBoxes(call, statement);
        if (value instanceof Value.Boxes boxes
                && !stated.isEmpty()
                && stated.size() < boxes.boxes().size()) {
            bindStated(call, statement); // the step goes on with some of them
            return;
        }
        scene.give(name, value);
        if (call.function() == Function.GROUNDING
                && call.arguments().size() == 1
                && call.arguments().get(0) instanceof Argument.Phrase phrase) {
            scene.name(name, phrase.text());
        }
    }

    /** Where nothing was found, later calls go on with the boxes that the text states. */
    private void bindStated(Call call, Statement statement) {
        List<BoundingBox> boxes = statedBoxes(call, statement);
        int results = call.results().size();
        if (call.function() == Function.CALCULATE || boxes.isEmpty() || (results > 1 && boxes.size() != results)) {
            return;
        }
        for (int i = 0; i < results; i++) {
            List<BoundingBox> part = results == 1 ? boxes : boxes.subList(i, i + 1);
            scene.give(call.results().get(i).name(), new Value.Boxes(part, Certainty.DOUBTFUL));
        }
    }

    private static List<BoundingBox> statedBoxes(Call call, Statement statement) {
        return call.stated().orElse(null) instanceof Argument.Boxes boxes ? boxes.boxes() : statement.boxes();
    }

    private static List<BigDecimal> statedNumbers(Call call, Statement statement) {
        if (call.stated().orElse(null) instanceof Argument.Figure figure) {
            return List.of(figure.value());
        }
        if (call.function() == Function.CALCULATE) {
            Figure result = statement.result(Set.of());
            return result == null ? List.of() : List.of(result.number());
        }
        return statement.numbers();
    }

    private void judgeGrounding(Call call, @Nullable Value value, Statement statement) {
        if (!(value instanceof Value.Boxes found)) {
            undecided(call, "no annotated label is known to name this, all of it and nothing else");
            return;
        }
        List<BoundingBox> stated = statedBoxes(call, statement);
        boolean fits = stated.stream().allMatch(box -> found.boxes().stream().anyMatch(other -> isSame(box, other)));
        boolean given = call.arguments().get(0) instanceof Argument.Boxes;
        boolean confirmed = fits && !given && !statement.hasBrokenBox() && found.certainty() != Certainty.DOUBTFUL;
        findings.check(
                Part.STEP, call.text(), confirmed ? Result.CONFIRMED : Result.UNDECIDED, "annotated: " + text(found));
        if (call.arguments().get(0) instanceof Argument.Phrase phrase) {
            Figure count = statement.count(phrase.text(), runtime.labels());
            if (count != null && count.at() >= 0) {
                judgeCount(
                        call, count, statement, BigDecimal.valueOf(found.boxes().size()), found.certainty());
            }
        }
    }

    private void judgeCalculation(Call call, @Nullable Value value, Statement statement) {
        if (value instanceof Value.Amount amount) {
            judgeAmount(call, amount, runtime.calculator().counted(call, scene), statement);
        } else {
            undecided(call, "what it comes to cannot be worked out");
        }
    }

    /** Holds what a call comes to against what its step says it does. */
    private void judgeAmount(Call call, Value.Amount amount, String counted, Statement statement) {
        if (call.stated().orElse(null) instanceof Argument.Figure figure) {
            judgeNumber(call, new Figure(figure.value(), call.text().endsWith("%"), false, -1), statement, amount);
            return;
        }
        if (!counted.isEmpty()) {
            Figure count = statement.count(counted, runtime.labels());
            if (count == null) {
                undecided(call, "counted: " + Figures.text(amount.value()));
            } else {
                judgeCount(call, count, statement, amount.value(), amount.certainty());
            }
            return;
        }
        if (statement.states(amount.value()) && amount.certainty() == Certainty.EXACT) {
            findings.check(Part.STEP, call.text(), Result.CONFIRMED, "worked out: " + Figures.text(amount.value()));
            return;
        }
        Figure result = statement.mayState(amount.value()) ? null : statement.result(operands(call));
        if (result == null) {
            undecided(call, "worked out: " + Figures.text(amount.value()));
        } else {
            judgeNumber(call, result, statement, amount);
        }
    }

    private void judgeNumber(Call call, Figure stated, Statement statement, Value.Amount amount) {
        Fit fit = stated.fit(amount.value());
        boolean exact = amount.certainty() == Certainty.EXACT;
        boolean tooFew = amount.certainty() == Certainty.AT_LEAST
                && stated.number().compareTo(amount.value()) < 0
                && !stated.percent();
        if (fit == Fit.WRONG && (exact || tooFew)) {
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

    private void judgeCount(Call call, Figure stated, Statement statement, BigDecimal boxes, Certainty certainty) {
        int compared = stated.number().compareTo(boxes);
        if ((certainty == Certainty.EXACT && compared != 0) || (certainty == Certainty.AT_LEAST && compared < 0)) {
            contradict(call, stated, statement, boxes + " distinct boxes");
        } else {
            boolean right = certainty == Certainty.EXACT;
            findings.check(
                    Part.STEP,
                    statement.span(stated),
                    right ? Result.CONFIRMED : Result.UNDECIDED,
                    boxes + " distinct boxes" + (certainty == Certainty.AT_LEAST ? ", there may be more" : ""));
        }
    }

    private void contradict(Call call, Figure stated, Statement statement, String actual) {
        String claim = stated.at() < 0 ? call.text() : statement.text().strip();
        findings.contradict(
                claim,
                "the step says " + (stated.at() < 0 ? stated.number().toPlainString() : statement.span(stated))
                        + " for " + call.text() + ", which comes to " + actual,
                actual);
    }

    private void judgeReading(Call call, Statement statement) {
        OcrEngine engine = runtime.ocr();
        List<String> claimed = claimedText(call, statement);
        if (engine == null || claimed.isEmpty()) {
            undecided(call, engine == null ? "there is no text reader" : "it does not say what it reads");
            return;
        }
        List<BoundingBox> regions = regions(call);
        StringBuilder read = new StringBuilder();
        try {
            for (BoundingBox region : regions.isEmpty() ? List.of(WHOLE) : regions) {
                engine.read(scene.zoomed(region))
                        .forEach(line -> read.append(line).append('\n'));
            }
        } catch (IOException | RuntimeException e) {
            undecided(call, "the text could not be read: " + e.getMessage());
            return;
        }
        String print = Texts.fingerprint(read.toString());
        boolean found = claimed.stream().allMatch(text -> Texts.hasWords(print, Texts.fingerprint(text)));
        Result result = !found ? Result.DISPUTED : regions.isEmpty() ? Result.UNDECIDED : Result.CONFIRMED;
        String evidence = engine.name() + " reads: " + read.toString().strip().replace('\n', '|');
        findings.check(Part.STEP, String.join(", ", claimed), result, evidence);
    }

    private static List<String> claimedText(Call call, Statement statement) {
        if (call.stated().isPresent()) {
            return call.stated().get() instanceof Argument.Phrase phrase
                    ? List.of(phrase.text())
                    : call.stated().get() instanceof Argument.Figure figure
                            ? List.of(figure.value().toPlainString())
                            : List.of();
        }
        List<String> quoted = statement.quotations();
        return quoted.isEmpty()
                ? statement.numbers().stream().map(BigDecimal::toPlainString).toList()
                : quoted;
    }

    /** Where an OCR call reads: in its boxes, or where the annotations have what it names; empty if that is not known. */
    private List<BoundingBox> regions(Call call) {
        List<BoundingBox> regions = new ArrayList<>();
        for (Value value : given(call)) {
            if (value instanceof Value.Boxes boxes) {
                regions.addAll(boxes.boxes());
            } else if (value instanceof Value.Text phrase) {
                new Grounding(runtime.labels())
                        .find(phrase.text(), scene)
                        .ifPresent(found -> regions.addAll(((Value.Boxes) found).boxes()));
            }
        }
        return regions;
    }

    /** What a step says in words belongs to the last of its calls. */
    private Statement statement(int index) {
        List<Call> calls = chain.calls();
        boolean last = index + 1 == calls.size()
                || calls.get(index + 1).step() != calls.get(index).step();
        return last ? statements.get(calls.get(index).step()) : new Statement("");
    }

    /** The numbers that go into a call. */
    private Set<BigDecimal> operands(Call call) {
        Set<BigDecimal> operands = new HashSet<>();
        for (Argument argument : call.arguments()) {
            if (argument instanceof Argument.Expression expression) {
                for (Token token : Lexer.tokens(expression.text())) {
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

    private static boolean isSame(BoundingBox one, BoundingBox other) {
        return one.iou(other) >= SAME_BOX;
    }

    private static String text(Value.Boxes boxes) {
        return String.join(
                ", ", boxes.boxes().stream().map(BoundingBox::toString).toList());
    }
}
