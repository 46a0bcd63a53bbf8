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
    private static final Set<String> LISTING =
            Set.of("list", "name", "give", "identify", "mention", "provide", "state", "enumerate");
    private static final List<String> MOST =
            List.of("within", "under", "at most", "up to", "no more than", "not more than", "maximum of", "limit of");
    private static final Set<String> EXACT =
            Set.of("in", "exactly", "using", "use", "with", "write", "compose", "into", "only", "just", "precisely");
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
        return listed(words, answer);
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
            least = sentences(answer, true);
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
            if (!Set.of("word", "words", "sentence", "sentences").contains(unit)) {
                continue;
            }
            OptionalInt number = Texts.number(words.get(i - 1));
            if (number.isPresent()) {
                String before = String.join(" ", words.subList(Math.max(0, i - 4), i - 1));
                boolean orFewer = i + 2 < words.size()
                        && words.get(i + 1).equals("or")
                        && Set.of("fewer", "less").contains(words.get(i + 2));
                boolean orMore = i + 2 < words.size() && words.get(i + 1).equals("or") && !orFewer;
                String singular = unit.startsWith("word") ? "word" : "sentence";
                limit(number.getAsInt(), before, orFewer, orMore, singular).ifPresent(limits::add);
            }
        }
        return limits;
    }

    private static Optional<Limit> limit(int number, String before, boolean orFewer, boolean orMore, String unit) {
        String last = before.substring(before.lastIndexOf(' ') + 1);
        if (VAGUE.contains(last) || orMore) {
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
        return EXACT.contains(last) ? Optional.of(new Limit(number, number, unit)) : Optional.empty();
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

    private static Optional<String> listed(List<String> words, String answer) {
        for (int i = 0; i + 1 < words.size(); i++) {
            if (!LISTING.contains(words.get(i)) || (i > 0 && !beginsDemand(words.get(i - 1)))) {
                continue;
            }
            int at = i + 1;
            boolean least = false;
            if (at + 1 < words.size()
                    && words.get(at).equals("at")
                    && words.get(at + 1).equals("least")) {
                least = true;
                at += 2;
            } else if (at < words.size() && Set.of("exactly", "any", "the").contains(words.get(at))) {
                at++;
            }
            OptionalInt number = at < words.size() ? Texts.number(words.get(at)) : OptionalInt.empty();
            boolean noun = at + 1 < words.size()
                    && !Set.of("or", "to", "and", "of", "digit", "word", "words", "sentence", "sentences")
                            .contains(words.get(at + 1));
            if (number.isPresent() && number.getAsInt() >= 2 && number.getAsInt() <= 20 && noun) {
                return missed(number.getAsInt(), least, answer);
            }
        }
        return Optional.empty();
    }

    private static boolean beginsDemand(String before) {
        return Set.of(
                        "please",
                        "and",
                        "to",
                        "you",
                        "image",
                        "picture",
                        "photo",
                        "photograph",
                        "scene",
                        "closely",
                        "look",
                        "")
                .contains(before);
    }

    /** Lines with a bullet or a number are counted; in running text only an answer with surely too few is wrong. */
    private static Optional<String> missed(int number, boolean least, String answer) {
        List<String> lines = answer.lines().filter(line -> !line.isBlank()).toList();
        List<Integer> indents = lines.stream()
                .filter(Demands::isBullet)
                .map(line -> line.length() - line.stripLeading().length())
                .toList();
        long bullets = indents.stream()
                .filter(indents.stream().min(Integer::compare).orElse(0)::equals)
                .count();
        if (bullets >= 2) {
            boolean wrong = bullets < number || (bullets > number && !least);
            return wrong ? Optional.of(number + " asked for, " + bullets + " listed") : Optional.empty();
        }
        int parts = lines.size();
        String folded = " " + Texts.folded(answer) + " ";
        for (String separator : List.of(",", ";", " and ", " & ", ". ", "/", ": ", " with ", " plus ", " also ", "(")) {
            for (int at = folded.indexOf(separator); at >= 0; at = folded.indexOf(separator, at + separator.length())) {
                parts++;
            }
        }
        return parts < number ? Optional.of(number + " asked for, at most " + parts + " listed") : Optional.empty();
    }

    private static boolean isBullet(String line) {
        String start = line.strip();
        if (start.startsWith("- ") || start.startsWith("* ") || start.startsWith("\u2022")) {
            return true;
        }
        int digits = 0;
        while (digits < start.length() && digits < 3 && Character.isDigit(start.charAt(digits))) {
            digits++;
        }
        return digits > 0 && digits < start.length() && (start.charAt(digits) == '.' || start.charAt(digits) == ')');
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
