package io.github.mmevol.prompts;

/** The start of a model's text, short enough for a message. */
final class Excerpt {
    private static final int LENGTH = 120;

    private Excerpt() {}

    static String of(String text) {
        StringBuilder line = new StringBuilder();
        boolean more = false;
        for (int at = 0; at < text.length() && !more; ) {
            int c = text.codePointAt(at);
            at += Character.charCount(c);
            boolean blank = Character.isWhitespace(c) || Character.isISOControl(c);
            if (!blank) {
                line.appendCodePoint(c);
            } else if (!line.isEmpty() && line.charAt(line.length() - 1) != ' ') {
                line.append(' ');
            }
            more = line.length() >= LENGTH && at < text.length();
        }
        return "'" + line.toString().strip() + (more ? "...'" : "'");
    }
}
