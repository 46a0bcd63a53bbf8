package io.github.mmevol.prompts;

import java.util.List;
import java.util.Locale;

/** Tells a reply in prose that declines from one that merely is not JSON. */
final class RefusalText {
    private static final int LOOK_AT = 300;
    private static final List<String> OPENINGS = List.of(
            "i",
            "we",
            "sorry",
            "unfortunately",
            "apologies",
            "my apologies",
            "as an ai",
            "as a language model",
            "es tut mir",
            "tut mir",
            "leider",
            "ich",
            "je",
            "d\u00e9sol\u00e9",
            "malheureusement",
            "lo siento",
            "lamentablemente",
            "no puedo",
            "\u62b1\u6b49",
            "\u5f88\u62b1\u6b49",
            "\u5bf9\u4e0d\u8d77",
            "\u6211");
    private static final List<String> INABILITIES = List.of(
            "i can't",
            "i cannot",
            "i can not",
            "i am unable",
            "i'm unable",
            "i am not able",
            "i'm not able",
            "i won't",
            "i will not",
            "i must decline",
            "i have to decline",
            "i must refuse",
            "i am not comfortable",
            "i'm not comfortable",
            "i don't feel comfortable",
            "i do not feel comfortable",
            "i don't have the ability",
            "i do not have the ability",
            "i'm not allowed",
            "i am not allowed",
            "we can't",
            "we cannot",
            "we are unable",
            "ich kann",
            "kann ich",
            "ich darf",
            "darf ich",
            "je ne peux",
            "je ne suis pas en mesure",
            "je suis incapable",
            "no puedo",
            "no me es posible",
            "\u65e0\u6cd5",
            "\u4e0d\u80fd");
    private static final List<String> GERMAN = List.of("ich kann", "kann ich", "ich darf", "darf ich");

    private RefusalText() {}

    /** Whether a text begins in the first person with what its writer cannot or will not do. */
    static boolean refuses(String text) {
        String start = text.substring(0, Math.min(LOOK_AT, text.length()))
                .toLowerCase(Locale.ROOT)
                .replace('\u2019', '\'');
        int at = 0;
        while (at < start.length() && !Character.isLetter(start.charAt(at))) {
            at++;
        }
        String words = start.substring(at);
        return OPENINGS.stream().anyMatch(opening -> opens(words, opening))
                && INABILITIES.stream()
                        .anyMatch(inability ->
                                words.contains(inability) && (!GERMAN.contains(inability) || words.contains("nicht")));
    }

    private static boolean opens(String words, String opening) {
        if (!words.startsWith(opening)) {
            return false;
        }
        char last = opening.charAt(opening.length() - 1);
        boolean spaced = Character.UnicodeScript.of(last) != Character.UnicodeScript.HAN;
        return !spaced || words.length() == opening.length() || !Character.isLetter(words.charAt(opening.length()));
    }
}
