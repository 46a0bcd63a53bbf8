package io.github.mmevol.core.dataset;

import io.github.mmevol.core.internal.text.Words;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Set;

/**
 * A question without what it asks about: nouns with their adjectives, numbers and boxes are {@code _}, options are
 * {@code [options]}. Questions of one template have one skeleton: "How many cups are on the table?" is {@code how many _ are
 * on the _}. What a noun is, is told from the little words of English; of questions in other languages numbers and options
 * alone are left out.
 *
 * @param text the skeleton, in lower case
 */
public record Skeleton(String text) {
    private static final String BLANK = "_";
    private static final String OPTIONS = "[options]";

    /** Behind these comes a noun. */
    private static final Set<String> OPENING = words(
            "a an the this these those my your his her its their our of in on at by with from for between behind under"
                    + " above below beside beneath over across near inside outside within into onto around along through"
                    + " against toward towards without like many much which what whose each every any some all both no"
                    + " other another more most fewer less");

    /** Behind these comes none, or nobody can tell. */
    private static final Set<String> CLOSING = words(
            "is are was were be been being does do did has have had can could will would should may might must who whom"
                    + " where when why how that it they he she you we i not if than as there here to so then while because"
                    + " whether or and but left right");

    /** Words that questions in other languages do not hold. */
    private static final Set<String> ENGLISH =
            words("the what which how where when who why does are there this these with");

    /** A question that begins with one of these has its subject next. */
    private static final Set<String> INVERTING = words("is are was were does do did has have can could will would");

    private static final Set<String> NUMBERS =
            words("one two three four five six seven eight nine ten eleven twelve first second third fourth fifth");

    /** Keeps the text. */
    public Skeleton {
        Objects.requireNonNull(text, "text");
    }

    /** The skeleton of a question. */
    public static Skeleton of(String question) {
        Objects.requireNonNull(question, "question");
        List<Words.Part> parts = Words.parts(question);
        boolean english = isEnglish(parts);
        List<String> kept = new ArrayList<>();
        for (Words.Part part : parts) {
            if (part.isOption()) {
                add(OPTIONS, kept);
            } else {
                addPart(part.words(), english, kept);
            }
        }
        return new Skeleton(String.join(" ", kept));
    }

    private static void addPart(List<String> words, boolean english, List<String> kept) {
        boolean nounNext = english && INVERTING.contains(words.get(0));
        boolean verbMayCome = false;
        for (int i = 0; i < words.size(); i++) {
            String word = words.get(i);
            if (isNumber(word) || (english && NUMBERS.contains(word))) {
                add(BLANK, kept);
                nounNext = english;
            } else if (!english || CLOSING.contains(word)) {
                add(word, kept);
                nounNext = english && i == 0 && nounNext;
            } else if (OPENING.contains(word)) {
                add(word, kept);
                nounNext = true;
                verbMayCome = false;
            } else if (nounNext && !(verbMayCome && looksLikeVerb(word))) {
                add(BLANK, kept);
                verbMayCome = true;
            } else {
                add(word, kept);
                nounNext = false;
            }
        }
    }

    /** Adds a word; blanks and options one behind the other are one. */
    private static void add(String word, List<String> kept) {
        boolean again = !kept.isEmpty() && kept.get(kept.size() - 1).equals(word);
        if (!(again && (word.equals(BLANK) || word.equals(OPTIONS)))) {
            kept.add(word);
        }
    }

    private static boolean looksLikeVerb(String word) {
        return word.endsWith("ing") || word.endsWith("ed");
    }

    private static boolean isNumber(String word) {
        return Character.isDigit(word.charAt(0));
    }

    /** Whether it holds a word that is English alone, or little words of English for the most part. */
    private static boolean isEnglish(List<Words.Part> parts) {
        List<String> words =
                parts.stream().flatMap(part -> part.words().stream()).toList();
        long little = words.stream()
                .filter(word -> OPENING.contains(word) || CLOSING.contains(word))
                .count();
        return words.stream().anyMatch(ENGLISH::contains) || 2 * little > words.size();
    }

    private static Set<String> words(String list) {
        return Set.of(list.split(" "));
    }
}
