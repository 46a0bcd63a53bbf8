package io.github.mmevol.core.internal.text;

import java.util.Locale;

/**
 * Lower case in time linear in the text. {@link String#toLowerCase(Locale)} is not: it copies all of the text for each
 * capital I with a dot, and looks through all of it for each capital sigma. Here every character becomes one character.
 */
public final class LowerCase {
    private static final char DOTTED_I = '\u0130';
    private static final char SIGMA = '\u03a3';

    private LowerCase() {}

    /** The text in lower case. */
    public static String of(String text) {
        String plain = text.indexOf(DOTTED_I) < 0 ? text : text.replace(DOTTED_I, 'i');
        return (plain.indexOf(SIGMA) < 0 ? plain : plain.replace(SIGMA, '\u03c3')).toLowerCase(Locale.ROOT);
    }
}
