package io.github.mmevol.core.elimination;

import io.github.mmevol.core.internal.text.LowerCase;
import io.github.mmevol.core.internal.text.Texts;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;

/**
 * Counts what a question demands in numbers: "list three things", "within 20 words", "in exactly two sentences". English
 * only; says nothing wherever question or answer can be read in two ways.
 */
final class Demands {
    private static final List<String> MOST =
            List.of("within", "under", "at most", "up to", "no more than", "not more than", "maximum of", "limit of");
    private static final Set<String> EXACT = Set.of("in", "using", "write", "compose", "into");
    /** Words that make a limit only where an answer is asked for: "answer with two words", not "the sign with two words". */
    private static final Set<String> EXACT_IN_DEMANDS = Set.of("exactly", "precisely", "only", "just", "with", "use");

    private static final Set<String> ASKING = Set.of(
            "answer",
            "answers",
            "reply",
            "respond",
            "response",
            "image",
            "picture",
            "photo",
            "photograph",
            "scene",
            "mood",
            "it",
            "them",
            "this",
            "write",
            "compose",
            "in",
            "into",
            "using",
            "use",
            "caption",
            "summarize",
            "summarise",
            "describe",
            "to");
    /** Words behind a number of words that is in the image, and none to answer in. */
    private static final Set<String> IN_IMAGE =
            Set.of("from", "on", "of", "written", "printed", "painted", "shown", "visible", "displayed", "seen", "you");

    private static final Set<String> WRITTEN =
            Set.of("written", "printed", "painted", "shown", "displayed", "spelled", "given");
    private static final Set<String> FURTHER = Set.of(
            "justify",
            "support",
            "explain",
            "name",
            "list",
            "describe",
            "give",
            "state",
            "say",
            "tell",
            "identify",
            "mention",
            "provide",
            "cite",
            "point",
            "show",
            "add",
            "note",
            "specify",
            "indicate",
            "back",
            "illustrate",
            "estimate",
            "count",
            "compare",
            "why",
            "how",
            "what",
            "which",
            "where",
            "who");
    private static final Set<String> VAGUE =
            Set.of("about", "around", "roughly", "approximately", "or", "and", "nearly", "almost", "some", "between");
    /** Words that tell of more than one demand, so that a count over the whole answer means nothing. */
    private static final Set<String> MIXED =
            Set.of("each", "every", "per", "then", "followed", "explain", "why", "reason", "respectively", "title");

    private static final int LONGEST_QUESTION = 2_000;
    private static final int LONGEST_ANSWER = 4_000;

    /** A number of words or sentences, from least to most. */
    private record Limit(int least, int most, String unit) {}

    private Demands() {}

    /** What the answer lacks or has too much of; empty if nothing, or if that cannot be told. */
    static Optional<String> missed(String question, String answer) {
        if (question.length() > LONGEST_QUESTION || answer.length() > LONGEST_ANSWER || Texts.unspaced(answer)) {
            return Optional.empty();
        }
        List<String> words = words(question);
        boolean mixed = words.stream().anyMatch(MIXED::contains);
        List<Limit> limits = mixed ? List.of() : limits(words);
        for (String unit : List.of("word", "sentence")) {
            List<Limit> ofUnit =
                    limits.stream().filter(limit -> limit.unit().equals(unit)).toList();
            if (ofUnit.size() == 1) {
                Optional<String> missed = missed(ofUnit.get(0), answer);
                if (missed.isPresent()) {
                    return missed;
                }
            }
        }
        return Listing.missed(words, answer);
    }

    private static Optional<String> missed(Limit limit, String answer) {
        int least;
        int most;
        if (limit.unit().equals("word")) {
            least = spacedWords(answer);
            most = least
                    + (int) answer.chars()
                            .filter(c -> "-/\u2013\u2014".indexOf(c) >= 0)
                            .count();
        } else {
            least = sentences(Quotations.emptied(answer), true);
            most = sentences(answer, false);
        }
        String found = " asked for, " + least + " given";
        if (least > limit.most()) {
            return Optional.of("at most " + limit.most() + " " + limit.unit() + "s" + found);
        }
        return most < limit.least()
                ? Optional.of("at least " + limit.least() + " " + limit.unit() + "s" + found)
                : Optional.empty();
    }

