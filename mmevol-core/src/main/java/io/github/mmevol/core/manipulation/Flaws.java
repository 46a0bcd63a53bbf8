package io.github.mmevol.core.manipulation;

import io.github.mmevol.core.internal.text.Token;
import io.github.mmevol.core.internal.text.Token.Kind;
import io.github.mmevol.core.internal.text.Tokens;
import io.github.mmevol.core.manipulation.Chain.Flaw;
import io.github.mmevol.core.sample.Step;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/** Looks through a chain for what cannot be right as it is written. */
final class Flaws {
    private Flaws() {}

    static List<Flaw> of(Chain chain) {
        List<Flaw> flaws = new ArrayList<>();
        List<Call> calls = chain.calls();
        for (int i = 0; i < chain.steps().size(); i++) {
            int step = i;
            Step at = chain.steps().get(i);
            if (at.hasManipulation() && calls.stream().noneMatch(call -> call.step() == step)) {
                flaws.add(new Flaw(Flaw.Kind.UNREADABLE, step, at.manipulation().strip()));
            }
        }
        for (int i = 0; i < calls.size(); i++) {
            Call call = calls.get(i);
            if (call.function() == Call.Function.OTHER) {
                flaws.add(new Flaw(Flaw.Kind.UNKNOWN_FUNCTION, call.step(), call.text()));
            }
            for (String name : used(call)) {
                if (!given(name, calls.subList(0, i))) {
                    boolean later = given(name, calls.subList(i, calls.size()));
                    Flaw.Kind kind = later ? Flaw.Kind.OUT_OF_ORDER : Flaw.Kind.UNDEFINED;
                    flaws.add(new Flaw(kind, call.step(), name));
                }
            }
            for (Argument.Variable result : call.results()) {
                if (i < calls.size() - 1 && dangles(result.name(), chain, i)) {
                    flaws.add(new Flaw(Flaw.Kind.DANGLING, call.step(), result.name()));
                }
            }
        }
        flaws.sort(java.util.Comparator.comparingInt(Flaw::step));
        return flaws;
    }

    /** The variables that a call uses, those in its words and expressions among them. */
    static Set<String> used(Call call) {
        Set<String> used = new LinkedHashSet<>();
        for (Argument argument : call.arguments()) {
            if (argument instanceof Argument.Variable variable) {
                used.add(variable.name());
            } else if (argument instanceof Argument.Expression expression) {
                mentions(expression.text(), used);
            } else if (argument instanceof Argument.Phrase phrase) {
                mentions(phrase.text(), used);
            }
        }
        return used;
    }

    private static void mentions(String text, Set<String> used) {
        for (Token token : Tokens.of(text)) {
            if (token.is(Kind.ODD) || token.is(Kind.WORD)) {
                Names.variable(token.word()).ifPresent(variable -> used.add(variable.name()));
            }
        }
    }

    private static boolean given(String name, List<Call> calls) {
        for (Call call : calls) {
            for (Argument.Variable result : call.results()) {
                boolean unnumbered = Names.number(name).isEmpty()
                        && Names.stem(result.name()).equals(name);
                if (result.name().equals(name) || unnumbered || Names.sameNumber(result.name(), name)) {
                    return true;
                }
            }
        }
        return false;
    }

    /**
     * Whether later calls use variables, but none this one, and no words after it may. In a chain that hands values on by
     * writing them out, nothing dangles.
     */
    private static boolean dangles(String name, Chain chain, int at) {
        List<Call> calls = chain.calls();
        boolean linked = false;
        for (Call later : calls.subList(at + 1, calls.size())) {
            for (String used : used(later)) {
                linked = true;
                boolean unnumbered =
                        Names.number(used).isEmpty() && Names.stem(name).equals(used);
                if (used.equals(name) || unnumbered || Names.sameNumber(used, name)) {
                    return false;
                }
            }
        }
        for (int i = calls.get(at).step() + 1; i < chain.steps().size(); i++) {
            Step step = chain.steps().get(i);
            Set<String> named = new LinkedHashSet<>();
            mentions(step.description(), named);
            if (!step.hasManipulation() || named.contains(name)) {
                return false;
            }
        }
        return linked;
    }
}
