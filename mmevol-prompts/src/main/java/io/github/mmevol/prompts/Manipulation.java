package io.github.mmevol.prompts;

import java.util.List;

/**
 * A visual operation that a solving step can perform, as a prompt names it.
 *
 * @param call how it is written, for example {@code OCR_1(target)->txt_1}
 * @param meaning what it does, in a few words that end a line of the prompt
 */
public record Manipulation(String call, String meaning) {
    private static final List<Manipulation> STANDARD = List.of(
            new Manipulation("grounding_1(phrase)->bbx_1", "finds what the phrase names, gives its box"),
            new Manipulation("referring_1(bbx_1)->tgt_1", "zooms into a box with something small, tells what it is"),
            new Manipulation("calculate(expression)->res_1", "counts, or works out a formula over what was found"),
            new Manipulation("OCR_1(target)->txt_1", "reads the text on the target"));

    /** @throws IllegalArgumentException if a text is blank or has more than one line */
    public Manipulation {
        PromptText.checkLine("call of a manipulation", call);
        PromptText.checkLine("meaning of a manipulation", meaning);
    }

    /** The four manipulations of the method. */
    public static List<Manipulation> standard() {
        return STANDARD;
    }
}
