package io.github.mmevol.core.internal.text;

import java.util.List;
import java.util.Locale;
import java.util.Set;

/** What a capital letter stands for, told by what stands around it. */
enum LetterSense {
    /** It names an option. */
    OPTION,
    /** It may name an option or something else. */
    DOUBTFUL,
    /** It is the article "A". */
    ARTICLE;

    private static final String MARKS = " *\"'(:\uff1a\u201c";
    /** Words behind which a letter is an option's, whatever follows it. */
    private static final List<String> NOUNS = List.of("option", "options", "choice", "choices");
    /** Words that name an option only where options are places in the image; else the letter may be printed there. */
    private static final List<String> PLACES =
            List.of("region", "regions", "box", "boxes", "area", "areas", "label", "labelled", "labeled");

    private static final List<String> CUES = List.of(
            "option",
            "options",
            "choice",
            "choices",
            "answer",
            "answer is",
            "answer is option",
            "answer would be",
            "answer should be",
            "option is",
            "choice is",
            "one is",
            "choose",
            "chooses",
            "choosing",
            "select",
            "selecting",
            "pick",
            "picking",
            "eliminate",
            "eliminates",
            "eliminating",
            "exclude",
            "excludes",
            "excluding",
            "rule out",
            "rules out",
            "ruling out",
            "\u9009\u9879",
            "\u9009",
            "\u9009\u62e9",
            "\u7b54\u6848\u662f",
            "\u7b54\u6848\u4e3a",
            "\u7b54\u6848");
    private static final Set<String> VERBS = Set.of(
            "is",
            "isn't",
            "was",
            "are",
            "can",
            "cannot",
            "can't",
            "does",
            "doesn't",
            "has",
            "shows",
            "fits",
            "matches",
            "holds",
            "names",
            "describes",
            "contains",
            "would",
            "must",
            "covers",
            "lies",
            "encloses");
    private static final Set<String> BEFORE_SUBJECT = Set.of(
            "and",
            "or",
            "but",
            "so",
            "that",
            "because",
            "since",
            "while",
            "as",
            "only",
            "whereas",
            "thus",
            "then",
            "hence",
            "therefore",
            "neither",
            "nor",
            "both",
            "than",
            "unlike",
            "although",
            "though",
            "when",
            "if");
    /**
     * What a group of letters is for.
     *
     * @param group where the letters stand, in order; they are listed together, as in "A, B and D"
     * @param places whether the options are places in the image, so that "region B" is one of them
     */
    static LetterSense of(String text, List<Integer> group, boolean places) {
        int first = group.get(0);
        int last = group.get(group.size() - 1);
        boolean named = cued(text, first, NOUNS, " *");
        boolean option = named
                || group.stream().anyMatch(place -> isBracketed(text, place))
                || cued(text, first, CUES, MARKS)
                || (places && cued(text, first, PLACES, MARKS))
                || startsLine(text, first, last)
                || isSubject(text, first, last);
        if (text.charAt(last) == 'A' && !(named && group.size() == 1)) {
            return switch (Article.at(text, last)) {
                case SURE -> option || group.size() > 1 ? DOUBTFUL : ARTICLE;
                case DOUBTFUL -> DOUBTFUL;
                case NONE -> option ? OPTION : DOUBTFUL;
            };
        }
        return option ? OPTION : DOUBTFUL;
    }

    private static boolean isBracketed(String text, int place) {
        char before = place == 0 ? ' ' : text.charAt(place - 1);
        char after = place + 1 == text.length() ? ' ' : text.charAt(place + 1);
        return (before == '(' || before == '\uff08') && (after == ')' || after == '\uff09');
    }

    private static boolean cued(String text, int at, List<String> cues, String marks) {
        int end = at;
        while (end > 0 && marks.indexOf(text.charAt(end - 1)) >= 0) {
            end--;
        }
        String before = text.substring(Math.max(0, end - 24), end).toLowerCase(Locale.ROOT);
        boolean cjk = !before.isEmpty() && Texts.unspaced(before.codePointBefore(before.length()));
        for (String cue : cues) {
            if (before.endsWith(cue)) {
                int start = before.length() - cue.length();
                if (cjk || (start == 0 && end <= 24) || (start > 0 && !Texts.wordly(before.charAt(start - 1)))) {
                    return true;
                }
            }
        }
        return false;
    }

    /** At the start of a line and followed by a mark or nothing: "B", "B. a cup", "A, B and D are wrong". */
    private static boolean startsLine(String text, int first, int last) {
        int before = first;
        while (before > 0 && " *_\"'(-\t".indexOf(text.charAt(before - 1)) >= 0) {
            before--;
        }
        if (before > 0 && text.charAt(before - 1) != '\n') {
            return false;
        }
        int after = last + 1;
        while (after < text.length() && "*_\"'".indexOf(text.charAt(after)) >= 0) {
            after++;
        }
        String rest = text.substring(after, Math.min(text.length(), after + 9));
        return rest.isBlank()
                || ".):,\uff1a\u3002\uff0c\uff09\n".indexOf(rest.charAt(0)) >= 0
                || rest.startsWith(" -")
                || rest.startsWith(" \u2013")
                || rest.startsWith(" \u2014")
                || rest.startsWith(" because");
    }

    private static boolean isSubject(String text, int first, int last) {
        int after = last + 1;
        while (after < text.length() && text.charAt(after) == ' ') {
            after++;
        }
        int end = after;
        while (end < text.length()
                && end < after + 12
                && (Character.isLetter(text.charAt(end)) || isApostrophe(text, end))) {
            end++;
        }
        String verb = text.substring(after, end).replace('\u2019', '\'');
        if (after == last + 1 || !VERBS.contains(verb)) {
            return false;
        }
        int before = first;
        while (before > 0 && " *(".indexOf(text.charAt(before - 1)) >= 0) {
            before--;
        }
        if (before == 0 || ".,;:!?\n".indexOf(text.charAt(before - 1)) >= 0) {
            return true;
        }
        int start = before;
        while (start > 0 && start > before - 12 && Character.isLetter(text.charAt(start - 1))) {
            start--;
        }
        return BEFORE_SUBJECT.contains(text.substring(start, before).toLowerCase(Locale.ROOT));
    }

    private static boolean isApostrophe(String text, int at) {
        return text.charAt(at) == '\'' || text.charAt(at) == '\u2019';
    }
}
