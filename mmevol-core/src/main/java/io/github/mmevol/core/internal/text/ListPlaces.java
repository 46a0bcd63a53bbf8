package io.github.mmevol.core.internal.text;

import io.github.mmevol.core.internal.text.Token.Kind;
import java.util.List;
import java.util.Set;

/**
 * Tells whether a text speaks of options by where or as what they stand in their list, in words that no new order leaves
 * true: "the first is too large", "option 2", "the choice below", "so the answer is b", "the options are sorted".
 */
final class ListPlaces {
    private static final int LONGEST_SENTENCE = 40;
    private static final Set<String> OPTIONS =
            Texts.words("option options choice choices alternative alternatives answer answers entry entries antwort "
                    + "antworten auswahl opci\u00f3n opciones respuesta r\u00e9ponse proposition risposta opzione");
    /** What may stand behind an ordinal and be options. */
    private static final Set<String> ORDERED =
            Texts.words("region regions box boxes one ones statement statements item items");

    private static final Set<String> ORDINALS =
            Texts.words("first second third fourth fifth sixth seventh eighth last final next-to-last second-to-last "
                    + "penultimate upper lower preceding");
    /** The same where a number or a word for options follows: "the top two", "the middle one", "the other ones". */
    private static final Set<String> ENDS = Texts.words("top bottom middle uppermost lowermost earlier later");

    private static final Set<String> FORMER = Texts.words("former latter vorherige vorige folgende");
    /** Ordinals of other languages, where what follows them is not looked at. */
    private static final Set<String> FOREIGN = Texts.words(
            "erste ersten erster erstes zweite zweiten zweiter zweites dritte dritten dritter drittes vierte "
                    + "vierten vierter viertes letzte letzten letzter letztes obere oberen untere unteren premier "
                    + "premi\u00e8re deuxi\u00e8me troisi\u00e8me quatri\u00e8me dernier derni\u00e8re primero primera "
                    + "segundo segunda tercero tercera \u00faltimo \u00faltima");

    private static final Set<String> BESIDE =
            Texts.words("above below before after preceding following under beneath over");
    private static final Set<String> NEARLY = Texts.words("directly immediately just right");
    private static final Set<String> LISTS = Texts.words("list listed");
    private static final Set<String> SORTED = Texts.words("ordered sorted arranged ranked");
    private static final Set<String> ALPHABET =
            Texts.words("alphabet alphabetical alphabetically alphabetic alphabetisch");
    private static final Set<String> VERBS =
            Texts.words("is isn't are aren't was wasn't were has have had do don't does doesn't can can't cannot could "
                    + "would must may might will fit match show hold lie lack");
    /** Words that no noun begins with, so that an ordinal before them stands for an option itself. */
    private static final Set<String> NO_NOUNS =
            Texts.words("from of in and or but too also alone only not as because which that so since while for on by "
                    + "with to");

    private static final List<String> UNSPACED_COUNTED = List.of("\u4e2a", "\u500b", "\u9879", "\u9805", "\u9009");
    private static final List<String> UNSPACED =
            List.of("\u524d\u8005", "\u540e\u8005", "\u5f8c\u8005", "\u756a\u76ee", "\u524d\u4e24", "\u540e\u4e24");
    private static final List<String> UNSPACED_OPTIONS =
            List.of("\u9009\u9879", "\u9078\u9805", "\u7b54\u6848", "\u9009", "\u9078\u629e\u80a2");

    private final String text;
    private final List<Token> tokens;
    private final int size;

    private ListPlaces(String text, int size) {
        this.text = text;
        tokens = Tokens.of(text);
        this.size = size;
    }

    /**
     * Whether a text does.
     *
     * @param size how many options there are
     */
    static boolean in(String text, int size) {
        ListPlaces places = new ListPlaces(text, size);
        for (int i = 0; i < places.tokens.size(); i++) {
            if (places.names(i)) {
                return true;
            }
        }
        return places.inUnspaced();
    }

    private boolean names(int at) {
        Token token = tokens.get(at);
        if (token.is(Kind.NUMBER)) {
            return isOptions(at - 1) || (token.tight() && isOrdered(at + 1));
        }
        String word = token.word();
        if (!token.is(Kind.WORD) && !isOrdinal(at)) {
            return false;
        }
        return FORMER.contains(word)
                || FOREIGN.contains(word)
                || ALPHABET.contains(word)
                || isSmallLabel(at)
                || (isOrdinal(at) && (isOrdered(at + 1) || isCounted(at) || isBare(at)))
                || (ENDS.contains(word) && (isOrdered(at + 1) || isCounted(at)))
                || (BESIDE.contains(word) && (isBesideOptions(at) || isAlone(at)))
                || (LISTS.contains(word) && sentenceHas(at, BESIDE, true))
                || (SORTED.contains(word) && sentenceHas(at, OPTIONS, false));
    }

