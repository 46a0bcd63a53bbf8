package io.github.mmevol.core.internal.text;

import io.github.mmevol.core.internal.text.OptionMarkers.Marker;
import io.github.mmevol.core.internal.text.OptionMarkers.Style;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * The labelled options of a question: {@code A) a cup}, {@code (A) a cup}, {@code A. a cup}, {@code A: a cup},
 * {@code A [0.1, 0.2, 0.3, 0.4]}, {@code Region 1: ...}, on lines of their own or inline, also with small letters, numbers,
 * circled or Roman numerals as labels.
 *
 * @param question the whole question
 * @param list the options in the order of their labels
 * @param exact whether each text is cut out so cleanly that texts can change places
 */
public record Options(String question, List<Option> list, boolean exact) {

    /**
     * One option.
     *
     * @param label its letter or digit as written; 1 and so on for Roman numerals
     * @param begin where its marker begins
     * @param start where its text begins
     * @param end where its text ends
     */
    public record Option(char label, int begin, int start, int end) {}

    private static final List<String> AFTERWORDS = List.of(
            "answer",
            "choose",
            "select",
            "pick",
            "give",
            "reply",
            "respond",
            "explain",
            "justify",
            "state",
            "only one");
    /** The longest run of labels in a question, at least two of them; empty if there is none. */
    public static Optional<Options> of(String question) {
        OptionMarkers.Run run = OptionMarkers.longestRun(question);
        return run.markers().isEmpty() ? Optional.empty() : Optional.of(cut(question, run.markers(), run.unrivalled()));
    }

    /** Whether the labels are capital letters. */
    public boolean lettered() {
        return list.get(0).label() == 'A';
    }

    /** Whether the options are places in the image: their texts are boxes, or their labels are called regions or the like. */
    public boolean arePlaces() {
        return IntStream.range(0, size()).allMatch(i -> isPlace(list.get(i), text(i)));
    }

    private boolean isPlace(Option option, String text) {
        String marker = LowerCase.of(question.substring(option.begin(), option.start()));
        boolean named = Stream.of("region", "box", "area").anyMatch(marker::startsWith);
        return named
                || (!text.isEmpty()
                        && "[{(<".indexOf(text.charAt(0)) >= 0
                        && text.chars().anyMatch(c -> c == ','));
    }

    public int size() {
        return list.size();
    }

    public String text(int index) {
        return question.substring(list.get(index).start(), list.get(index).end());
    }

    /** How many different texts there are. */
    public int distinct() {
        Set<String> prints = new HashSet<>();
        for (int i = 0; i < size(); i++) {
            prints.add(print(i));
        }
        prints.remove("");
        return prints.size();
    }

    /** The text of an option without what makes no difference. */
    public String print(int index) {
        String print = Texts.fingerprint(text(index));
        return print.isEmpty() ? text(index).strip() : print;
    }

    /** The index of a label in either case; -1 if there is no such option. */
    public int indexOf(char label) {
        char first = Character.toUpperCase(list.get(0).label());
        int index = OptionMarkers.isCircled(first) && label >= '1' && label <= '9'
                ? label - '1'
                : Character.toUpperCase(label) - first;
        return index >= 0 && index < size() ? index : -1;
    }

    /** The index of a label as the question writes it, in full: "ii", "Region 1"; -1 if there is no such option. */
    public int indexOfLabel(String label) {
        String wanted = print(label);
        return IntStream.range(0, size())
                .filter(i -> !wanted.isEmpty() && wanted.equals(label(i)))
                .findFirst()
                .orElse(-1);
    }

