package io.github.mmevol.core.internal.text;

import java.util.ArrayList;
import java.util.EnumSet;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
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

    private enum Style {
        IN_BRACKETS,
        BRACKET,
        DOT,
        COLON,
        DASH,
        BOX,
        CIRCLED,
        ROMAN
    }

    private record Marker(char label, Style style, int begin, int end) {}

    private static final int MOST = 26;
    private static final char CIRCLED_ONE = '\u2460';
    private static final char CIRCLED_TWENTY = '\u2473';
    /** Fewer circled or Roman numerals than this may be anything. */
    private static final int LEAST_RARE = 3;

    private static final Pattern ROMAN = Pattern.compile(
            "(?m)(?:^[ \\t]{0,8}|(?<=\\s)(?=\\())(\\(?(i{1,3}|iv|vi{0,3}|ix|I{1,3}|IV|VI{0,3}|IX)[.)])(?=\\s)");
    private static final List<String> NUMERALS = List.of("i", "ii", "iii", "iv", "v", "vi", "vii", "viii", "ix");
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
    private static final List<String> LABEL_WORDS = List.of("region", "option", "choice", "box", "area");

    /** The longest run of labels in a question, at least two of them; empty if there is none. */
    public static Optional<Options> of(String question) {
        List<Marker> best = List.of();
        boolean rival = false;
        int[] places = IntStream.range(0, question.length())
                .filter(at -> standsAlone(question, at))
                .toArray();
        int[] lineStarts =
                IntStream.of(places).filter(at -> startsLine(question, at)).toArray();
        for (Style style : EnumSet.range(Style.IN_BRACKETS, Style.BOX)) {
            for (char first : new char[] {'A', 'a', '1'}) {
                List<Marker> onLines = longestRun(question, lineStarts, style, first);
                List<Marker> anywhere = longestRun(question, places, style, first);
                List<Marker> run = onLines.size() >= anywhere.size() ? onLines : anywhere;
                if (run.size() < 2 || (run.size() == 2 && best.size() >= 2)) {
                    continue;
                }
                rival |= best.size() >= 2 && run.size() >= 2;
                if (run.size() > best.size()) {
                    best = run;
                }
            }
        }
        if (best.isEmpty()) {
            best = rareRun(question);
        }
        return best.isEmpty() ? Optional.empty() : Optional.of(cut(question, best, !rival));
    }

    /** A run of circled or of Roman numerals, which counts only where there are no other labels. */
    private static List<Marker> rareRun(String question) {
        int[] circled = IntStream.range(0, question.length())
                .filter(at -> isCircled(question.charAt(at)))
                .toArray();
        List<Marker> run = longestRun(question, circled, Style.CIRCLED, CIRCLED_ONE);
        if (run.size() < LEAST_RARE) {
            run = romanRun(question);
        }
        return run.size() < LEAST_RARE ? List.of() : run;
    }

    private static List<Marker> romanRun(String question) {
        List<Marker> best = List.of();
        List<Marker> run = new ArrayList<>();
        Matcher numeral = ROMAN.matcher(question);
        while (numeral.find()) {
            int index = NUMERALS.indexOf(LowerCase.of(numeral.group(2)));
            if (index != run.size()) {
                run.clear();
            }
            if (index == run.size()) {
                run.add(new Marker((char) ('1' + index), Style.ROMAN, numeral.start(1), numeral.end(1)));
                best = run.size() > best.size() ? List.copyOf(run) : best;
            }
        }
        return best;
    }

    private static boolean isCircled(char c) {
        return c >= CIRCLED_ONE && c <= CIRCLED_TWENTY;
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
        int index =
                isCircled(first) && label >= '1' && label <= '9' ? label - '1' : Character.toUpperCase(label) - first;
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
                            || isCircled(label.charAt(0)));
            boolean rare = label.indexOf(' ') > 0 || list.get(i).label() == '1' + i || isCircled(label.charAt(0));
            if (!plain && rare && !lettered() && folded.startsWith(label, start) && marked) {
                return end + (":.,)".indexOf(charAt(folded, end)) >= 0 ? 1 : 0);
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

    /** Whether a character may be a label: a letter or digit between characters that are neither. */
    private static boolean standsAlone(String question, int at) {
        return isPlain(question, at) && !isPlain(question, at - 1) && !isPlain(question, at + 1);
    }

    private static boolean isPlain(String question, int at) {
        if (at < 0 || at >= question.length()) {
            return false;
        }
        char c = question.charAt(at);
        return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9');
    }

    private static List<Marker> longestRun(String question, int[] places, Style style, char first) {
        List<Marker> best = List.of();
        List<Marker> run = new ArrayList<>();
        for (int place : places) {
            char label = question.charAt(place);
            int most = first == '1' ? 9 : first == CIRCLED_ONE ? CIRCLED_TWENTY - CIRCLED_ONE + 1 : MOST;
            if (label < first || label >= first + most) {
                continue;
            }
            Optional<Marker> found = marker(question, place, style);
            if (found.isEmpty()) {
                continue;
            }
            if (label != first + run.size()) {
                run.clear();
            }
            if (label == first + run.size()) {
                run.add(found.get());
                if (run.size() > best.size()) {
                    best = List.copyOf(run);
                }
            }
        }
        return best;
    }

    private static Optional<Marker> marker(String question, int at, Style style) {
        char label = question.charAt(at);
        if (style == Style.CIRCLED) {
            return Optional.of(new Marker(label, style, at, at + 1));
        }
        char before = at == 0 ? '\n' : question.charAt(at - 1);
        int word = wordBefore(question, at);
        int bold = question.startsWith("**", at + 1) && question.startsWith("**", word - 2) ? 2 : 0;
        char after = charAt(question, at + 1 + bold);
        char next = charAt(question, at + 2 + bold);
        if (style == Style.IN_BRACKETS) {
            boolean bracketed = (before == '(' || before == '[' || before == '\uff08')
                    && (after == ')' || after == ']' || after == '\uff09');
            return bracketed ? Optional.of(new Marker(label, style, at - 1, at + 2)) : Optional.empty();
        }
        boolean lineStart = before == '\n' || before == '\r';
        boolean open = style == Style.COLON && (before == '[' || before == '(');
        boolean begins =
                open || Character.isWhitespace(before) || ",;:/|*?\uff1f\uff1a\uff0c\u3002".indexOf(before) >= 0;
        boolean sure = Character.isUpperCase(label) || word < at;
        boolean strict = sure || lineStart;
        boolean spaced = Character.isWhitespace(next) || next == '\0' || Texts.unspaced(next) || next == '*';
        boolean marks =
                switch (style) {
                    case BRACKET -> after == ')' || after == '\uff09';
                    case DOT -> strict && ((after == '.' && spaced) || after == '\uff0e' || after == '\u3001');
                    case COLON -> strict && (after == ':' || after == '\uff1a');
                    case DASH ->
                        Character.isUpperCase(label)
                                && startsLine(question, at)
                                && after == ' '
                                && "-\u2013\u2014".indexOf(next) >= 0
                                && question.startsWith(" ", at + 3 + bold);
                    case BOX -> sure && ((after == ' ' && next == '[') || after == '[');
                    case IN_BRACKETS, CIRCLED, ROMAN -> false;
                };
        if (!begins || !marks) {
            return Optional.empty();
        }
        int end = at + bold + (style == Style.BOX ? 1 : style == Style.DASH ? 3 : 2);
        return Optional.of(new Marker(label, style, word - bold - (open ? 1 : 0), end));
    }

    private static char charAt(String text, int at) {
        return at < text.length() ? text.charAt(at) : '\0';
    }

    /** Whether nothing but blanks, list marks and a word such as "Option" stands before a label on its line. */
    private static boolean startsLine(String question, int label) {
        int at = wordBefore(question, label);
        while (at > 0 && " \t*-\u2022([".indexOf(question.charAt(at - 1)) >= 0) {
            at--;
        }
        return at == 0 || question.charAt(at - 1) == '\n' || question.charAt(at - 1) == '\r';
    }

    /** The place where a label word such as "Region" before a label begins; else the label's own place. */
    private static int wordBefore(String question, int label) {
        int end = label;
        while (end > 0 && question.charAt(end - 1) == ' ') {
            end--;
        }
        for (String word : LABEL_WORDS) {
            int start = end - word.length();
            if (start >= 0
                    && question.regionMatches(true, start, word, 0, word.length())
                    && Texts.isWord(question, start, end)) {
                return start;
            }
        }
        return label;
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
