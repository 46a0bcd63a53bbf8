package io.github.mmevol.core.manipulation;

import io.github.mmevol.core.manipulation.Call.Function;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Reads the calls of one chain, step after step. It knows no wrong text: what is no call is passed over. Takes time linear
 * in the text, as calls are followed into each other to a bounded depth only. Used once.
 */
final class ChainParser {
    private static final int LONGEST_STEP = 4_000;
    private static final int DEEPEST = 8;
    private static final int MOST_RESULTS = 50;
    private static final int MOST_CALLS = 100;

    private final List<Call> calls = new ArrayList<>();
    private final Set<String> known = new HashSet<>();
    private final Map<Function, Integer> unnumbered = new HashMap<>();

    private String text = "";
    private int step;
    private int[] closers = {};

    /** Reads the calls of a step. */
    void read(int number, String manipulation) {
        step = number;
        text = manipulation.length() > LONGEST_STEP ? "" : plain(manipulation);
        closers = closers(text);
        scan(0, text.length(), 0, new StringBuilder());
    }

    List<Call> calls() {
        return calls;
    }

    /** The same text with one kind of bracket and comma, without marks of code and escapes. */
    private static String plain(String text) {
        StringBuilder plain = new StringBuilder(text.length());
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            boolean escape = c == '\\' && i + 1 < text.length() && "_([{".indexOf(text.charAt(i + 1)) >= 0;
            if (c != '`' && !escape) {
                plain.append(
                        switch (c) {
                            case '\uff08' -> '(';
                            case '\uff09' -> ')';
                            case '\uff0c' -> ',';
                            case '\uff3f' -> '_';
                            case '\u00a0' -> ' ';
                            default -> c;
                        });
            }
        }
        return plain.toString();
    }

    /** For each opening bracket the place of its closing one; the end of its line or of the text where that is missing. */
    private static int[] closers(String text) {
        int[] closers = new int[text.length()];
        Arrays.fill(closers, -1);
        Deque<Integer> open = new ArrayDeque<>();
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c == '(') {
                open.push(i);
            } else if (c == ')' && !open.isEmpty()) {
                closers[open.pop()] = i;
            } else if (c == '\n') {
                while (!open.isEmpty()) {
                    closers[open.pop()] = i;
                }
            }
        }
        while (!open.isEmpty()) {
            closers[open.pop()] = text.length();
        }
        return closers;
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
            if (!isNameStart(text.charAt(at)) || (at > from && isNamePart(text.charAt(at - 1)))) {
                rest.append(text.charAt(at));
                at++;
                continue;
            }
            int nameEnd = nameEnd(at, end);
            String name = text.substring(at, nameEnd);
            int open = spaces(nameEnd, end);
            int assignment = depth == 0 ? assignmentEnd(open, end) : -1;
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
                || (!Names.number(name).isEmpty() && isNameStart(c));
    }

    private int spokenCall(int at, String name, int next, int end, List<Argument.Variable> assigned) {
        int stop = next;
        while (stop < end && ";\n".indexOf(text.charAt(stop)) < 0 && arrowEnd(stop, end) < 0) {
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
        int close = Math.min(closers[open], end);
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
        Results results = depth == 0 ? new Results(behind, end) : new Results(behind, behind);
        List<Argument.Variable> variables = assigned.isEmpty() ? results.variables : assigned;
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
                Optional.ofNullable(results.stated),
                text.substring(at, results.end).strip()));
        rest.append(variables.get(0).name());
        return results.end;
    }

    private String number(Function function, String name) {
        String written = Names.number(name);
        return written.isEmpty() ? String.valueOf(unnumbered.merge(function, 1, Integer::sum)) : written;
    }

    /** What stands behind a call: an arrow with variables or a value, and perhaps a value for the variables. */
    private final class Results {
        private final List<Argument.Variable> variables = new ArrayList<>();
        private @Nullable Argument stated;
        private int end;

        Results(int from, int limit) {
            end = from;
            int arrow = arrowEnd(spaces(from, limit), limit);
            if (arrow > 0) {
                read(spaces(arrow, limit), limit);
            }
        }

        private void read(int from, int limit) {
            int at = from;
            boolean list = at < limit && text.charAt(at) == '[' && variableEnd(spaces(at + 1, limit), limit) > 0;
            at = list ? spaces(at + 1, limit) : at;
            int variable = variableEnd(at, limit);
            while (variable > 0 && variables.size() < MOST_RESULTS) {
                Argument.Variable named = Names.result(text.substring(at, variable));
                variables.add(named);
                end = variable;
                int next = spaces(variable, limit);
                if (text.startsWith("..", next)) {
                    at = spaces(next + (text.startsWith("...", next) ? 3 : 2), limit);
                    variable = variableEnd(at, limit);
                    if (variable > 0) {
                        fillUp(named, Names.result(text.substring(at, variable)));
                    }
                    continue;
                }
                int joint = next < limit && ",&".indexOf(text.charAt(next)) >= 0
                        ? next + 1
                        : text.startsWith("and ", next) ? next + 3 : -1;
                at = joint < 0 ? limit : spaces(joint, limit);
                variable = variableEnd(at, limit);
            }
            if (list && text.startsWith("]", spaces(end, limit))) {
                end = spaces(end, limit) + 1;
            }
            int equals = variables.isEmpty() ? from : assignmentEnd(spaces(end, limit), limit);
            if (equals >= 0) {
                state(spaces(equals, limit), limit);
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
            for (int i = Integer.parseInt(from) + 1; i < Integer.parseInt(to) && variables.size() < MOST_RESULTS; i++) {
                variables.add(new Argument.Variable(stem + i));
            }
        }

        private void state(int from, int limit) {
            boolean named = from < limit && isNameStart(text.charAt(from));
            if (named && text.startsWith("(", spaces(nameEnd(from, limit), limit))) {
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
        private int variableEnd(int at, int limit) {
            if (at >= limit || !isNameStart(text.charAt(at))) {
                return -1;
            }
            int nameEnd = nameEnd(at, limit);
            int next = spaces(nameEnd, limit);
            String name = text.substring(at, nameEnd);
            boolean calls = next < limit && text.charAt(next) == '(';
            boolean word = Names.variable(name).isEmpty()
                    && name.indexOf('_') < 0
                    && Names.number(name).isEmpty();
            return calls || (word && !variables.isEmpty()) || name.length() == 1 ? -1 : nameEnd;
        }
    }

    /** Behind an arrow that begins here: {@code ->}, {@code =>}, {@code -->}, an arrow sign, {@code =}; -1 if none does. */
    private int arrowEnd(int at, int end) {
        int next = at;
        while (next < end && "-=\u2013\u2014\u2212:".indexOf(text.charAt(next)) >= 0 && next - at < 3) {
            next++;
        }
        if (next < end && next > at && text.charAt(next) == '>') {
            return next + 1;
        }
        if (at < end && "\u2192\u21d2\u27a1\u2794\u21a6=".indexOf(text.charAt(at)) >= 0) {
            return at + 1;
        }
        return text.startsWith(":=", at) && at + 2 <= end ? at + 2 : -1;
    }

    /** Behind a sign that gives a value to what stands before it; -1 if there is none. */
    private int assignmentEnd(int at, int end) {
        if (at >= end) {
            return -1;
        }
        if (text.startsWith(":=", at)) {
            return at + 2;
        }
        boolean arrow = at + 1 < end && text.charAt(at + 1) == '>';
        return (text.charAt(at) == '=' || text.charAt(at) == ':') && !arrow ? at + 1 : -1;
    }

    private int nameEnd(int at, int end) {
        int next = at;
        while (next < end && isNamePart(text.charAt(next))) {
            next++;
        }
        boolean hyphen = next + 1 < end && text.charAt(next) == '-' && Character.isDigit(text.charAt(next + 1));
        if (hyphen) {
            next += 2;
            while (next < end && Character.isDigit(text.charAt(next))) {
                next++;
            }
        }
        return next;
    }

    private int spaces(int at, int end) {
        int next = at;
        while (next < end && text.charAt(next) == ' ') {
            next++;
        }
        return next;
    }

    private static boolean isNameStart(char c) {
        return Character.isLetter(c);
    }

    private static boolean isNamePart(char c) {
        return Character.isLetterOrDigit(c) || c == '_';
    }
}
