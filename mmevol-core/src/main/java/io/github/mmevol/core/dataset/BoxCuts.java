package io.github.mmevol.core.dataset;

import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Cuts boxes out of texts: one that stands behind what it belongs to ("the cup [...]", "the cup ([...])"), and one that a
 * preposition adds ("the cup at [...]", "the cup in the region [...]"), with its preposition.
 */
final class BoxCuts {
    private static final int LONGEST_LEAD = 80;

    /** What may stand between two boxes that are cut as one. */
    private static final Pattern LIST =
            Pattern.compile("\\s*(?:[,;&]|,?\\s+and\\b|,?\\s+or\\b)\\s*(?:(?:at|in|within|inside)\\b)?\\s*");

    /** What adds a box to a sentence that is whole without it. */
    private static final Pattern LEAD = Pattern.compile(
            "(?:,\\s*(?:(?:for example|for instance|e\\.g\\.|namely),?\\s+)?|\\b)"
                    + "(?:at|in|within|inside)(?:\\s+the)?"
                    + "(?:\\s+(?:bounding box|box|boxes|regions?|areas?|positions?|coordinates))?\\s*$",
            Pattern.CASE_INSENSITIVE);

    private static final int LONGEST_WORDS = 80;
    /** The last word, and the one before it if there is one. */
    private static final Pattern WORDS_BEFORE =
            Pattern.compile("(?:([\\p{L}\\p{N}]+)\\s+)?([\\p{L}\\p{N}]+)[\"\u201d'\u2019)]?\\s*$");

    private static final Pattern SENTENCE_END = Pattern.compile("[.!?]\\s");

    /** What makes a sentence speak of the place itself: "no dog in [...]" is not "no dog". */
    private static final Pattern DENYING = Pattern.compile(
            "\\b(?:no|not|nothing|none|never|neither|nor|without|nobody|nowhere|cannot|hardly)\\b|n['\u2019]t\\b",
            Pattern.CASE_INSENSITIVE);

    /** What does so where it stands before the place. */
    private static final Pattern CHOOSING = Pattern.compile(
            "\\b(?:only|either|another|except|unlike|instead|rather than)\\b", Pattern.CASE_INSENSITIVE);

    /** Words that only the box behind them tells whose they are, unless it is an aside. */
    private static final Set<String> POINTING = Set.of("one", "ones", "this", "that", "these", "those", "both", "each");

    /** Words after which a sentence is torn if what stands behind them goes. */
    private static final Set<String> NEEDING = Set.of(
            ("a an the at in is are was were be been being of to by on from within inside into near around as has"
                            + " have and or with between than only also just about approximately roughly box boxes bbox"
                            + " bounding coordinate coordinates area areas region regions position positions location"
                            + " locations spans span covers cover occupies occupy fills fill holds hold lies lie lay"
                            + " stands stand stood sits sit sat rests rest hangs hang shines shine located placed"
                            + " situated positioned centred centered found marked begins begin ends end starts start runs"
                            + " run reaches reach extends extend look looks looking zoom zooms point points see"
                            + " not nothing what which appear appears appeared crop crops cropping compare compares comparing"
                            + " give gives yield yields return returns show shows contain contains find finds")
                    .split(" "));

    private BoxCuts() {}

    /**
     * A text without its boxes; empty if it is no sentence any more, or says something else.
     *
     * @param withLead whether a preposition may be cut with its box
     */
    static Optional<String> cut(String text, List<FoundBox> boxes, boolean withLead) {
        StringBuilder rest = new StringBuilder();
        Map<String, String> named = new HashMap<>();
        int from = 0;
        int next = 0;
        while (next < boxes.size()) {
            int start = boxes.get(next).start();
            String before = text.substring(from, start);
            next = endOfList(text, boxes, next);
            int end = boxes.get(next - 1).end();
            String cut = text.substring(start, end);
            int kept = withLead ? beforeLead(before) : before.length();
            boolean lead = kept < before.length();
            boolean comma = lead && before.charAt(kept) == ',';
            String said = before.substring(0, kept).stripTrailing();
            boolean bracketed = said.endsWith("(") && text.startsWith(")", end);
            if (bracketed) {
                said = said.substring(0, said.length() - 1).stripTrailing();
                end++;
            }
            boolean aside = comma || bracketed;
            Optional<String> name = name(said, aside);
            if (name.isEmpty()
                    || !named.computeIfAbsent(name.get(), n -> cut).equals(cut)
                    || (lead && isLimited(text, start, aside))) {
                return Optional.empty();
            }
            rest.append(said);
            from = comma && text.startsWith(",", end) ? end + 1 : end;
        }
        return Optional.of(rest.append(text, from, text.length()).toString());
    }

    /** What a box belongs to, in a word or two; empty if the words before it need it. */
    private static Optional<String> name(String said, boolean aside) {
        Matcher words = WORDS_BEFORE.matcher(said.substring(Math.max(0, said.length() - LONGEST_WORDS)));
        if (!words.find()) {
            return Optional.empty();
        }
        String word = words.group(2).toLowerCase(Locale.ROOT);
        if (NEEDING.contains(word) || (!aside && POINTING.contains(word))) {
            return Optional.empty();
        }
        String first = words.group(1) == null ? "" : words.group(1).toLowerCase(Locale.ROOT);
        return Optional.of(NEEDING.contains(first) ? word : (first + " " + word).strip());
    }

    /** Whether a sentence denies, or chooses, something of a place; one that is an aside only in what stands before it. */
    private static boolean isLimited(String text, int start, boolean aside) {
        int begin = 0;
        Matcher stop = SENTENCE_END.matcher(text);
        while (stop.find() && stop.end() <= start) {
            begin = stop.end();
        }
        int last = start;
        if (!aside) {
            last = stop.find(start) ? stop.start() : text.length();
        }
        return DENYING.matcher(text).region(begin, last).find()
                || CHOOSING.matcher(text).region(begin, start).find();
    }

    /** The number of the box behind those that are listed with one. */
    private static int endOfList(String text, List<FoundBox> boxes, int first) {
        int next = first + 1;
        while (next < boxes.size()
                && LIST.matcher(text.substring(
                                boxes.get(next - 1).end(), boxes.get(next).start()))
                        .matches()) {
            next++;
        }
        return next;
    }

    /** Where a preposition begins that leads to the end of a text; its end if none does. */
    private static int beforeLead(String before) {
        int start = Math.max(0, before.length() - LONGEST_LEAD);
        Matcher lead = LEAD.matcher(before).region(start, before.length());
        return lead.find() ? lead.start() : before.length();
    }
}