    private static List<Limit> limits(List<String> words) {
        List<Limit> limits = new ArrayList<>();
        for (int i = 1; i < words.size(); i++) {
            String unit = words.get(i);
            if (!Set.of("word", "words", "sentence", "sentences").contains(unit) || isOneOfSeveral(words, i)) {
                continue;
            }
            OptionalInt number = Texts.number(words.get(i - 1));
            if (number.isPresent()) {
                List<String> before = words.subList(Math.max(0, i - 4), i - 1);
                String next = word(words, i + 1);
                boolean orFewer = next.equals("or") && Set.of("fewer", "less").contains(word(words, i + 2));
                boolean orMore = next.equals("or") && i + 2 < words.size() && !orFewer;
                String singular = unit.startsWith("word") ? "word" : "sentence";
                if (!orMore && !IN_IMAGE.contains(next)) {
                    limit(number.getAsInt(), before, orFewer, singular).ifPresent(limits::add);
                }
            }
        }
        return limits;
    }

    private static String word(List<String> words, int at) {
        return at >= 0 && at < words.size() ? words.get(at) : "";
    }

    /** Whether a demand in words or sentences is one beside another: "in one word and justify it", "name it and ...". */
    private static boolean isOneOfSeveral(List<String> words, int unit) {
        for (int i = 0; i + 1 < words.size(); i++) {
            boolean joins = Set.of("and", "then", "plus", "before", "after").contains(words.get(i));
            boolean further = FURTHER.contains(words.get(i + 1)) || FURTHER.contains(word(words, i + 2));
            if (joins && further && (i > unit || words.subList(0, i).stream().anyMatch(FURTHER::contains))) {
                return true;
            }
        }
        return false;
    }

    private static Optional<Limit> limit(int number, List<String> words, boolean orFewer, String unit) {
        String before = String.join(" ", words);
        String last = word(words, words.size() - 1);
        if (VAGUE.contains(last)) {
            return Optional.empty();
        }
        if (orFewer || MOST.stream().anyMatch(before::endsWith)) {
            return Optional.of(new Limit(0, number, unit));
        }
        if (before.endsWith("fewer than") || before.endsWith("less than")) {
            return Optional.of(new Limit(0, number - 1, unit));
        }
        if (before.endsWith("at least") || before.endsWith("minimum of")) {
            return Optional.of(new Limit(number, Integer.MAX_VALUE, unit));
        }
        return isExact(words, words.size() - 1) ? Optional.of(new Limit(number, number, unit)) : Optional.empty();
    }

    private static boolean isExact(List<String> words, int last) {
        String word = word(words, last);
        String before = word(words, last - 1);
        if (EXACT.contains(word)) {
            return !WRITTEN.contains(before);
        }
        return EXACT_IN_DEMANDS.contains(word)
                && (ASKING.contains(before) || (before.equals("with") && ASKING.contains(word(words, last - 2))));
    }

    private static int spacedWords(String answer) {
        int count = 0;
        boolean inWord = false;
        for (int i = 0; i < answer.length(); i++) {
            char c = answer.charAt(i);
            if (Character.isWhitespace(c)) {
                inWord = false;
            } else if (!inWord && Character.isLetterOrDigit(c)) {
                inWord = true;
                count++;
            }
        }
        return count;
    }

    /** Sentences: the sure ones alone, or every place that may end one. */
    private static int sentences(String answer, boolean sureOnly) {
        String text = answer.strip();
        int count = 0;
        int wordStart = 0;
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (Character.isWhitespace(c)) {
                if (c == '\n' && !sureOnly) {
                    count++;
                }
                wordStart = i + 1;
                continue;
            }
            boolean stop = c == '.' || c == '!' || c == '?' || c == '\u2026';
            if (!stop || i + 1 == text.length()) {
                continue;
            }
            int next = i + 1;
            while (next < text.length() && ")\"'\u201d\u2019*".indexOf(text.charAt(next)) >= 0) {
                next++;
            }
            boolean space = next < text.length() && Character.isWhitespace(text.charAt(next));
            boolean capital = next + 1 < text.length() && Character.isUpperCase(text.charAt(next + 1));
            boolean longWord = i - wordStart >= 4 && text.indexOf('.', wordStart) == i;
            boolean quoted = next > i + 1;
            if (space && (!sureOnly || (capital && longWord && c != '\u2026' && !quoted))) {
                count++;
            }
        }
        return count + 1;
    }

    /** Words in lower case; hyphenated ones stay whole, so that "two-thirds" is no number. */
    private static List<String> words(String text) {
        List<String> words = new ArrayList<>();
        StringBuilder word = new StringBuilder();
        for (int i = 0; i <= text.length(); i++) {
            char c = i < text.length() ? text.charAt(i) : ' ';
            if (Character.isLetterOrDigit(c) || c == '-' || c == '\'' || c == '\u2019') {
                word.append(c);
            } else {
                if (word.length() > 0) {
                    words.add(LowerCase.of(word.toString()));
                    word.setLength(0);
                }
                if (!Character.isWhitespace(c)) {
                    words.add(""); // a mark between two words: they do not belong together
                }
            }
        }
        return words;
    }
}
