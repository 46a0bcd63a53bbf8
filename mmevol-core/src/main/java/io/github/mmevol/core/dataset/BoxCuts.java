package io.github.mmevol.core.dataset;

import java.util.List;
import java.util.Locale;
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

    private static final Pattern WORD_BEFORE = Pattern.compile("([\\p{L}\\p{N}]+)[\"\u201d'\u2019)]?\\s*$");

    /** Words after which a sentence is torn if what stands behind them goes. */
    private static final Set<String> NEEDING = Set.of(
            ("a an the at in is are was were be been being of to by on from within inside into near around as has"
                            + " have and or with between than only also just about approximately roughly box boxes bbox"
                            + " bounding coordinate coordinates area areas region regions position positions location"
                            + " locations spans span covers cover occupies occupy fills fill holds hold lies lie lay"
                            + " stands stand stood sits sit sat rests rest hangs hang shines shine located placed"
                            + " situated positioned centred centered found marked begins begin ends end starts start runs"
                            + " run reaches reach extends extend look looks looking zoom zooms point points see")
                    .split(" "));

    private BoxCuts() {}

    /**
     * A text without its boxes; empty if it is no sentence any more.
     *
     * @param withLead whether a preposition may be cut with its box
     */
    static Optional<String> cut(String text, List<FoundBox> boxes, boolean withLead) {
        StringBuilder rest = new StringBuilder();
        int from = 0;
        int next = 0;
        while (next < boxes.size()) {
            String before = text.substring(from, boxes.get(next).start());
            next = endOfList(text, boxes, next);
            int end = boxes.get(next - 1).end();
            int kept = withLead ? beforeLead(before) : before.length();
            boolean comma = kept < before.length() && before.charAt(kept) == ',';
            String said = before.substring(0, kept).stripTrailing();
            if (said.endsWith("(") && text.startsWith(")", end)) {
                said = said.substring(0, said.length() - 1).stripTrailing();
                end++;
            }
            Matcher word = WORD_BEFORE.matcher(said);
            if (!word.find() || NEEDING.contains(word.group(1).toLowerCase(Locale.ROOT))) {
                return Optional.empty();
            }
            rest.append(said);
            from = comma && text.startsWith(",", end) ? end + 1 : end;
        }
        return Optional.of(rest.append(text, from, text.length()).toString());
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
