package io.github.mmevol.core.manipulation;

import io.github.mmevol.core.internal.text.Token;
import io.github.mmevol.core.internal.text.Token.Kind;
import io.github.mmevol.core.internal.text.Tokens;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Works out the expression of a call: counts of what was found, formulas, and both together. */
record Calculator(Grounding grounding) implements Tool {
    /** So many functions stand in one another at most. */
    private static final int DEEPEST = 8;

    private static final Set<String> COUNTING =
            Set.of("count", "counts", "counting", "number", "num", "len", "length", "size", "quantity", "total_count");
    private static final Set<String> MEASURING =
            Set.of("width", "height", "area", "distance", "center", "centre", "left", "right", "top", "bottom", "in");

    @Override
    public Optional<Value> run(Call call, List<Value> given, Scene scene) {
        if (call.arguments().size() != 1) {
            return Optional.empty();
        }
        Term term = term(call.arguments().get(0), scene);
        return term == null ? Optional.empty() : Optional.of(new Value.Amount(term.value(), term.certainty()));
    }

    /** What a call counts, in words; empty if it works out anything else, or if that has no name. */
    String counted(Call call, Scene scene) {
        Optional<String> variable = countedVariable(call);
        if (variable.isPresent()) {
            return scene.phrase(variable.get());
        }
        if (call.arguments().size() == 1 && call.arguments().get(0) instanceof Argument.Expression expression) {
            List<Token> counted = counted(Tokens.of(expression.text()));
            return counted.isEmpty() ? "" : text(expression.text(), counted);
        }
        return "";
    }

    /** The variable whose boxes a call counts; empty if it does anything else. */
    Optional<String> countedVariable(Call call) {
        if (call.arguments().size() != 1) {
            return Optional.empty();
        }
        if (call.arguments().get(0) instanceof Argument.Variable variable) {
            return Optional.of(variable.name());
        }
        return call.arguments().get(0) instanceof Argument.Expression expression
                ? variable(counted(Tokens.of(expression.text()))).map(Argument.Variable::name)
                : Optional.empty();
    }

    private static Optional<Argument.Variable> variable(List<Token> tokens) {
        return tokens.size() == 1 ? Names.variable(tokens.get(0).word()) : Optional.empty();
    }

    private static String text(String text, List<Token> tokens) {
        return text.substring(
                tokens.get(0).start(), tokens.get(tokens.size() - 1).end());
    }

    private @Nullable Term term(Argument argument, Scene scene) {
        if (argument instanceof Argument.Variable variable) {
            return number(variable.name(), scene, true);
        }
        if (argument instanceof Argument.Figure figure) {
            return Term.number(figure.value());
        }
        return argument instanceof Argument.Expression expression ? term(expression.text(), scene) : null;
    }

    private @Nullable Term term(String text, Scene scene) {
        List<Token> tokens = Tokens.of(text);
        boolean named = tokens.size() > 2
                && tokens.get(1).is(Kind.EQUALS)
                && !tokens.get(0).is(Kind.NUMBER);
        List<Token> counted = counted(tokens);
        if (!counted.isEmpty()) {
            return count(text, counted, scene);
        }
        Sum sum = new Sum(tokens, named ? 2 : 0, new Workings(text, scene));
        Term term = sum.sum();
        boolean read = sum.at() == tokens.size()
                || tokens.get(sum.at()).is(Kind.EQUALS)
                || tokens.get(sum.at()).is(Kind.ABOUT);
        if (term != null && read) {
            return term;
        }
        return Aggregate.of(tokens.get(0).word()) == null ? null : aggregate(text, tokens, scene);
    }

    /** "sum of txt_1", "difference between 240 and 95". */
    private @Nullable Term aggregate(String text, List<Token> tokens, Scene scene) {
        Aggregate aggregate = Aggregate.of(tokens.get(0).word());
        boolean of = tokens.size() > 2
                && (tokens.get(1).is("of")
                        || tokens.get(1).is("between")
                        || tokens.get(1).is("among"));
        return aggregate == null || !of
                ? null
                : combined(aggregate, numbers(tokens.subList(2, tokens.size()), new Workings(text, scene)));
    }

    private static @Nullable Term combined(Aggregate aggregate, @Nullable List<Term> terms) {
        if (terms == null || terms.isEmpty()) {
            return null;
        }
        Value.Certainty certainty = Value.Certainty.EXACT;
        List<BigDecimal> numbers = new ArrayList<>();
        for (Term term : terms) {
            certainty = certainty.and(term.certainty());
            numbers.add(term.value());
        }
        boolean grows = aggregate == Aggregate.SUM || aggregate == Aggregate.LARGEST;
        BigDecimal value = aggregate.of(numbers);
        return value == null
                ? null
                : Term.of(value, grows || certainty == Value.Certainty.EXACT ? certainty : Value.Certainty.DOUBTFUL);
    }

