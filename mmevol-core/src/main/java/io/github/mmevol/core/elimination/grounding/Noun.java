package io.github.mmevol.core.elimination.grounding;

import io.github.mmevol.core.internal.text.Token.Kind;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A noun phrase in a text, from its article to its head.
 *
 * @param first the first token
 * @param last the last token
 * @param phrase its text
 * @param definite whether it speaks of things that are known: "the cup", "its handle"
 */
record Noun(int first, int last, String phrase, boolean definite) {
    private static final int MOST_WORDS = 8;

    private static final Set<String> DEFINITE = Words.of("""
            the this that these those his her its their both all
            """);
    private static final Set<String> INDEFINITE = Words.of("""
            a an some any no each every another
            """);

    /** Words of place that stand before or between nouns. */
    static final Set<String> PREPOSITIONS = Words.of("""
            of in on at near by with without behind beside next above below under underneath beneath over between
            among along across around inside outside from to toward towards against through for within beyond
            opposite into onto off about after before like than as via per
            """);

    /** Words that no noun phrase goes across. */
    private static final Set<String> OTHER_BOUNDS = Words.of("""
            and or but nor so while whereas because since if whether when where that which who whose what how is are
            was were be been being does do did has have had can could will would should may might must not isn't
            aren't there here it they he she you we i them him one both then thus therefore also only just directly
            slightly clearly immediately exactly partly stand stands standing lie lies lying sit sits sitting hang
            hangs hanging rest rests resting located positioned placed situated found seen visible shown appear
            appears appearing show shows showing hold holds holding contain contains containing carry carries cover
            covers covering mark marks enclose encloses frame frames surround surrounds outline outlines find locate
            identify detect see look looks looking points point reaches reach rises rise runs run extends extend
            leans faces facing bends left right compare comparing says reads lists names yes no answer option
            correct so-called together respectively instead relative compared
            """);

    /** The phrase that ends at a token; null if no noun can end there. */
    static @Nullable Noun endingAt(Passage passage, int last) {
        int first = last;
        while (last - first < MOST_WORDS
                && passage.isWord(first)
                && !isBound(passage.word(first))
                && !isArticle(passage.word(first))) {
            first--;
        }
        if (first == last) {
            return null;
        }
        boolean article = passage.is(first, Kind.NUMBER) || isArticle(passage.word(first));
        return of(passage, article ? first : first + 1, last);
    }

    /** The phrase that begins at a token; null if none does. */
    static @Nullable Noun startingAt(Passage passage, int first) {
        int next = passage.is(first, Kind.NUMBER) || isArticle(passage.word(first)) ? first + 1 : first;
        int last = next;
        while (last - next < MOST_WORDS
                && passage.isWord(last)
                && !isBound(passage.word(last))
                && !isArticle(passage.word(last))) {
            last++;
        }
        return last == next ? null : of(passage, first, last - 1);
    }

    static boolean isBound(String word) {
        return PREPOSITIONS.contains(word) || OTHER_BOUNDS.contains(word);
    }

    private static boolean isArticle(String word) {
        return DEFINITE.contains(word) || INDEFINITE.contains(word);
    }

    private static Noun of(Passage passage, int first, int last) {
        return new Noun(first, last, passage.text(first, last), DEFINITE.contains(passage.word(first)));
    }
}
