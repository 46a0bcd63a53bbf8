package io.github.mmevol.core.elimination.grounding;

import io.github.mmevol.core.elimination.grounding.Passage.Field;
import io.github.mmevol.core.internal.text.Token.Kind;
import java.util.List;
import java.util.Set;

/** Tells four numbers that are a box from those that are figures: values of a chart, prices, arguments of a function. */
final class Figures {
    /** Words around four whole numbers that make them figures and not pixels. */
    private static final Set<String> FIGURES = Words.of("""
            chart charts table tables graph bar bars axis value values number numbers figure figures read reads
            reading list listed data price prices score scores column columns row rows digit digits sum sums total
            totals average mean median maximum minimum max min sequence series order sorted label labels text year
            years month months percent percentages points count counts ocr sign date visits calculate calculation
            add sort
            """);
    /** Words before four shares that make them figures and no box. */
    private static final Set<String> SHARES = Words.of("""
            value values number numbers figures price prices score scores probability probabilities ratio ratios
            weight weights rgb rgba color colour colors colours sequence series data percentages proportions shares fractions
            mean average sum max min maximum minimum median sort reads read distances distance widths heights
            """);
    /** Words that say that a box follows. */
    private static final Set<String> BOX_WORDS = Words.of("""
            box boxes bbox bboxes bounding region regions coordinate coordinates pixel pixels crop area rectangle
            located
            """);

    private static final Set<String> PLACING = Words.of("""
            at in inside within box boxes bbox region regions coordinates crop area rectangle located
            """);
    /** Words of a question that four numbers answer. */
    private static final Set<String> ASKED = Words.of("""
            box boxes bbox bboxes bounding region regions coordinate coordinates where locate located location position
            """);

    /** Words of a question that four shares answer. */
    private static final Set<String> ASKED_SHARES = Words.of("""
            rgb rgba shares fractions proportions probabilities ratios percentages
            """);

    private static final double WHOLE = 0.021;

    private Figures() {}

    /** Whether a question asks for a place, so that four numbers alone may be one. */
    static boolean asksForBox(Passage question) {
        return question.hasWord(0, question.size(), ASKED);
    }

    /** Whether a question asks for shares, so that four of them are its answer. */
    static boolean asksForShares(Passage question) {
        return question.hasWord(0, question.size(), ASKED_SHARES);
    }

    /**
     * Whether four numbers are a box.
     *
     * @param named whether they stand behind a noun that is an annotated label
     * @param asked whether the question asks for a box
     */
    static boolean isBox(Passage passage, BoxMention mention, boolean named, boolean asked) {
        return !isFigures(passage, mention, named, asked);
    }

    private static boolean isFigures(Passage passage, BoxMention mention, boolean named, boolean asked) {
        if (passage.is(mention.first(), Kind.OPEN) && calls(passage, mention.first() - 1)) {
            return true;
        }
        if (mention.isShares() && !mention.isWhole()) {
            boolean placed = named || isPlaced(passage, mention);
            return !placed && (isAmongShares(passage, mention) || (!asked && isRow(passage, mention)));
        }
        if (!mention.isWhole()) { // with fractions, but beyond 1: prices, measures
            return !mention.square() || !isOneOrSo(mention) || isAmong(passage, mention, FIGURES);
        }
        boolean announced = isAmong(passage, mention, BOX_WORDS) || passage.field() == Field.MANIPULATION || named;
        return !announced || !mention.square() || isAmong(passage, mention, FIGURES);
    }

    /** Whether what stands right before the numbers says that they are a place. */
    private static boolean isPlaced(Passage passage, BoxMention mention) {
        int before = mention.first() - 1;
        return passage.field() == Field.MANIPULATION
                || PLACING.contains(passage.word(before))
                || passage.is(before, Kind.ARROW);
    }

    /** Whether four numbers without brackets follow each other as those on a scale, or cannot be a box. */
    private static boolean isRow(Passage passage, BoxMention mention) {
        List<Double> values = mention.values();
        boolean rising =
                values.get(0) < values.get(1) && values.get(1) < values.get(2) && values.get(2) < values.get(3);
        boolean bare = !mention.square() && !passage.is(mention.first(), Kind.OPEN);
        return bare && (rising || mention.box().isEmpty());
    }

    /** Whether figures are spoken of, or four numbers without a box's brackets or decimals make up a whole. */
    private static boolean isAmongShares(Passage passage, BoxMention mention) {
        double sum = mention.values().stream().mapToDouble(value -> value).sum();
        boolean whole = Math.abs(sum - 1) < WHOLE && (mention.decimals() < 3 || !mention.square());
        return whole || passage.hasWord(passage.sentenceStart(mention.first()), mention.first(), SHARES);
    }

    private static boolean isOneOrSo(BoxMention mention) {
        return mention.values().stream().allMatch(value -> value > -1 && value < 2);
    }

    private static boolean isAmong(Passage passage, BoxMention mention, Set<String> words) {
        return passage.hasWord(passage.sentenceStart(mention.first()), passage.sentenceEnd(mention.last()), words);
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