    /** The numbers of a list, each of them a number, a variable or an expression; null if one cannot be told. */
    private @Nullable List<Term> numbers(List<Token> tokens, Workings names) {
        List<Term> numbers = new ArrayList<>();
        List<Token> part = new ArrayList<>();
        for (int i = 0; i <= tokens.size(); i++) {
            boolean end = i == tokens.size()
                    || tokens.get(i).is(Kind.COMMA)
                    || tokens.get(i).is("and")
                    || (tokens.get(i).is(Kind.OPEN) && part.isEmpty());
            if (!end) {
                part.add(tokens.get(i));
                continue;
            }
            if (part.size() > 1 && part.get(part.size() - 1).is(Kind.CLOSE)) {
                part.remove(part.size() - 1);
            }
            if (!part.isEmpty() && !add(numbers, part, names)) {
                return null;
            }
            part.clear();
        }
        return numbers;
    }

    private boolean add(List<Term> numbers, List<Token> part, Workings names) {
        Optional<Argument.Variable> variable = variable(part);
        if (variable.isPresent()) {
            Term known = number(variable.get().name(), names.scene, false);
            if (known != null) {
                return numbers.add(known);
            }
            List<BigDecimal> stated = names.scene.stated(variable.get().name());
            stated.forEach(number -> numbers.add(Term.number(number)));
            return !stated.isEmpty();
        }
        Sum sum = new Sum(part, 0, names);
        Term term = sum.sum();
        return term != null && sum.at() == part.size() && numbers.add(term);
    }

    /** The number that a variable stands for; null if it stands for none, or for several. */
    private static @Nullable Term number(String name, Scene scene, boolean counting) {
        Value value = scene.value(name).orElse(null);
        if (value instanceof Value.Amount amount) {
            return Term.of(amount.value(), amount.certainty());
        }
        if (counting && value instanceof Value.Boxes boxes) {
            return Term.of(BigDecimal.valueOf(boxes.boxes().size()), boxes.certainty());
        }
        if (value instanceof Value.Text text && Figures.only(text.text()).isPresent()) {
            return Term.number(Figures.only(text.text()).get());
        }
        List<BigDecimal> stated = scene.stated(name);
        return stated.size() == 1 ? Term.number(stated.get(0)) : null;
    }

    /** What "count(...)", "count of ...", "number of ..." counts; empty if the tokens are anything else. */
    private static List<Token> counted(List<Token> tokens) {
        int at = !tokens.isEmpty() && tokens.get(0).is("the") ? 1 : 0;
        if (tokens.size() < at + 2 || !COUNTING.contains(tokens.get(at).word())) {
            return List.of();
        }
        boolean bracket = tokens.get(at + 1).is(Kind.OPEN);
        int from = bracket || tokens.get(at + 1).is("of") ? at + 2 : at + 1;
        int end = bracket && tokens.get(tokens.size() - 1).is(Kind.CLOSE) ? tokens.size() - 1 : tokens.size();
        for (int i = from; i < end; i++) {
            Token token = tokens.get(i);
            boolean word = token.is(Kind.WORD)
                    || (token.is(Kind.ODD) && Names.variable(token.word()).isPresent());
            if (!word) {
                return List.of();
            }
        }
        return from < end ? tokens.subList(from, end) : List.of();
    }

    private @Nullable Term count(String text, List<Token> counted, Scene scene) {
        Optional<Argument.Variable> variable = variable(counted);
        if (variable.isPresent()) {
            Value value = scene.value(variable.get().name()).orElse(null);
            if (value instanceof Value.Boxes boxes) {
                return Term.of(BigDecimal.valueOf(boxes.boxes().size()), boxes.certainty());
            }
            int numbers = scene.stated(variable.get().name()).size();
            return numbers > 1 ? Term.of(BigDecimal.valueOf(numbers), Value.Certainty.DOUBTFUL) : null;
        }
        String phrase = text.substring(
                counted.get(0).start(), counted.get(counted.size() - 1).end());
        return grounding
                .find(phrase, scene)
                .map(found -> (Value.Boxes) found)
                .map(found -> Term.of(BigDecimal.valueOf(found.boxes().size()), found.certainty()))
                .orElse(null);
    }

    /** The variables and functions of an expression. */
    private final class Workings implements Sum.Scope {
        private final String text;
        private final Scene scene;
        private int depth;

        Workings(String text, Scene scene) {
            this.text = text;
            this.scene = scene;
        }

        @Override
        public Optional<Term> variable(String name) {
            return Optional.ofNullable(number(Names.result(name).name(), scene, false));
        }

        @Override
        public Optional<Term> function(String name, List<Token> arguments) {
            if (arguments.isEmpty() || MEASURING.contains(name) || depth == DEEPEST) {
                return Optional.empty();
            }
            depth++;
            try {
                return known(name, arguments);
            } finally {
                depth--;
            }
        }

        private Optional<Term> known(String name, List<Token> arguments) {
            if (COUNTING.contains(name)) {
                boolean words = arguments.stream()
                        .allMatch(token -> token.is(Kind.WORD)
                                || Names.variable(token.word()).isPresent());
                return words ? Optional.ofNullable(count(text, arguments, scene)) : Optional.empty();
            }
            if (name.equals("round") || name.equals("abs")) {
                Term term = new Sum(arguments, 0, this).sum();
                if (term != null && name.equals("abs") && term.value().signum() < 0) {
                    return Optional.of(term.negative());
                }
                return Optional.ofNullable(term);
            }
            Aggregate aggregate = Aggregate.of(name);
            return aggregate == null
                    ? Optional.empty()
                    : Optional.ofNullable(combined(aggregate, numbers(arguments, this)));
        }
    }
}
