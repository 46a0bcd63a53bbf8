package io.github.mmevol.prompts;

import java.util.List;

/**
 * A pair of rewrites that shows where a direction's border lies.
 *
 * @param given a question
 * @param good a good rewrite of it
 * @param notEnough a rewrite that falls short
 * @param why why it falls short
 */
record Contrast(String given, String good, String notEnough, String why) {
    Contrast {
        PromptText.checkLine("given question", given);
        PromptText.checkLine("good question", good);
        PromptText.checkLine("question that is not enough", notEnough);
        PromptText.checkLine("reason", why);
    }

    String text(String givenName, String goodName, String notEnoughName) {
        return givenName + ": \"" + given + "\"\n" + goodName + ": \"" + good + "\"\n" + notEnoughName + ": \""
                + notEnough + "\" (" + why + ")";
    }

    List<String> rewrites() {
        return List.of(good, notEnough);
    }
}