    /** The end of a label of more than a plain letter or digit that a text begins with, such as "ii)"; 0 if there is none. */
    public int labelEnd(String text) {
        String folded = LowerCase.of(text);
        for (int i = 0; i < size(); i++) {
            String label = label(i);
            int start = folded.startsWith("(") ? 1 : 0;
            int end = start + label.length();
            boolean plain = label.length() == 1 && Character.isLetterOrDigit(label.charAt(0));
            boolean marked = end < folded.length()
                    && (":.,)[\n".indexOf(folded.charAt(end)) >= 0
                            || folded.startsWith(" [", end)
                            || folded.startsWith(" -", end)
                            || OptionMarkers.isCircled(label.charAt(0)));
            boolean rare = label.indexOf(' ') > 0
                    || list.get(i).label() == '1' + i
                    || OptionMarkers.isCircled(label.charAt(0));
            if (!plain && rare && !lettered() && folded.startsWith(label, start) && marked) {
                return end + (":.,)".indexOf(OptionMarkers.charAt(folded, end)) >= 0 ? 1 : 0);
            }
        }
        return 0;
    }

    private String label(int index) {
        Option option = list.get(index);
        return print(question.substring(option.begin(), Math.max(option.begin(), option.start())));
    }

    private static String print(String label) {
        String print = Texts.fingerprint(label);
        return print.isEmpty() ? label.strip() : print;
    }

    /** What stands before the first option. */
    public String stem() {
        return question.substring(0, list.get(0).begin());
    }

    /** What stands behind the last option. */
    public String tail() {
        return question.substring(list.get(size() - 1).end());
    }

    /**
     * The question with its texts at other labels.
     *
     * @param from which text comes to each place
     */
    public String reordered(int[] from) {
        StringBuilder text = new StringBuilder(question.length());
        int at = 0;
        for (int i = 0; i < from.length; i++) {
            text.append(question, at, list.get(i).start()).append(text(from[i]));
            at = list.get(i).end();
        }
        return text.append(question, at, question.length()).toString();
    }

    private static Options cut(String question, List<Marker> markers, boolean unrivalled) {
        int last = markers.size() - 1;
        boolean onLines = true;
        for (int i = 1; i <= last; i++) {
            String gap =
                    question.substring(markers.get(i - 1).end(), markers.get(i).begin());
            onLines &= gap.stripLeading().contains("\n")
                    && gap.substring(gap.lastIndexOf('\n')).isBlank();
        }
        List<Option> options = new ArrayList<>();
        for (int i = 0; i <= last; i++) {
            int limit = i < last
                    ? markers.get(i + 1).begin()
                    : lastEnd(question, markers.get(i).end(), onLines);
            options.add(trimmed(question, markers.get(i), limit, onLines, i >= last - 1));
        }
        if (!onLines) {
            withoutFullStops(question, options);
        }
        boolean exact = unrivalled && (onLines ? exactOnLines(question, options) : exactInline(question, options));
        return new Options(question, List.copyOf(options), exact);
    }

    /** Where a full stop ends each of the options it belongs to none of them. */
    private static void withoutFullStops(String question, List<Option> options) {
        int last = options.size() - 1;
        boolean all = question.startsWith(".", options.get(last).end());
        for (Option option : options.subList(0, last)) {
            all &= endsWith(question, option, ".");
        }
        for (int i = 0; all && i < last; i++) {
            Option option = options.get(i);
            options.set(i, new Option(option.label(), option.begin(), option.start(), option.end() - 1));
        }
    }

    private static boolean exactOnLines(String question, List<Option> options) {
        return options.stream()
                .noneMatch(option -> unclear(question, option, "\n*")
                        || endsWith(question, option, ",")
                        || endsWith(question, option, ";")
                        || endsWith(question, option, "?"));
    }

    private static boolean exactInline(String question, List<Option> options) {
        String end = question.substring(options.get(options.size() - 1).end()).strip();
        boolean ended = end.isEmpty() || end.startsWith("?") || (end.startsWith(".") && endsSentence(end));
        return ended
                && sameSeparators(question, options)
                && options.stream()
                        .noneMatch(option -> unclear(question, option, "\n*?")
                                || question.substring(option.start(), option.end())
                                        .contains(". ")
                                || endsWith(question, option, "."));
    }

    /** Whether an option is empty, holds one of the marks, or runs on into how to answer. */
    private static boolean unclear(String question, Option option, String marks) {
        String text = question.substring(option.start(), option.end());
        return text.isEmpty() || text.chars().anyMatch(c -> marks.indexOf(c) >= 0) || instructs(text) || isOpen(text);
    }