    private boolean isOrdinal(int at) {
        Token token = tokens.get(at);
        String word = token.word();
        boolean numbered = token.is(Kind.ODD)
                && !word.isEmpty()
                && Character.isDigit(word.charAt(0))
                && List.of("st", "nd", "rd", "th").stream().anyMatch(word::endsWith);
        return numbered || (token.is(Kind.WORD) && ORDINALS.contains(word));
    }

    private boolean isOptions(int at) {
        if (at < 0 || at >= tokens.size() || !tokens.get(at).is(Kind.WORD)) {
            return false;
        }
        String word = tokens.get(at).word();
        return OPTIONS.contains(word)
                || (Texts.unspaced(word.codePointAt(0))
                        && UNSPACED_OPTIONS.stream().anyMatch(word::endsWith));
    }

    /** "the choice below", "the option directly after". */
    private boolean isBesideOptions(int at) {
        boolean nearly = at > 0 && NEARLY.contains(tokens.get(at - 1).word());
        return isOptions(at - 1) || (nearly && isOptions(at - 2));
    }

    private boolean isOrdered(int at) {
        return isOptions(at)
                || (at < tokens.size() && ORDERED.contains(tokens.get(at).word()));
    }

    /** "the first two", "the upper three"; whether a noun or a verb follows cannot be told. */
    private boolean isCounted(int at) {
        return at + 1 < tokens.size() && tokens.get(at + 1).is(Kind.NUMBER);
    }

    /** "the first is", "the second from the top", and no "first, look at" or "the first lamp". */
    private boolean isBare(int at) {
        return at > 0 && tokens.get(at - 1).is("the") && isNoNoun(at + 1);
    }

    /** "the two above", "the one below is". */
    private boolean isAlone(int at) {
        if (at == 0) {
            return false;
        }
        Token before = tokens.get(at - 1);
        boolean one = before.is(Kind.NUMBER) || before.is("the") || ORDERED.contains(before.word());
        return one && (at + 1 == tokens.size() || !tokens.get(at + 1).is(Kind.WORD) || isVerb(tokens.get(at + 1)));
    }

    private boolean isNoNoun(int at) {
        if (at >= tokens.size() || !tokens.get(at).is(Kind.WORD)) {
            return true;
        }
        Token token = tokens.get(at);
        return isVerb(token) || NO_NOUNS.contains(token.word()) || isOrdered(at);
    }

    /** Whether a word is a verb, or may be one by its ending. */
    private static boolean isVerb(Token token) {
        return VERBS.contains(token.word())
                || token.word().endsWith("s")
                || token.word().endsWith("ed");
    }

    /** Whether a small letter stands for an option, of which the labels are capitals; "a" does behind a word for it. */
    private boolean isSmallLabel(int at) {
        Token token = tokens.get(at);
        char letter = text.charAt(token.start());
        boolean label = token.end() == token.start() + 1 && letter >= 'a' && letter < 'a' + size;
        boolean article = letter == 'a' && !isOptions(at - 1) && !text.startsWith(")", token.end());
        return label && !article;
    }

    private boolean sentenceHas(int at, Set<String> words, boolean orOrdinal) {
        for (int direction : new int[] {-1, 1}) {
            int far = at + direction * LONGEST_SENTENCE;
            for (int i = at;
                    i != far && i >= 0 && i < tokens.size() && !tokens.get(i).is(Kind.STOP);
                    i += direction) {
                if (words.contains(tokens.get(i).word()) || (orOrdinal && isOrdinal(i))) {
                    return true;
                }
            }
        }
        return false;
    }

    /** "the second option", "the latter" in scripts without spaces. */
    private boolean inUnspaced() {
        for (int at = text.indexOf('\u7b2c'); at >= 0; at = text.indexOf('\u7b2c', at + 1)) {
            String behind = text.substring(Math.min(text.length(), at + 2), Math.min(text.length(), at + 4));
            if (UNSPACED_COUNTED.stream().anyMatch(behind::contains)) {
                return true;
            }
        }
        return UNSPACED.stream().anyMatch(text::contains);
    }
}
