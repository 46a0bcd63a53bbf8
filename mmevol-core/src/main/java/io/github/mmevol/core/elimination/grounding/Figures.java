package io.github.mmevol.core.elimination.grounding;

import io.github.mmevol.core.elimination.grounding.Passage.Field;
import io.github.mmevol.core.internal.text.Token.Kind;
import java.util.Set;

/** Tells four numbers that are a box from those that are figures: values of a chart, prices, arguments of a function. */
final class Figures {
    /** Words around four whole numbers that make them figures and not pixels. */
    private static final Set<String> FIGURES = Set.of(
            "chart", "charts", "table", "tables", "graph", "bar", "bars", "axis", "value", "values", "number", "numbers",
            "figure", "figures", "read", "reads", "reading", "list", "listed", "data", "price", "prices", "score", "scores",
            "column", "columns", "row", "rows", "digit", "digits", "sum", "sums", "total", "totals", "average", "mean",
            "median", "maximum", "minimum", "max", "min", "sequence", "series", "order", "sorted", "label", "labels", "text",
            "year", "years", "month", "months", "percent", "percentages", "points", "count", "counts", "ocr", "sign", "date",
            "visits", "calculate", "calculation", "add", "sort");
    /** Words before four shares that make them figures and no box. */
    private static final Set<String> SHARES = Set.of(
            "value", "values", "number", "numbers", "figures", "price", "prices", "score", "scores", "probability",
            "probabilities", "ratio", "ratios", "weight", "weights", "rgb", "rgba", "color", "colour", "colors", "colours",
            "sequence", "series", "data", "percentages", "shares", "fractions", "mean", "average", "sum", "max", "min",
            "maximum", "minimum", "median", "sort", "reads", "read", "distances", "distance", "widths", "heights");
    /** Words that say that a box follows. */
    private static final Set<String> BOX_WORDS = Set.of(
            "box", "boxes", "bbox", "bboxes", "bounding", "region", "regions", "coordinate", "coordinates", "pixel", "pixels",
            "crop", "area", "rectangle", "located");

    private Figures() {}

    /**
     * Whether four numbers are a box.
     *
     * @param named whether they stand behind a noun that is an annotated label
     */
    static boolean isBox(Passage passage, BoxMention mention, boolean named) {
        return !isFigures(passage, mention, named);
    }

    private static boolean isFigures(Passage passage, BoxMention mention, boolean named) {
        if (passage.is(mention.first(), Kind.OPEN) && calls(passage, mention.first() - 1)) {
            return true;
        }
        if (mention.isShares() && !mention.isWhole()) {
            return passage.hasWord(Math.max(0, mention.first() - 3), mention.first(), SHARES);
        }
        if (!mention.isWhole()) { // with fractions, but beyond 1: prices, measures
            return !mention.square() || !isOneOrSo(mention) || isAmong(passage, mention, FIGURES);
        }
        boolean announced = isAmong(passage, mention, BOX_WORDS)
                || passage.field() == Field.MANIPULATION
                || named;
        return !announced || !mention.square() || isAmong(passage, mention, FIGURES);
    }

    private static boolean isOneOrSo(BoxMention mention) {
        return mention.values().stream().allMatch(value -> value > -1 && value < 2);
    }

    private static boolean isAmong(Passage passage, BoxMention mention, Set<String> words) {
        return passage.hasWord(
                passage.sentenceStart(mention.first()), passage.sentenceEnd(mention.last()), words);
    }

    /** Whether a bracket opens the arguments of a function that takes numbers. */
    private static boolean calls(Passage passage, int name) {
        boolean tight = name >= 0
                && (passage.is(name, Kind.WORD) || passage.is(name, Kind.ODD))
                && passage.token(name).end() == passage.token(name + 1).start();
        String word = tight ? passage.token(name).word() : "";
        return tight
                && Character.isLetter(passage.sign(name))
                && !word.startsWith("refer")
                && !word.startsWith("ground")
                && !word.startsWith("box")
                && !word.startsWith("bb")
                && !word.startsWith("region")
                && !word.startsWith("crop")
                && !word.startsWith("zoom");
    }
}
