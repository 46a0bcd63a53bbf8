package io.github.mmevol.core.manipulation;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What stands behind a call: an arrow with variables or a value, and perhaps a value for the variables. */
final class CallResults {
    private static final int MOST = 50;

    private final Script script;
    private final String text;
    private final int limit;
    private final List<Argument.Variable> variables = new ArrayList<>();
    private @Nullable Argument stated;
    private int end;

    CallResults(Script script, int from, int limit) {
        this.script = script;
        text = script.text();
        this.limit = limit;
        end = from;
        int arrow = script.arrowEnd(script.spaces(from, limit), limit);
        if (arrow > 0) {
            read(script.spaces(arrow, limit));
        }
    }

    /** The variables that take what the call gives; empty if none is written. */
    List<Argument.Variable> variables() {
        return variables;
    }

    /** What is written as the value; null if nothing is. */
    @Nullable
    Argument stated() {
        return stated;
    }

    /** Where it ends. */
    int end() {
        return end;
    }

    private void read(int from) {
        int at = from;
        boolean list = at < limit && text.charAt(at) == '[' && variableEnd(script.spaces(at + 1, limit)) > 0;
        at = list ? script.spaces(at + 1, limit) : at;
        int variable = variableEnd(at);
        while (variable > 0 && variables.size() < MOST) {
            Argument.Variable named = Names.result(text.substring(at, variable));
            variables.add(named);
            end = variable;
            int next = script.spaces(variable, limit);
            if (text.startsWith("..", next)) {
                at = script.spaces(next + (text.startsWith("...", next) ? 3 : 2), limit);
                variable = variableEnd(at);
                if (variable > 0) {
                    fillUp(named, Names.result(text.substring(at, variable)));
                }
                continue;
            }
            int joint = next < limit && ",&".indexOf(text.charAt(next)) >= 0
                    ? next + 1
                    : text.startsWith("and ", next) ? next + 3 : -1;
            at = joint < 0 ? limit : script.spaces(joint, limit);
            variable = variableEnd(at);
        }
        if (list && text.startsWith("]", script.spaces(end, limit))) {
            end = script.spaces(end, limit) + 1;
        }
        int equals = variables.isEmpty() ? from : script.assignmentEnd(script.spaces(end, limit), limit);
        if (equals >= 0) {
            state(script.spaces(equals, limit));
        }
    }

    /** The variables between the first and the last of a range. */
    private void fillUp(Argument.Variable first, Argument.Variable last) {
        String from = Names.number(first.name());
        String to = Names.number(last.name());
        if (from.isEmpty() || to.isEmpty() || from.length() > 3 || to.length() > 3) {
            return;
        }
        String stem = Names.stem(first.name());
        for (int i = Integer.parseInt(from) + 1; i < Integer.parseInt(to) && variables.size() < MOST; i++) {
            variables.add(new Argument.Variable(stem + i));
        }
    }

    private void state(int from) {
        boolean named = from < limit && Script.isNameStart(text.charAt(from));
        if (named && text.startsWith("(", script.spaces(script.nameEnd(from, limit), limit))) {
            return; // the next call
        }
        int stop = from;
        int brackets = 0;
        while (stop < limit && text.charAt(stop) != '\n' && (brackets > 0 || text.charAt(stop) != ';')) {
            brackets += "([".indexOf(text.charAt(stop)) >= 0 ? 1 : ")]".indexOf(text.charAt(stop)) >= 0 ? -1 : 0;
            stop++;
        }
        String value = text.substring(from, stop).strip();
        if (!value.isEmpty()) {
            stated = Arguments.stated(value);
            end = stop;
        }
    }

    /** The end of a variable's name; -1 if there is none, or if it is the name of a call. */
    private int variableEnd(int at) {
        if (at >= limit || !Script.isNameStart(text.charAt(at))) {
            return -1;
        }
        int nameEnd = script.nameEnd(at, limit);
        int next = script.spaces(nameEnd, limit);
        String name = text.substring(at, nameEnd);
        boolean calls = next < limit && text.charAt(next) == '(';
        boolean word = Names.variable(name).isEmpty()
                && name.indexOf('_') < 0
                && Names.number(name).isEmpty();
        return calls || (word && !variables.isEmpty()) || name.length() == 1 ? -1 : nameEnd;
    }
}
