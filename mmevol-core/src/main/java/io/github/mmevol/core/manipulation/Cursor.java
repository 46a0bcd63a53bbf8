package io.github.mmevol.core.manipulation;

import io.github.mmevol.core.internal.text.Token;
import io.github.mmevol.core.internal.text.Token.Kind;
import java.util.List;
import java.util.Set;

/** A place in the tokens of a text, and what stands there. */
final class Cursor {
    private static final Token END = new Token(Kind.STOP, 0, 0, "", null, false);

    private final List<Token> tokens;
    private int at;

    Cursor(List<Token> tokens, int at) {
        this.tokens = tokens;
        this.at = at;
    }

    List<Token> tokens() {
        return tokens;
    }

    int at() {
        return at;
    }

    void moveTo(int place) {
        at = place;
    }

    void step() {
        at++;
    }

    /** The token here, or so many further on; a full stop behind the end. */
    Token peek(int ahead) {
        int place = at + ahead;
        return place >= 0 && place < tokens.size() ? tokens.get(place) : END;
    }

    boolean is(Kind kind) {
        return peek(0).is(kind);
    }

    /** Whether these words stand here, one after the other. */
    boolean is(String... words) {
        for (int i = 0; i < words.length; i++) {
            if (!peek(i).is(words[i])) {
                return false;
            }
        }
        return true;
    }

    boolean isAnyOf(Set<String> words) {
        return peek(0).is(Kind.WORD) && words.contains(peek(0).word());
    }

    /** Steps over these words if they stand here. */
    boolean skip(String... words) {
        boolean here = is(words);
        at += here ? words.length : 0;
        return here;
    }

    void skipAll(Set<String> words) {
        while (isAnyOf(words)) {
            at++;
        }
    }

    /** Steps over a percent sign or its words. */
    boolean skipPercent() {
        if (is(Kind.PERCENT)) {
            at++;
            return true;
        }
        return skip("percent") || skip("per", "cent");
    }

    /** Steps over words in brackets, at most so many. */
    void skipWordsInBrackets(int most) {
        if (!is(Kind.OPEN)) {
            return;
        }
        int words = 0;
        while (words < most && peek(1 + words).is(Kind.WORD)) {
            words++;
        }
        if (words > 0 && peek(1 + words).is(Kind.CLOSE)) {
            at += words + 2;
        }
    }
}
