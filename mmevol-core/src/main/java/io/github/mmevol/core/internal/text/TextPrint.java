package io.github.mmevol.core.internal.text;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What a question and its answer say, in a form that is compared fast: the hashes of all runs of three words, and of the
 * words that tell what is asked. Case, punctuation, little words, and the order of options and sentences make no
 * difference.
 *
 * @param question of the question's runs of words, rising
 * @param answer of the answer's runs of words, rising
 * @param telling of the words that tell what is asked, options not among them, rising
 */
@SuppressWarnings("ArrayRecordComponent")
public record TextPrint(int[] question, int[] answer, int[] telling) {
    /** From which likeness on two texts are near. */
    public static final double NEAR = 0.7;

    /** How many words are one run; a sentence or option that is shorter is one as a whole. */
    private static final int RUN = 3;

    private static final int QUESTION = 0x51;
    private static final int ANSWER = 0xa5;

    /** Words that can come, go and stand for one another without a change of what is said. */
    private static final Set<String> LITTLE = Set.of(
            "a",
            "an",
            "the",
            "this",
            "that",
            "these",
            "those",
            "is",
            "are",
            "was",
            "were",
            "be",
            "do",
            "does",
            "did",
            "can",
            "could",
            "what",
            "which",
            "there",
            "in",
            "within",
            "image",
            "picture",
            "photo",
            "photograph",
            "scene",
            "shown",
            "seen",
            "see",
            "visible",
            "depicted",
            "you",
            "me",
            "tell",
            "please");

    /** The print of a question with its answer. */
    public static TextPrint of(String question, String answer) {
        List<Words.Part> asked = Words.parts(question);
        Hashes asking = new Hashes();
        Hashes telling = new Hashes();
        Map<Character, List<String>> options = new HashMap<>();
        for (Words.Part part : asked) {
            List<String> words = withoutLittle(part.words());
            asking.addRuns(words, QUESTION);
            if (!part.isOption()) {
                words.forEach(word -> telling.add(mixed(word.hashCode())));
            } else {
                options.putIfAbsent(part.label(), part.words());
            }
        }
        Hashes answering = new Hashes();
        for (Words.Part part : Words.parts(answer)) {
            answering.addRuns(withoutLittle(resolved(part.words(), options)), ANSWER);
        }
        return new TextPrint(asking.distinct(), answering.distinct(), telling.distinct());
    }

    /** The share of their runs of words that both have, 0..1. */
    public double likeness(TextPrint other) {
        return share(
                common(question, other.question) + common(answer, other.answer),
                question.length + answer.length,
                other.question.length + other.answer.length);
    }

    /**
     * Whether this one says an earlier one again: they are near, and the question tells nothing that the earlier one does
     * not. Where it tells less, the answers have to be near too. So neither one template about two things nor a question
     * with a further condition is a repetition.
     */
    public boolean repeats(TextPrint earlier) {
        if (!likenessCanReach(earlier) || common(telling, earlier.telling) < telling.length) {
            return false;
        }
        boolean tellsTheSame = telling.length == earlier.telling.length;
        return likeness(earlier) >= NEAR
                && (tellsTheSame
                        || share(common(answer, earlier.answer), answer.length, earlier.answer.length) >= NEAR);
    }

    /** Told from the lengths, as most that are compared are far apart. */
    private boolean likenessCanReach(TextPrint other) {
        int runs = question.length + answer.length;
        int otherRuns = other.question.length + other.answer.length;
        return Math.min(runs, otherRuns) >= NEAR * Math.max(runs, otherRuns);
    }

    private static double share(int common, int one, int other) {
        int all = one + other - common;
        return all == 0 ? 1 : (double) common / all;
    }

    private static List<String> withoutLittle(List<String> words) {
        List<String> others = new ArrayList<>(words.size());
        for (String word : words) {
            if (!LITTLE.contains(word)) {
                others.add(word);
            }
        }
        return others;
    }

    /** An answer that is the label of an option stands for that option, wherever the option stands. */
    private static List<String> resolved(List<String> answer, Map<Character, List<String>> options) {
        String first = answer.get(0);
        @Nullable List<String> option = first.length() > 1 ? null : options.get(first.charAt(0));
        if (option == null) {
            return answer;
        }
        return answer.size() == 1 ? option : answer.subList(1, answer.size());
    }

    private static int mixed(int hash) {
        int h = hash * 0x9e3779b9;
        h ^= h >>> 15;
        h *= 0x85ebca6b;
        return h ^ (h >>> 13);
    }

    private static int common(int[] a, int[] b) {
        int common = 0;
        int i = 0;
        int j = 0;
        while (i < a.length && j < b.length) {
            if (a[i] == b[j]) {
                common++;
                i++;
                j++;
            } else if (a[i] < b[j]) {
                i++;
            } else {
                j++;
            }
        }
        return common;
    }

    private static final class Hashes {
        private int[] values = new int[64];
        private int size;

        void add(int value) {
            if (size == values.length) {
                values = Arrays.copyOf(values, 2 * size);
            }
            values[size++] = value;
        }

        void addRuns(List<String> words, int salt) {
            for (int i = 0; i < words.size() && (i == 0 || i + RUN <= words.size()); i++) {
                int hash = salt;
                for (int j = i; j < Math.min(i + RUN, words.size()); j++) {
                    hash = mixed(31 * hash + words.get(j).hashCode());
                }
                add(hash);
            }
        }

        int[] distinct() {
            Arrays.sort(values, 0, size);
            int distinct = 0;
            for (int i = 0; i < size; i++) {
                if (i == 0 || values[i] != values[i - 1]) {
                    values[distinct++] = values[i];
                }
            }
            return Arrays.copyOf(values, distinct);
        }
    }
}
