package io.github.mmevol.core.analysis;

/** Cuts texts. */
final class Cut {
    private Cut() {}

    /** The start of a text, never half of a surrogate pair. */
    static String to(String text, int length) {
        if (text.length() <= length) {
            return text;
        }
        boolean splits = Character.isHighSurrogate(text.charAt(length - 1));
        return text.substring(0, splits ? length - 1 : length);
    }

    /** The same, and where something was cut off, how long the whole is. */
    static String marked(String text, int length) {
        return text.length() <= length ? text : to(text, length) + " \u2026 (" + text.length() + " characters)";
    }
}
