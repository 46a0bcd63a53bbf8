package io.github.mmevol.prompts;

import io.github.mmevol.core.sample.Check;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** Reads an item of a judge's reply: yes and no in every spelling, scores such as 7, "7/10" and "8 out of 10". */
final class VerdictReader {
    private static final Set<String> YES = Set.of("yes", "y", "true", "1");
    private static final Set<String> NO = Set.of("no", "n", "false", "0");

    private VerdictReader() {}

    /**
     * The verdict, or which fields are missing or unreadable.
     *
     * @param disputes the claims that it has to settle
     */
    static Reading<JudgedItem> read(ObjectNode item, List<Check> disputes) {
        List<String> problems = new ArrayList<>();
        List<Settlement> settled = SettlementReader.read(item.path("settled"), disputes, problems);
        boolean answerRight = yes(item, "answer_right", problems);
        boolean needsImage = yes(item, "needs_image", problems);
        boolean wellPosed = yes(item, "well_posed", problems);
        boolean improved = yes(item, "improved", problems);
        int score = needsImage ? score(item, problems) : 0;
        if (!problems.isEmpty()) {
            return Reading.problem("unreadable", String.join("; ", problems));
        }
        String reason = ItemText.of(item.path("reason"));
        return Reading.of(new JudgedItem(answerRight, needsImage, wellPosed, improved, score, reason, settled));
    }

    private static boolean yes(ObjectNode item, String field, List<String> problems) {
        JsonNode value = only(item.path(field));
        if (value.isNull() || value.isMissingNode()) {
            problems.add("\"" + field + "\" is missing");
            return false;
        }
        String word = value.isValueNode() ? firstWord(value.asString()) : "";
        if (!YES.contains(word) && !NO.contains(word)) {
            problems.add("\"" + field + "\" must be yes or no, not " + Excerpt.of(value.toString()));
        }
        return YES.contains(word);
    }

    private static JsonNode only(JsonNode value) {
        return value.isArray() && value.size() == 1 ? value.path(0) : value;
    }

    private static String firstWord(String text) {
        int start = 0;
        while (start < text.length() && !Character.isLetterOrDigit(text.charAt(start))) {
            start++;
        }
        int end = start;
        while (end < text.length() && Character.isLetterOrDigit(text.charAt(end))) {
            end++;
        }
        return text.substring(start, end).toLowerCase(Locale.ROOT);
    }

    private static int score(ObjectNode item, List<String> problems) {
        JsonNode value = only(item.path("score"));
        if (value.isNull() || value.isMissingNode()) {
            problems.add("\"score\" is missing");
            return 0;
        }
        double score = value.isNumber()
                ? Double.parseDouble(value.asString())
                : value.isString() ? outOfTen(value.stringValue()) : Double.NaN;
        if (!(score >= 0 && score <= 10)) {
            problems.add("\"score\" must be a whole number from 0 to 10, not " + Excerpt.of(value.toString()));
            return 0;
        }
        return (int) score;
    }

    /**
     * The number that a text begins with, after words such as "Score:", brought to a scale of ten if it names its own;
     * not a number for anything else, a range such as "6-7" among it.
     */
    private static double outOfTen(String text) {
        int start = 0;
        while (start < text.length() && !digit(text, start)) {
            start++;
        }
        boolean negative = start > 0 && "-\u2212".indexOf(text.charAt(start - 1)) >= 0;
        int end = numberEnd(text, start);
        if (end == start || negative) {
            return Double.NaN;
        }
        double number = Double.parseDouble(text.substring(start, end));
        String rest = text.substring(end).replace("*", "").strip().toLowerCase(Locale.ROOT);
        for (String of : List.of("/", "out of", "of")) {
            if (rest.startsWith(of)) {
                String scale = rest.substring(of.length()).strip();
                int scaleEnd = numberEnd(scale, 0);
                return scaleEnd == 0 ? Double.NaN : number * 10 / Double.parseDouble(scale.substring(0, scaleEnd));
            }
        }
        return rest.startsWith("to ") || rest.startsWith("%") || range(rest) ? Double.NaN : number;
    }

    private static boolean range(String rest) {
        return !rest.isEmpty()
                && "-\u2013\u2014".indexOf(rest.charAt(0)) >= 0
                && digit(rest.substring(1).stripLeading(), 0);
    }

    private static boolean digit(String text, int at) {
        return at < text.length() && text.charAt(at) >= '0' && text.charAt(at) <= '9';
    }

    /** The index behind the digits, and one fraction, that start here. */
    private static int numberEnd(String text, int start) {
        int end = start;
        while (digit(text, end)) {
            end++;
        }
        if (end > start && end < text.length() && text.charAt(end) == '.' && digit(text, end + 1)) {
            end++;
            while (digit(text, end)) {
                end++;
            }
        }
        return end;
    }
}
