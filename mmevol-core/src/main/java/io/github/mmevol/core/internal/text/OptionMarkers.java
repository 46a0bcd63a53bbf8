package io.github.mmevol.core.internal.text;

import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.IntStream;

/** Finds the labels of the options of a question, in every way of writing them. */
final class OptionMarkers {
    enum Style {
        IN_BRACKETS,
        BRACKET,
        DOT,
        COLON,
        DASH,
        BOX,
        CIRCLED,
        ROMAN
    }

    /**
     * A label with the signs that make it one.
     *
     * @param label its letter or digit as written; 1 and so on for Roman numerals
     * @param begin where the marker begins
     * @param end where it ends
     */
    record Marker(char label, Style style, int begin, int end) {}

    /**
     * Labels that follow each other.
     *
     * @param unrivalled whether no other labels of the question follow each other
     */
    record Run(List<Marker> markers, boolean unrivalled) {}

    private static final int MOST = 26;
    private static final char CIRCLED_ONE = '\u2460';
    private static final char CIRCLED_TWENTY = '\u2473';
    /** Fewer circled or Roman numerals than this may be anything. */
    private static final int LEAST_RARE = 3;

    private static final Pattern ROMAN = Pattern.compile(
            "(?m)(?:^[ \\t]{0,8}|(?<=\\s)(?=\\())(\\(?(i{1,3}|iv|vi{0,3}|ix|I{1,3}|IV|VI{0,3}|IX)[.)])(?=\\s)");
    private static final List<String> NUMERALS = List.of("i", "ii", "iii", "iv", "v", "vi", "vii", "viii", "ix");
    private static final List<String> LABEL_WORDS = List.of("region", "option", "choice", "box", "area");

    private OptionMarkers() {}

    /** The longest run of labels in a question, at least two of them; no markers if there is none. */
    static Run longestRun(String question) {
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
        return new Run(best, !rival);
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

    static boolean isCircled(char c) {
        return c >= CIRCLED_ONE && c <= CIRCLED_TWENTY;
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

    static char charAt(String text, int at) {
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
}
