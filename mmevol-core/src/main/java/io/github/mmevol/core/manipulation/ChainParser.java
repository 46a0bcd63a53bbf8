package io.github.mmevol.core.manipulation;

import io.github.mmevol.core.manipulation.Call.Function;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Reads the calls of one chain, step after step. It knows no wrong text: what is no call is passed over. Takes time linear
 * in the text, as calls are followed into each other to a bounded depth only. Used once.
 */
final class ChainParser {
    private static final int LONGEST_STEP = 4_000;
    private static final int DEEPEST = 8;
    private static final int MOST_CALLS = 100;

    private final List<Call> calls = new ArrayList<>();
    private final Set<String> known = new HashSet<>();
    private final Map<Function, Integer> unnumbered = new HashMap<>();

    private Script script = new Script("");
    private String text = "";
    private int step;

    /** Reads the calls of a step. */
    void read(int number, String manipulation) {
        step = number;
        script = new Script(manipulation.length() > LONGEST_STEP ? "" : manipulation);
        text = script.text();
        scan(0, text.length(), 0, new StringBuilder());
    }

    List<Call> calls() {
        return calls;
    }

    /**
     * Reads the calls between two places.
     *
     * @param rest takes the text between them, each call in it replaced by its first result
     */
    private void scan(int from, int end, int depth, StringBuilder rest) {
        List<Argument.Variable> assigned = List.of();
        int at = from;
        while (at < end && calls.size() < MOST_CALLS) {
            if (!Script.isNameStart(text.charAt(at)) || (at > from && Script.isNamePart(text.charAt(at - 1)))) {
                rest.append(text.charAt(at));
                at++;
                continue;
            }
            int nameEnd = script.nameEnd(at, end);
            String name = text.substring(at, nameEnd);
            int open = script.spaces(nameEnd, end);
            int assignment = depth == 0 ? script.assignmentEnd(open, end) : -1;
            if (open < end && text.charAt(open) == '(' && isCall(at, name, open == nameEnd, depth)) {
                at = call(at, name, open, end, depth, assigned, rest);
                assigned = List.of();
            } else if (depth == 0 && isSpokenCall(at, name, open, end)) {
                at = spokenCall(at, name, open, end, assigned);
                assigned = List.of();
            } else if (assignment > 0) {
                assigned = List.of(Names.result(name));
                at = assignment;
            } else {
                rest.append(name);
                at = nameEnd;
            }
        }
    }

    /** A known function wherever it stands; an invented one where a call may begin. */
    private boolean isCall(int at, String name, boolean adjacent, int depth) {
        if (Names.function(name) != Function.OTHER) {
            return adjacent || !Names.number(name).isEmpty();
        }
        boolean numbered = name.indexOf('_') > 0 || !Names.number(name).isEmpty();
        return adjacent && depth < DEEPEST && (depth > 0 ? numbered && depth < DEEPEST : begins(at));
    }

    /** Whether a call may begin here: at the start, behind a separator or an arrow, behind "and" and "then". */
    private boolean begins(int at) {
        int before = at - 1;
        while (before >= 0 && text.charAt(before) == ' ') {
            before--;
        }
        if (before < 0 || ";,\n|.:>=+&\u2192*-".indexOf(text.charAt(before)) >= 0) {
            return true;
        }
        int start = before;
        while (start >= 0 && Character.isLetter(text.charAt(start)) && before - start < 5) {
            start--;
        }
        String word = text.substring(start + 1, before + 1);
        return word.equals("and") || word.equals("then") || word.equals("or");
    }

    /** {@code grounding_1: the cup -> bbx_1}, {@code OCR[the sign]}: a known function that does without round brackets. */
    private boolean isSpokenCall(int at, String name, int next, int end) {
        if (Names.function(name) == Function.OTHER || !begins(at) || next >= end) {
            return false;
        }
        char c = text.charAt(next);
        return c == '['
                || c == '<'
                || c == '{'
                || c == ':'
                || (!Names.number(name).isEmpty() && Script.isNameStart(c));
    }

    private int spokenCall(int at, String name, int next, int end, List<Argument.Variable> assigned) {
        int stop = next;
        while (stop < end && ";\n".indexOf(text.charAt(stop)) < 0 && script.arrowEnd(stop, end) < 0) {
            stop++;
        }
        String given = text.substring(next, stop).strip();
        if (given.startsWith(":")) {
            given = given.substring(1).strip();
        }
        boolean wrapped = given.length() > 1
                && "[<{".indexOf(given.charAt(0)) >= 0
                && "]>}".indexOf(given.charAt(given.length() - 1)) >= 0;
        if (wrapped && BoxReader.onlyBoxes(given).isEmpty()) {
            given = given.substring(1, given.length() - 1);
        }
        return finish(at, name, given, stop, end, 0, assigned, new StringBuilder());
    }

    private int call(
            int at, String name, int open, int end, int depth, List<Argument.Variable> assigned, StringBuilder rest) {
        int close = Math.min(script.closer(open), end);
        StringBuilder given = new StringBuilder();
        if (depth < DEEPEST) {
            scan(open + 1, close, depth + 1, given);
        } else {
            given.append(text, open + 1, close);
        }
        return finish(at, name, given.toString(), Math.min(close + 1, end), end, depth, assigned, rest);
    }

    /** Reads the arrow and what stands behind it, and adds the call. */
    private int finish(
            int at,
            String name,
            String given,
            int behind,
            int end,
            int depth,
            List<Argument.Variable> assigned,
            StringBuilder rest) {
        Function function = Names.function(name);
        CallResults results = new CallResults(script, behind, depth == 0 ? end : behind);
        List<Argument.Variable> variables = assigned.isEmpty() ? results.variables() : assigned;
        if (variables.isEmpty()) {
            variables = List.of(Names.implied(function, number(function, name)));
        }
        variables.forEach(variable -> known.add(variable.name()));
        calls.add(new Call(
                function,
                Names.stem(name),
                step,
                Arguments.of(function, given, known),
                variables,
                Optional.ofNullable(results.stated()),
                text.substring(at, results.end()).strip()));
        rest.append(variables.get(0).name());
        return results.end();
    }

    private String number(Function function, String name) {
        String written = Names.number(name);
        return written.isEmpty() ? String.valueOf(unnumbered.merge(function, 1, Integer::sum)) : written;
    }
}
