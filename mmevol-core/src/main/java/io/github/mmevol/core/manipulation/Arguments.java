package io.github.mmevol.core.manipulation;

import io.github.mmevol.core.internal.text.LowerCase;
import io.github.mmevol.core.internal.text.Texts;
import io.github.mmevol.core.manipulation.Call.Function;
import io.github.mmevol.core.sample.BoundingBox;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Tells what the text in a call's brackets, or behind its arrow, is. */
final class Arguments {
    private static final Set<String> KEYS =
            Texts.words("target tgt phrase object obj bbx box bbox region expression expr text query label noun name "
                    + "image formula");

    private Arguments() {}

    /**
     * The arguments of a call.
     *
     * @param known the names of variables that calls before gave results to
     */
    static List<Argument> of(Function function, String given, Set<String> known) {
        String text = withoutKey(unquoted(given));
        if (text.isEmpty()) {
            return List.of();
        }
        List<BoundingBox> boxes = BoxReader.onlyBoxes(text);
        if (!boxes.isEmpty()) {
            return List.of(new Argument.Boxes(boxes));
        }
        List<Argument> parts = new ArrayList<>();
        boolean variables = true;
        for (String part : parts(text)) {
            Argument argument = part(part, known);
            variables &= !(argument instanceof Argument.Phrase);
            parts.add(argument);
        }
        boolean numbers = parts.stream().allMatch(part -> part instanceof Argument.Figure);
        if (function == Function.OTHER || (variables && !(numbers && parts.size() > 1))) {
            return parts;
        }
        return List.of(function == Function.CALCULATE ? new Argument.Expression(text) : new Argument.Phrase(text));
    }

    /** What a text behind an arrow states. */
    static Argument stated(String value) {
        String text = unquoted(value);
        List<BoundingBox> boxes = BoxReader.boxes(text);
        if (!boxes.isEmpty()) {
            return new Argument.Boxes(boxes);
        }
        Optional<BigDecimal> number = Figures.only(text);
        return number.isPresent() ? new Argument.Figure(number.get()) : new Argument.Phrase(text);
    }

    private static Argument part(String part, Set<String> known) {
        String text = withoutKey(unquoted(part));
        List<BoundingBox> boxes = BoxReader.onlyBoxes(text);
        if (!boxes.isEmpty()) {
            return new Argument.Boxes(boxes);
        }
        Optional<Argument.Variable> variable = Names.variable(text);
        if (variable.isPresent()) {
            return variable.get();
        }
        String name = Names.letters(text);
        if (known.contains(name) && text.indexOf(' ') < 0) {
            return new Argument.Variable(name);
        }
        boolean figure = !text.isEmpty() && text.chars().allMatch(c -> Character.isDigit(c) || c == '.');
        return figure && Figures.only(text).isPresent()
                ? new Argument.Figure(Figures.only(text).get())
                : new Argument.Phrase(text);
    }

    /** The parts between commas and "and", boxes in brackets left whole. */
    private static List<String> parts(String text) {
        String inner = text.startsWith("[") && text.endsWith("]") && text.indexOf('[', 1) < 0
                ? text.substring(1, text.length() - 1)
                : text;
        List<String> parts = new ArrayList<>();
        int brackets = 0;
        int start = 0;
        for (int i = 0; i < inner.length(); i++) {
            char c = inner.charAt(i);
            brackets += "([{".indexOf(c) >= 0 ? 1 : ")]}".indexOf(c) >= 0 ? -1 : 0;
            boolean and = inner.startsWith(" and ", i);
            if (brackets <= 0 && (c == ',' || c == ';' || c == '&' || and)) {
                add(parts, inner.substring(start, i));
                i += and ? 4 : 0;
                start = i + 1;
            }
        }
        add(parts, inner.substring(Math.min(start, inner.length())));
        return parts;
    }

    private static void add(List<String> parts, String part) {
        if (!part.isBlank()) {
            parts.add(part.strip());
        }
    }

    private static String withoutKey(String text) {
        int sign = text.indexOf('=');
        int colon = text.indexOf(':');
        int end = sign < 0 ? colon : colon < 0 ? sign : Math.min(sign, colon);
        boolean key =
                end > 0 && KEYS.contains(LowerCase.of(text.substring(0, end).strip()));
        return key ? unquoted(text.substring(end + 1)) : text;
    }

    private static String unquoted(String text) {
        String stripped = text.strip();
        boolean again = true;
        while (again && stripped.length() > 1) {
            char first = stripped.charAt(0);
            char last = stripped.charAt(stripped.length() - 1);
            again = ((first == '"' || first == '\'')
                            && last == first
                            && stripped.indexOf(first, 1) == stripped.length() - 1)
                    || (first == '\u201c' && last == '\u201d')
                    || (first == '\u2018' && last == '\u2019')
                    || (first == '<' && last == '>');
            stripped = again ? stripped.substring(1, stripped.length() - 1).strip() : stripped;
        }
        return stripped;
    }
}
