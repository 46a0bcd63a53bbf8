package io.github.mmevol.core.internal.text;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * The places where a text speaks of options by their letters: "option B", "(C)", "B is wrong". The article "A" is none. A
 * capital that may be something else, a letter on a sign or vitamin C, makes the whole text doubtful, as does an option
 * named by its place in the list.
 */
public final class LetterReferences {

    /**
     * One reference.
     *
     * @param at where the letter stands
     * @param index the option it names
     */
    public record Reference(int at, int index) {}

    private LetterReferences() {}

    /**
     * The references in a text.
     *
     * @param options the options, labelled A and so on
     * @return empty if any of them is doubtful
     */
    public static Optional<List<Reference>> in(String text, Options options) {
        if (ListPlaces.in(text, options.size())) {
            return Optional.empty();
        }
        List<Integer> places = new ArrayList<>();
        for (int i = 0; i < text.length(); i++) {
            boolean label = text.charAt(i) >= 'A' && text.charAt(i) < 'A' + options.size();
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
            LetterSense sense = LetterSense.of(text, places.subList(from, to), options.arePlaces());
            if (sense == LetterSense.DOUBTFUL) {
                return Optional.empty();
            }
            for (int place : sense == LetterSense.OPTION ? places.subList(from, to) : List.<Integer>of()) {
                references.add(new Reference(place, text.charAt(place) - 'A'));
            }
            from = to;
        }
        return Optional.of(references);
    }

    /** Whether a text names all labels together, as in "Answer with A, B, C or D", and speaks of no option otherwise. */
    public static boolean noneButAllTogether(String text, Options options) {
        String rest = text;
        char last = (char) ('A' + options.size() - 1);
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

    /** Whether two letters are listed together; a closing bracket alone ends a label, and an article may follow it. */
    private static boolean joined(String text, int from, int to) {
        if (to - from > 12) {
            return false;
        }
        String gap = text.substring(from, to);
        String between = gap.replaceAll("[(),/&\\s\u3001\uff0c]", " ").strip();
        boolean marked = gap.chars().anyMatch(c -> "(,/&\u3001\uff0c".indexOf(c) >= 0);
        return (between.isEmpty() && marked)
                || Set.of("and", "or", "nor", "and/or", "\u548c", "\u6216").contains(between);
    }

    private static boolean ranged(String text, int from, int to) {
        return to - from <= 9
                && Set.of("-", "\u2013", "\u2014", "to", "through")
                        .contains(text.substring(from, to).strip());
    }
}
