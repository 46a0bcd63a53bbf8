package io.github.mmevol.core.internal.text;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/**
 * The places where a text speaks of options by their letters: "option B", "(C)", "B is wrong". The article "A" is none. A
 * capital that may be something else, a letter on a sign or vitamin C, makes the whole text doubtful.
 */
public final class LetterReferences {

    /**
     * One reference.
     *
     * @param at where the letter stands
     * @param index the option it names
     */
    public record Reference(int at, int index) {}

    private enum Kind {
        SURE,
        DOUBTFUL,
        ARTICLE
    }

    private static final List<String> CUES = List.of(
            "option",
            "options",
            "choice",
            "choices",
            "region",
            "regions",
            "box",
            "boxes",
            "area",
            "areas",
            "label",
            "labelled",
            "labeled",
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
    private static final List<String> ORDINALS = List.of(
            "first", "second", "third", "fourth", "fifth", "sixth", "last", "final", "1st", "2nd", "3rd", "4th", "two",
            "three");
    private static final List<String> ORDERED = List.of(
            "option",
            "options",
            "choice",
            "choices",
            "region",
            "regions",
            "box",
            "boxes",
            "answer",
            "answers",
            "alternative",
            "alternatives",
            "one",
            "ones",
            "statement",
            "statements");

    private LetterReferences() {}

    /**
     * The references in a text.
     *
     * @param options how many options there are, labelled A and so on
     * @return empty if any of them is doubtful
     */
    public static Optional<List<Reference>> in(String text, int options) {
        if (hasOrdinals(text)) {
            return Optional.empty();
        }
        List<Integer> places = new ArrayList<>();
        for (int i = 0; i < text.length(); i++) {
            boolean label = text.charAt(i) >= 'A' && text.charAt(i) < 'A' + options;
            if (label && Texts.isWord(text, i, i + 1)) {
                places.add(i);
            }
        }
        List<Reference> references = new ArrayList<>();
        int from = 0;
        while (from < places.size()) {
            int to = from + 1;
            while (to < places.size() && joined(text, places.get(to - 1) + 1, places.get(to))) {
                to++;
            }
            if (to < places.size() && ranged(text, places.get(to - 1) + 1, places.get(to))) {
                return Optional.empty();
            }
            Kind kind = kind(text, places.subList(from, to));
            if (kind == Kind.DOUBTFUL) {
                return Optional.empty();
            }
            for (int place : kind == Kind.SURE ? places.subList(from, to) : List.<Integer>of()) {
                references.add(new Reference(place, text.charAt(place) - 'A'));
            }
            from = to;
        }
        return Optional.of(references);
    }

    /** Whether a text names all labels together, as in "Answer with A, B, C or D", and speaks of no option otherwise. */
    public static boolean noneButAllTogether(String text, int options) {
        String rest = text;
        char last = (char) ('A' + options - 1);
        for (int i = text.indexOf('A'); i >= 0; i = text.indexOf('A', i + 1)) {
            int end = Texts.isWord(text, i, i + 1) ? listEnd(text, i, last) : 0;
            if (end > 0) {
                rest = text.substring(0, i) + text.substring(end);
                break;
            }
        }
        return in(rest, options).map(List::isEmpty).orElse(false);
    }

    /** The same text with each reference renamed. */
    public static String renamed(String text, List<Reference> references, int[] to) {
        StringBuilder renamed = new StringBuilder(text);
        for (Reference reference : references) {
            renamed.setCharAt(reference.at(), (char) ('A' + to[reference.index()]));
        }
        return renamed.toString();
    }

    private static int listEnd(String text, int first, char last) {
        String rest = text.substring(first, Math.min(text.length(), first + 120));
        int at = 0;
        char next = 'B';
        if (rest.startsWith("A-" + last) || rest.startsWith("A\u2013" + last)) {
            return first + 3;
        }
        if (rest.startsWith("A to " + last)) {
            return first + 6;
        }
        while (next <= last) {
            int place = rest.indexOf(next, at);
            if (place < 0 || !joined(rest, at + 1, place)) {
                return 0;
            }
            at = place;
            next++;
        }
        return Texts.isWord(rest, at, at + 1) ? first + at + 1 : 0;
    }

    private static boolean joined(String text, int from, int to) {
        if (to - from > 12) {
            return false;
        }
        String between = text.substring(from, to)
                .replaceAll("[(),/&\\s\u3001\uff0c]", " ")
                .strip();
        return between.isEmpty()
                || Set.of("and", "or", "nor", "and/or", "\u548c", "\u6216").contains(between);
    }

    private static boolean ranged(String text, int from, int to) {
        return to - from <= 9
                && Set.of("-", "\u2013", "\u2014", "to", "through")
                        .contains(text.substring(from, to).strip());
    }

    private static Kind kind(String text, List<Integer> group) {
        int first = group.get(0);
        int last = group.get(group.size() - 1);
        for (int place : group) {
            char before = place == 0 ? ' ' : text.charAt(place - 1);
            char after = place + 1 == text.length() ? ' ' : text.charAt(place + 1);
            if ((before == '(' || before == '\uff08') && (after == ')' || after == '\uff09')) {
                return Kind.SURE;
            }
        }
        if (cued(text, first) || startsLine(text, first, last) || isSubject(text, first, last)) {
            return Kind.SURE;
        }
        return group.size() == 1 && text.charAt(first) == 'A' && isArticle(text, first) ? Kind.ARTICLE : Kind.DOUBTFUL;
    }

    private static boolean isArticle(String text, int at) {
        return at + 2 < text.length()
                && text.charAt(at + 1) == ' '
                && (Character.isLetterOrDigit(text.charAt(at + 2))
                        || "\"'\u201c\u2018".indexOf(text.charAt(at + 2)) >= 0);
    }

    private static boolean cued(String text, int at) {
        int end = at;
        while (end > 0 && " *\"'(:\uff1a\u201c".indexOf(text.charAt(end - 1)) >= 0) {
            end--;
        }
        String before = text.substring(Math.max(0, end - 24), end).toLowerCase(Locale.ROOT);
        boolean cjk = !before.isEmpty() && Texts.unspaced(before.codePointBefore(before.length()));
        for (String cue : CUES) {
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

    /** Whether a text speaks of options by their place: "the first option", "the last two choices", "the latter". */
    private static boolean hasOrdinals(String text) {
        String folded = Texts.folded(text);
        if (Texts.hasWords(folded, "former") || Texts.hasWords(folded, "latter")) {
            return true;
        }
        for (String ordinal : ORDINALS) {
            for (String noun : ORDERED) {
                if (Texts.hasWords(folded, ordinal + " " + noun)) {
                    return true;
                }
            }
        }
        return false;
    }
}
