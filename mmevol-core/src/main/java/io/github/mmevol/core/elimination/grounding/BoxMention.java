package io.github.mmevol.core.elimination.grounding;

import io.github.mmevol.core.internal.text.Token;
import io.github.mmevol.core.internal.text.Token.Kind;
import io.github.mmevol.core.sample.BoundingBox;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Four numbers in a text that may be a box: {@code [0.1, 0.2, 0.3, 0.4]}, {@code (0.1, 0.2, 0.3, 0.4)}, without commas, or
 * without brackets where all of them are shares.
 *
 * @param first the first token
 * @param last the last token
 * @param values the numbers
 * @param decimals the fewest decimals that a number is written with; 0 and 1 may be written with fewer
 * @param square whether they stand in square brackets
 */
record BoxMention(int first, int last, List<Double> values, int decimals, boolean square) {
    private static final int FOUR = 4;
    private static final int LONGEST = 80;

    BoxMention {
        values = List.copyOf(values);
    }

    /** Those of a text in order. */
    static List<BoxMention> in(Passage passage) {
        List<BoxMention> mentions = new ArrayList<>();
        for (int i = 0; i < passage.size(); i++) {
            BoxMention mention = at(passage, i);
            if (mention != null) {
                mentions.add(mention);
                i = mention.last();
            }
        }
        return mentions;
    }

    /** Whether all numbers can be shares of the image. */
    boolean isShares() {
        return values.stream().allMatch(value -> value >= 0 && value <= 1);
    }

    /** Whether no number has a fraction. */
    boolean isWhole() {
        return decimals == 0;
    }

    /** The box; empty if it has no area. */
    Optional<BoundingBox> box() {
        return isShares() && values.get(0) < values.get(2) && values.get(1) < values.get(3)
                ? Optional.of(new BoundingBox(values.get(0), values.get(1), values.get(2), values.get(3)))
                : Optional.empty();
    }

    /** How far a number may lie from the one it is a rounding of. */
    double tolerance() {
        return switch (decimals) {
            case 0, 1 -> 0.05;
            case 2 -> 0.0101;
            default -> 0.0011;
        };
    }

    private static @Nullable BoxMention at(Passage passage, int index) {
        Token token = passage.token(index);
        if (token.is(Kind.BOX)) {
            return of(index, index, token.word().substring(1, token.word().length() - 1), ',', true);
        }
        if (token.is(Kind.OPEN)) {
            int close = index + 1;
            while (close < passage.size() && isInside(passage.token(close))) {
                close++;
            }
            boolean square = passage.sign(index) == '[';
            String inside = inner(passage, index + 1, close - 1);
            char separator = square && inside.indexOf(',') < 0 ? ' ' : ',';
            return passage.is(close, Kind.CLOSE) && passage.token(close).end() - token.start() <= LONGEST
                    ? of(index, close, inside, separator, square)
                    : null;
        }
        return bare(passage, index);
    }

    private static boolean isInside(Token token) {
        return token.is(Kind.NUMBER) || token.is(Kind.COMMA) || token.is(Kind.MINUS) || token.is(Kind.ODD);
    }

    /** Four shares in a row without brackets, and no fifth. */
    private static @Nullable BoxMention bare(Passage passage, int index) {
        boolean begins = !passage.is(index - 1, Kind.COMMA) && !passage.is(index - 1, Kind.NUMBER);
        int last = index;
        if (!begins || !(passage.is(index, Kind.NUMBER) || passage.is(index, Kind.ODD))) {
            return null;
        }
        while (passage.is(last + 1, Kind.COMMA) && passage.is(last + 2, Kind.NUMBER)) {
            last += 2;
        }
        BoxMention mention = of(index, last, passage.text(index, last), ',', false);
        return mention != null && mention.isShares() && !mention.isWhole() && mention.decimals() >= 2 ? mention : null;
    }

    private static String inner(Passage passage, int first, int last) {
        return first <= last && last < passage.size() ? passage.text(first, last) : "";
    }

    private static @Nullable BoxMention of(int first, int last, String inside, char separator, boolean square) {
        List<Double> values = new ArrayList<>(FOUR);
        int fewest = Integer.MAX_VALUE;
        int most = 0;
        for (int at = 0, end; at <= inside.length(); at = end + 1) {
            end = at;
            while (end < inside.length() && !separates(inside.charAt(end), separator)) {
                end++;
            }
            String number = inside.substring(at, end).strip();
            if (number.isEmpty() && separator == ' ') {
                continue;
            }
            int point = number.indexOf('.');
            if (!isNumber(number) || values.size() == FOUR) {
                return null;
            }
            double value = Double.parseDouble(number);
            values.add(value);
            int written = point < 0 ? 0 : number.length() - point - 1;
            most = Math.max(most, written);
            if (value != 0 && value != 1) {
                fewest = Math.min(fewest, written);
            }
        }
        return values.size() == FOUR ? new BoxMention(first, last, values, Math.min(fewest, most), square) : null;
    }

    private static boolean separates(char c, char separator) {
        return c == separator || (separator == ' ' && c >= '\t' && c <= '\r');
    }

    private static boolean isNumber(String text) {
        int digits = 0;
        int points = 0;
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c >= '0' && c <= '9') {
                digits++;
            } else if (c == '.') {
                points++;
            } else if (c != '-' || i > 0) {
                return false;
            }
        }
        return digits > 0 && points <= 1;
    }
}
