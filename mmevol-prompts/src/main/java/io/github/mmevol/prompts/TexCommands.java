package io.github.mmevol.prompts;

import io.github.mmevol.core.internal.json.Json;
import java.util.Map;
import java.util.Set;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;
import tools.jackson.databind.node.StringNode;

/**
 * Gives TeX commands back the backslash that JSON took for an escape: {@code "3 \times 4"} is valid JSON and reads as a
 * tab and "imes". Only where a control character and the letters behind it make a known command; one that could as well
 * be a line break and a word, such as {@code \ne}, counts inside {@code $...$}, {@code \(...\)} or {@code \[...\]} alone.
 */
final class TexCommands {
    private static final Map<Character, Character> LETTERS =
            Map.of('\t', 't', '\f', 'f', '\b', 'b', '\n', 'n', '\r', 'r');

    private static final Set<String> SURE = Set.of(
            ("times theta text textbf textit textrm textsf texttt textcolor tfrac tbinom triangle triangleq tilde tanh tag"
                            + " therefore thinspace frac forall flat fbox beta bar begin big bigl bigr bigg bigcup bigcap"
                            + " binom bullet boldsymbol bmod bm bot because boxed backslash neq nabla notin nexists nleq"
                            + " ngeq nearrow newline nonumber rightarrow right rho rangle rfloor rceil"
                            + " rbrace rvert")
                    .split(" ", -1));
    private static final Set<String> IN_FORMULAS =
            Set.of("tan", "tau", "to", "top", "ne", "neg", "not", "nu", "nmid", "nparallel");

    private TexCommands() {}

    /** The same value with its commands restored in every text. */
    static JsonNode restored(JsonNode value) {
        if (value.isString()) {
            String text = value.stringValue();
            String restored = restored(text);
            return restored.equals(text) ? value : StringNode.valueOf(restored);
        }
        if (value instanceof ObjectNode object) {
            return restored(object);
        }
        if (value instanceof ArrayNode array) {
            ArrayNode restored = Json.array();
            array.forEach(element -> restored.add(restored(element)));
            return restored;
        }
        return value;
    }

    static ObjectNode restored(ObjectNode object) {
        ObjectNode restored = Json.object();
        object.properties().forEach(field -> restored.set(field.getKey(), restored(field.getValue())));
        return restored;
    }

    /** The same text with its commands restored. */
    static String restored(String text) {
        StringBuilder restored = new StringBuilder(text.length());
        Formulas formulas = new Formulas(text);
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            Character letter = LETTERS.get(c);
            if (letter != null && isCommand(text, i, letter, formulas)) {
                restored.append('\\').append(letter);
            } else {
                restored.append(c);
            }
        }
        return restored.toString();
    }

    private static boolean isCommand(String text, int at, char letter, Formulas formulas) {
        int end = at + 1;
        while (end < text.length() && end <= at + 16 && isLetter(text.charAt(end))) {
            end++;
        }
        String command = letter + text.substring(at + 1, end);
        return SURE.contains(command) || (IN_FORMULAS.contains(command) && formulas.hold(at));
    }

    private static boolean isLetter(char c) {
        return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
    }

    /** Where the formulas of a text stand; asked for places in rising order. */
    private static final class Formulas {
        private final String text;
        private final int lastRound;
        private final int lastSquare;
        private int start = -1;
        private int end = -1;
        private int looked;

        Formulas(String text) {
            this.text = text;
            this.lastRound = text.lastIndexOf("\\)");
            this.lastSquare = text.lastIndexOf("\\]");
        }

        /** Whether a place lies inside a formula, and not right at its start, where a line may break. */
        boolean hold(int at) {
            while (end <= at && looked < text.length()) {
                next();
            }
            return start < at && at < end;
        }

        private void next() {
            int at = looked;
            looked = at + 1;
            if (text.startsWith("\\(", at)) {
                formula(at + 2, at < lastRound ? text.indexOf("\\)", at) : -1);
            } else if (text.startsWith("\\[", at)) {
                formula(at + 2, at < lastSquare ? text.indexOf("\\]", at) : -1);
            } else if (text.startsWith("$$", at)) {
                formula(at + 2, text.indexOf("$$", at + 2));
                looked = Math.max(looked, at + 2);
            } else if (text.charAt(at) == '$' && !text.startsWith(" ", at + 1)) {
                formula(at + 1, closing(at + 1));
            }
        }

        private void formula(int from, int to) {
            if (to >= from) {
                start = from;
                end = to;
                looked = to + 1;
            }
        }

        /** The dollar sign that ends a formula: no space before it and no digit behind it, as before an amount. */
        private int closing(int from) {
            int at = text.indexOf('$', from);
            boolean spaced = at > 0 && text.charAt(at - 1) == ' ';
            boolean amount = at >= 0 && at + 1 < text.length() && Character.isDigit(text.charAt(at + 1));
            return spaced || amount ? -1 : at;
        }
    }
}
