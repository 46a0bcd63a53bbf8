package io.github.mmevol.core.internal.text;

import java.util.Set;

/** Whether a capital "A" is the article, told by the word behind it and by what stands before it. */
enum Article {
    /** A noun or an adjective follows, and a text, sentence, bracket or label ends before it. */
    SURE,
    /** It may be the article or a letter. */
    DOUBTFUL,
    /** No word follows that can stand behind an article. */
    NONE;

    /** Words that no article stands before. */
    private static final Set<String> NEVER_BEHIND = Set.of(
            "is",
            "isn't",
            "was",
            "wasn't",
            "are",
            "aren't",
            "were",
            "cannot",
            "can't",
            "does",
            "doesn't",
            "did",
            "didn't",
            "has",
            "hasn't",
            "had",
            "would",
            "wouldn't",
            "could",
            "should",
            "might",
            "shall",
            "because",
            "since",
            "as",
            "and",
            "or",
            "nor",
            "but",
            "over",
            "for",
            "if",
            "when",
            "while",
            "which",
            "that",
            "in",
            "on",
            "at",
            "of",
            "by",
            "from",
            "with",
            "than",
            "instead",
            "not",
            "also",
            "therefore");

    private static final Set<String> VERBS = Set.of(
            "can",
            "will",
            "may",
            "must",
            "need",
            "est",
            "sont",
            "montre",
            "ist",
            "sind",
            "zeigt",
            "hat",
            "es",
            "son",
            "muestra",
            "tiene",
            "\u00e9",
            "\u00e8",
            "s\u00e3o",
            "jest",
            "\u00e4r",
            "zijn",
            "heeft");
    private static final Set<String> ADVERBS = Set.of(
            "only", "just", "never", "always", "still", "even", "too", "alone", "both", "either", "then", "again",
            "rather", "however", "to");
    private static final Set<String> NO_ADVERBS = Set.of(
            "family",
            "fly",
            "butterfly",
            "dragonfly",
            "jelly",
            "lily",
            "belly",
            "bully",
            "rally",
            "trolley",
            "friendly",
            "elderly",
            "curly",
            "lovely",
            "lonely",
            "early",
            "daily",
            "ugly",
            "silly",
            "hilly",
            "woolly");
    private static final Set<String> NO_VERBS = Set.of("lens", "series", "species", "news", "gas", "canvas", "atlas");
    private static final Set<String> BEHIND_PAST =
            Set.of("a", "an", "the", "that", "this", "no", "it", "there", "to", "all", "any", "nothing", "only", "as");
    private static final String OPENING = "\"'\u201c\u2018\u00ab([{*_-\u2013\u2014\u2022>=";
    private static final String ENDING = ".!?:;)]}\n\r\u3002\uff1a\uff01\uff1f\uff09";

    static Article at(String text, int at) {
        int next = at + 2;
        if (next >= text.length() || text.charAt(at + 1) != ' ') {
            return NONE;
        }
        char begins = text.charAt(next);
        if ("\"'\u201c\u2018".indexOf(begins) >= 0) {
            return mayStandBehind(text, at) ? SURE : DOUBTFUL;
        }
        if (!Character.isLetterOrDigit(begins) || Texts.unspaced(begins)) {
            return NONE;
        }
        String word = word(text, next);
        if (NEVER_BEHIND.contains(word) && !text.startsWith("-", next + word.length())) {
            return NONE;
        }
        return mayStandBehind(text, at) && !isVerb(word) && !isAdverb(word) && !isPast(text, next, word)
                ? SURE
                : DOUBTFUL;
    }

    private static String word(String text, int start) {
        int end = start;
        while (end < text.length() && (Texts.wordly(text.charAt(end)) || isApostrophe(text, end))) {
            end++;
        }
        return LowerCase.of(text.substring(start, end)).replace('\u2019', '\'');
    }

    private static boolean isApostrophe(String text, int at) {
        boolean mark = text.charAt(at) == '\'' || text.charAt(at) == '\u2019';
        return mark && at + 1 < text.length() && Texts.wordly(text.charAt(at + 1));
    }

    private static boolean isVerb(String word) {
        boolean thirdPerson = word.endsWith("s")
                && !word.endsWith("'s")
                && !word.endsWith("ss")
                && !word.endsWith("us")
                && !word.endsWith("is")
                && !NO_VERBS.contains(word);
        return thirdPerson || VERBS.contains(word) || word.endsWith("n't");
    }

    private static boolean isAdverb(String word) {
        return ADVERBS.contains(word) || (word.endsWith("ly") && !NO_ADVERBS.contains(word));
    }

    /** Whether a word can be a verb in the past, as in "A claimed that", while "a parked car" has none. */
    private static boolean isPast(String text, int start, String word) {
        int next = start + word.length() + 1;
        return word.endsWith("ed") && next < text.length() && BEHIND_PAST.contains(word(text, next));
    }

    /** Whether a sentence, a label or a name begins at a place, as behind "matches option B) ", not as behind "Statement ". */
    private static boolean mayStandBehind(String text, int at) {
        int before = at;
        while (before > 0 && text.charAt(before - 1) == ' ') {
            before--;
        }
        return before == 0
                || OPENING.indexOf(text.charAt(before - 1)) >= 0
                || ENDING.indexOf(text.charAt(before - 1)) >= 0;
    }
}
