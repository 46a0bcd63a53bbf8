package io.github.mmevol.core.internal.text;

/** Kinds of characters; those of ASCII, nearly all that is met, are looked up at once. */
public final class Characters {
    private static final int ASCII = 128;
    private static final byte WORDLY = 1;
    private static final byte SPACE = 2;
    private static final byte SYMBOL = 4;
    private static final byte[] KINDS = new byte[ASCII];

    static {
        for (int c = 0; c < ASCII; c++) {
            KINDS[c] |= Character.isLetterOrDigit(c) ? WORDLY : 0;
            KINDS[c] |= Character.isWhitespace(c) || Character.isSpaceChar(c) ? SPACE : 0;
            KINDS[c] |= isOfSymbolType(c) ? SYMBOL : 0;
        }
    }

    private Characters() {}

    public static boolean isLetterOrDigit(int c) {
        return c < ASCII ? KINDS[c] == WORDLY : Character.isLetterOrDigit(c);
    }

    /** White space of every kind, those that no line is broken at included. */
    public static boolean isSpace(int c) {
        return c < ASCII ? KINDS[c] == SPACE : Character.isWhitespace(c) || Character.isSpaceChar(c);
    }

    /** Signs of mathematics, of currencies, and all that stands for a thing; no punctuation. */
    public static boolean isSymbol(int c) {
        return c < ASCII ? KINDS[c] == SYMBOL : isOfSymbolType(c);
    }

    private static boolean isOfSymbolType(int c) {
        int type = Character.getType(c);
        return type == Character.MATH_SYMBOL || type == Character.CURRENCY_SYMBOL || type == Character.OTHER_SYMBOL;
    }
}