    /** Whether a bracket or a quotation that stands in a text begins or ends outside it. */
    private static boolean isOpen(String text) {
        int round = 0;
        int square = 0;
        int quotes = 0;
        boolean closedFirst = false;
        for (int i = 0; i < text.length(); i++) {
            switch (text.charAt(i)) {
                case '(', '\uff08' -> round++;
                case ')', '\uff09' -> round--;
                case '[' -> square++;
                case ']' -> square--;
                case '"', '\u201c', '\u201d' -> quotes++;
                default -> {}
            }
            closedFirst |= round < 0 || square < 0;
        }
        return closedFirst || round != 0 || square != 0 || quotes % 2 != 0;
    }

    private static boolean endsWith(String question, Option option, String mark) {
        return option.end() > option.start() && question.startsWith(mark, option.end() - 1);
    }

    /** Whether a full stop ended the list, and no abbreviation: nothing follows, or a sentence that tells how to answer. */
    private static boolean endsSentence(String end) {
        String rest = Texts.folded(end.substring(1));
        return rest.isEmpty() || AFTERWORDS.stream().anyMatch(word -> Texts.startsWithWords(rest, 0, word));
    }

    private static boolean instructs(String text) {
        String folded = Texts.folded(text);
        return Stream.of("answer", "choose", "select", "respond", "reply")
                .anyMatch(word -> Texts.hasWords(folded, word));
    }

    /** Inline options are cut exactly only if the same mark stands between any two of them. */
    private static boolean sameSeparators(String question, List<Option> options) {
        Set<String> separators = new HashSet<>();
        for (int i = 1; i < options.size(); i++) {
            String between = question.substring(
                            options.get(i - 1).end(), options.get(i).begin())
                    .strip();
            String mark = between.isEmpty() ? "" : between.substring(0, 1);
            separators.add(mark.equals("o") || mark.equals("a") ? "word" : mark);
        }
        separators.remove("word");
        return separators.size() <= 1;
    }

    private static int lastEnd(String question, int from, boolean onLines) {
        int newline = question.indexOf('\n', Math.min(question.length(), from + leadingSpace(question, from)));
        int end = newline < 0 ? question.length() : newline;
        if (onLines) {
            return end;
        }
        int stop = end;
        for (int i = from; i < end; i++) {
            char c = question.charAt(i);
            if (c == '?' || c == '\uff1f' || c == '\u3002') {
                stop = i;
                break;
            }
            if (c == '.' && (i + 1 == end || question.charAt(i + 1) == ' ')) {
                stop = i;
                break;
            }
        }
        return stop;
    }

    private static int leadingSpace(String question, int from) {
        int space = 0;
        while (from + space < question.length() && question.charAt(from + space) == ' ') {
            space++;
        }
        return space;
    }

    private static Option trimmed(String question, Marker marker, int limit, boolean onLines, boolean late) {
        int start = Math.min(marker.end(), limit);
        int end = limit;
        while (start < end && Character.isWhitespace(question.charAt(start))) {
            start++;
        }
        boolean again = true;
        int bracket = "[(".indexOf(question.charAt(marker.begin()));
        if (marker.style() == Style.COLON && bracket >= 0) {
            int close = question.lastIndexOf("])".charAt(bracket), end - 1);
            end = close >= start ? close : end;
        }
        while (again && end > start) {
            char c = question.charAt(end - 1);
            String rest = question.substring(Math.max(start, end - 4), end).toLowerCase(Locale.ROOT);
            if (Character.isWhitespace(c)
                    || (!onLines && (",;|/".indexOf(c) >= 0 || "\uff0c\uff1b\u3001".indexOf(c) >= 0))) {
                end--;
            } else if (!onLines && late && (rest.endsWith(" or") || rest.endsWith(",or"))) {
                end -= 2;
            } else if (!onLines && late && rest.endsWith(" and")) {
                end -= 3;
            } else {
                again = false;
            }
        }
        return new Option(marker.label(), marker.begin(), start, end);
    }
}
