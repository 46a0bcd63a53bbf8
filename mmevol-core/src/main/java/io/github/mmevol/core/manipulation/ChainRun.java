package io.github.mmevol.core.manipulation;

import io.github.mmevol.core.manipulation.Call.Function;
import io.github.mmevol.core.manipulation.Chain.Flaw;
import io.github.mmevol.core.manipulation.Statement.Figure;
import io.github.mmevol.core.manipulation.Value.Certainty;
import io.github.mmevol.core.sample.BoundingBox;
import io.github.mmevol.core.sample.Check.Part;
import io.github.mmevol.core.sample.Check.Result;
import io.github.mmevol.core.sample.Instruction;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** One chain, carried out call by call. Used once, by one thread. */
final class ChainRun {

    private final ManipulationRuntime runtime;
    private final Scene scene;
    private final Instruction instruction;
    private final Chain chain;
    private final List<Statement> statements = new ArrayList<>();
    private final Findings.Gathering findings = new Findings.Gathering(ManipulationRuntime.NAME);
    private final CallChecks checks;

    ChainRun(ManipulationRuntime runtime, Scene scene, Instruction instruction) {
        this.runtime = runtime;
        this.scene = scene;
        this.instruction = instruction;
        chain = Chain.of(instruction.steps());
        checks = new CallChecks(runtime, scene, instruction.question(), findings);
    }

    Execution execution() {
        if (!chain.calls().isEmpty()) {
            instruction.steps().forEach(step -> statements.add(new Statement(step.description())));
        }
        for (int i = 0; i < chain.calls().size(); i++) {
            perform(i);
        }
        for (Flaw flaw : chain.flaws()) {
            boolean known = flaw.kind() == Flaw.Kind.UNKNOWN_FUNCTION && hasTool(flaw);
            if (!known) {
                findings.check(Part.STEP, flaw.span(), Result.UNDECIDED, told(flaw.kind()));
            }
        }
        if (!chain.calls().isEmpty()) {
            new ChainEnd(runtime, scene, instruction, chain, statements, findings).compare();
        }
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
        state(call, statement);
        checks.check(call, given(call), value.orElse(null), statement);
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
        List<BoundingBox> stated = CallChecks.boxes(call, statement);
        boolean some = value instanceof Value.Boxes boxes
                && !stated.isEmpty()
                && stated.size() < boxes.boxes().size();
        if (call.results().size() > 1 || some) {
            bindStated(call, statement); // the step shares them out, or goes on with some of them
        } else {
            scene.give(call.results().get(0).name(), value);
        }
    }

    /** Later calls go on with the boxes that the text states. */
    private void bindStated(Call call, Statement statement) {
        List<BoundingBox> boxes = CallChecks.boxes(call, statement);
        int results = call.results().size();
        if (call.function() == Function.CALCULATE || boxes.isEmpty() || (results > 1 && boxes.size() != results)) {
            return;
        }
        for (int i = 0; i < results; i++) {
            List<BoundingBox> part = results == 1 ? boxes : boxes.subList(i, i + 1);
            scene.give(call.results().get(i).name(), new Value.Boxes(part, Certainty.DOUBTFUL));
        }
    }

    /** Keeps what the text says of the results: what they are called, which boxes and numbers they are. */
    private void state(Call call, Statement statement) {
        List<BigDecimal> numbers = numbers(call, statement);
        for (Argument.Variable result : call.results()) {
            scene.state(result.name(), numbers);
            if (call.results().size() == 1 && !statement.isPartial()) {
                scene.list(result.name(), CallChecks.boxes(call, statement).size());
            }
            if (call.function() == Function.GROUNDING
                    && call.arguments().size() == 1
                    && call.arguments().get(0) instanceof Argument.Phrase phrase) {
                scene.name(result.name(), phrase.text());
            }
        }
    }

    private static List<BigDecimal> numbers(Call call, Statement statement) {
        if (call.stated().orElse(null) instanceof Argument.Figure figure) {
            return List.of(figure.value());
        }
        if (call.function() == Function.CALCULATE) {
            Figure result = statement.result(Set.of());
            return result == null ? List.of() : List.of(result.number());
        }
        return statement.numbers();
    }

    /** What a step says in words belongs to the last of its calls. */
    private Statement statement(int index) {
        List<Call> calls = chain.calls();
        boolean last = index + 1 == calls.size()
                || calls.get(index + 1).step() != calls.get(index).step();
        return last ? statements.get(calls.get(index).step()) : new Statement("");
    }

    private void undecided(Call call, String why) {
        findings.check(Part.STEP, call.text(), Result.UNDECIDED, why);
    }
}
