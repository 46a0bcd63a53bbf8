package io.github.mmevol.core.elimination.grounding;

import io.github.mmevol.core.internal.text.Token;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Tells English from other languages by script and by the small words that every sentence needs. */
final class Language {
    /** The small words: 1 for the English ones, -1 for those of the other languages. */
    private static final Map<String, Integer> WEIGHTS = new HashMap<>();

    static {
        // German, Dutch, French, Spanish, Italian, Portuguese
        Words.of("""
            der die das dem des und ist sind wie viele im auf welche welcher welches ein eine einen einem nicht zu
            von mit steht liegt sich es bei aus wo ja nein het een hoeveel zijn op niet dass oder links rechts bild
            befindet zeigt le la les du et est sont dans sur quelle quel quelles quels combien une un il elle y au
            aux avec pas qui que où el los las son del una hay cuántos cuántas qué cuál dónde con por al sí di che
            quanti sono nella della gli uma são quantos quantas não de
            """).forEach(word -> WEIGHTS.put(word, -1));
        Words.of("""
            the a an of and is are in on at to which what how many does do there with from this that by it for or
            not where who has have be can one they its his her as between than you your both yes no name give answer
            left right list count describe
            """).forEach(word -> WEIGHTS.put(word, 1));
    }

    private Language() {}

    /** Whether a text is surely English: it has English words, and more of them than of other languages. */
    static boolean isEnglish(Passage passage) {
        return weight(passage.tokens()) > 0 && !otherScript(passage.text());
    }

    /** Whether a text is surely not English; a text without any small word may be. */
    static boolean isForeign(Passage passage) {
        return weight(passage.tokens()) < 0 || otherScript(passage.text());
    }

    private static int weight(List<Token> tokens) {
        int weight = 0;
        for (Token token : tokens) {
            Integer known = WEIGHTS.get(token.word());
            weight += known == null ? 0 : known;
        }
        return weight;
    }

    /** Whether a fifth of the letters or more are of another script than Latin. */
    private static boolean otherScript(String text) {
        int letters = 0;
        int others = 0;
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c < 128) {
                letters += (c | 32) >= 'a' && (c | 32) <= 'z' ? 1 : 0;
            } else if (Character.isLetter(c)) {
                letters++;
                others += Character.UnicodeScript.of(c) == Character.UnicodeScript.LATIN ? 0 : 1;
            }
        }
        return others * 5 >= letters && others > 0;
    }
}
