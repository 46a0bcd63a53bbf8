package io.github.mmevol.core.elimination;

import io.github.mmevol.core.evolution.Candidate;
import io.github.mmevol.core.internal.text.LowerCase;
import io.github.mmevol.core.internal.text.Phrases;
import io.github.mmevol.core.internal.text.Texts;
import io.github.mmevol.core.sample.Instruction;
import io.github.mmevol.core.sample.Step;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** Looks for what only a chat template or a data loader may write, and for characters that no text should hold. */
final class ControlTokens {
    /** In lower case; each begins with a bracket of some kind or a hash. */
    private static final Phrases TOKENS = new Phrases(List.of(
            "<image>",
            "<img>",
            "</img>",
            "<video>",
            "<s>",
            "</s>",
            "<bos>",
            "<eos>",
            "<pad>",
            "<unk>",
            "<think>",
            "</think>",
            "<start_of_turn>",
            "<end_of_turn>",
            "<start_of_image>",
            "<end_of_image>",
            "<image_soft_token>",
            "<im_start>",
            "<im_end>",
            "<<sys>>",
            "<</sys>>",
            "[inst]",
            "[/inst]",
            "[img]",
            "### instruction:",
            "### response:",
            "### human:",
            "### assistant:"));

    private static final int LONGEST_NAME = 48;

    private ControlTokens() {}

    static Verdict judge(Candidate candidate) {
        for (String text : texts(candidate.evolved())) {
            if (text.indexOf('<') >= 0 || text.indexOf('[') >= 0 || text.indexOf('#') >= 0) {
                String lower = LowerCase.of(text);
                int at = TOKENS.find(lower);
                if (at >= 0) {
                    String token = TOKENS.at(lower, at).get(0);
                    return Verdict.reject("the text holds the control token " + token, Texts.around(lower, at));
                }
            }
            int special = special(text);
            if (special >= 0) {
                return Verdict.reject("the text holds a control token", Texts.around(text, special));
            }
            int broken = brokenCharacter(text);
            if (broken >= 0) {
                return Verdict.reject(String.format(
                        Locale.ROOT, "the text holds the character U+%04X at %d", (int) text.charAt(broken), broken));
            }
        }
        return Verdict.pass();
    }

    private static List<String> texts(Instruction evolved) {
        List<String> texts = new ArrayList<>(List.of(evolved.question(), evolved.answer()));
        for (Step step : evolved.steps()) {
            texts.add(step.manipulation());
            texts.add(step.description());
        }
        return texts;
    }

    /** Where a {@code <|name|>} begins, the bars narrow or full-width; -1 if there is none. */
    private static int special(String text) {
        for (int i = text.indexOf('<'); i >= 0; i = text.indexOf('<', i + 1)) {
            if (i + 1 >= text.length() || !isBar(text.charAt(i + 1))) {
                continue;
            }
            int end = i + 2;
            while (end < text.length() && end - i < LONGEST_NAME && isNameCharacter(text.charAt(end))) {
                end++;
            }
            if (end > i + 2 && end + 1 < text.length() && isBar(text.charAt(end)) && text.charAt(end + 1) == '>') {
                return i;
            }
        }
        return -1;
    }

    private static boolean isBar(char c) {
        return c == '|' || c == '\uff5c';
    }

    private static boolean isNameCharacter(char c) {
        return Character.isLetterOrDigit(c) || c == '_' || c == '-' || c == '\u2581';
    }

    /** Where a control character or half a surrogate pair stands; -1 if nowhere. */
    private static int brokenCharacter(String text) {
        char[] chars = text.toCharArray();
        for (int i = 0; i < chars.length; i++) {
            char c = chars[i];
            if (c >= ' ' && c < Character.MIN_SURROGATE) {
                continue;
            }
            if (Character.isHighSurrogate(c) && i + 1 < chars.length && Character.isLowSurrogate(chars[i + 1])) {
                i++;
            } else if (Character.isSurrogate(c) || (c < ' ' && c != '\n' && c != '\r' && c != '\t')) {
                return i;
            }
        }
        return -1;
    }
}
