package io.github.mmevol.prompts;

import io.github.mmevol.core.evolution.Direction;
import io.github.mmevol.core.sample.Forms;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** The three directions and their prompts. */
final class StandardPrompts {
    static final Direction PERCEPTUAL = new Direction(
            "perceptual",
            "The evolved question asks about a visible thing or property that neither its parent nor the questions before it"
                    + " ask about, and it is no easier than its parent.");
    static final Direction COGNITIVE = new Direction(
            "cognitive",
            "The evolved answer takes at least one more necessary step or object than the parent's: one without which the"
                    + " answer cannot be reached. Padding is none.");
    static final Direction INTERACTIVE = new Direction(
            "interactive",
            "The evolved task has another form than its parent and is complete in itself: all that the form needs stands in"
                    + " the question.");

    static final Contrast PERCEPTUAL_CONTRAST = new Contrast(
            "What colour is the ferry?",
            "What is tied to the side of the small rowing boat at the pier, and how many of them are there?",
            "Which colour does the large ferry have?",
            "the same detail in other words");
    static final Contrast COGNITIVE_CONTRAST = new Contrast(
            "How many boats lie on the left of the pier?",
            "On which side of the pier lie more boats, and how many more? Explain how you reach your answer.",
            "Looking closely at the whole harbour, how many boats in all lie on the left of the pier?",
            "longer, but still a single count");
    static final Contrast INTERACTIVE_CONTRAST = new Contrast(
            "What colour is the ferry?",
            "Fill in the blank with one word: The stripe along the hull of the ferry is ___.",
            "Which colour is the ferry painted?",
            "other words, the same form");

    private static final List<String> CUES = List.of(
            "Explain how you reach your answer.",
            "Work it out step by step.",
            "Give your reasoning before the result.",
            "Reason from what can be seen.",
            "Say what in the image leads you there.",
            "Justify your answer with what is visible.",
            "Walk through your reasoning.",
            "Think it through before you answer.",
            "Show the steps that lead to your answer.",
            "Lay out your chain of reasoning.");

    private static final PrefixPrompt PERCEPTUAL_PROMPT = perceptualParts().build();

    private static final PrefixPrompt COGNITIVE_PROMPT = cognitiveParts().build();

    private static final PrefixPrompt INTERACTIVE_PROMPT = interactiveParts().build();

    private StandardPrompts() {}

    static PrefixPrompt perceptual() {
        return PERCEPTUAL_PROMPT;
    }

    static PrefixPrompt cognitive() {
        return COGNITIVE_PROMPT;
    }

    static PrefixPrompt interactive() {
        return INTERACTIVE_PROMPT;
    }

    static List<PrefixPrompt> all() {
        return List.of(PERCEPTUAL_PROMPT, COGNITIVE_PROMPT, INTERACTIVE_PROMPT);
    }

    /** The same for people of whom each sample gets one. */
    static List<PrefixPrompt> all(List<String> personas) {
        return Stream.of(perceptualParts(), cognitiveParts(), interactiveParts())
                .map(parts -> parts.personas(personas).build())
                .toList();
    }

    /** The example for judging a direction; that of the perceptual one for a direction that is not ours. */
    static JudgeExample judgeExample(Direction direction) {
        if (direction.equals(COGNITIVE)) {
            return MarketStall.COGNITIVE_JUDGED;
        }
        return direction.equals(INTERACTIVE) ? MarketStall.INTERACTIVE_JUDGED : MarketStall.PERCEPTUAL_JUDGED;
    }

    /** The pair that shows a direction's border; none for a direction that is not ours. */
    static Optional<Contrast> contrast(Direction direction) {
        if (direction.equals(COGNITIVE)) {
            return Optional.of(COGNITIVE_CONTRAST);
        }
        if (direction.equals(INTERACTIVE)) {
            return Optional.of(INTERACTIVE_CONTRAST);
        }
        return direction.equals(PERCEPTUAL) ? Optional.of(PERCEPTUAL_CONTRAST) : Optional.empty();
    }

    private static PrefixPromptBuilder perceptualParts() {
        return PrefixPromptBuilder.forDirection(PERCEPTUAL)
                .aim(
                        "Ask about visible detail that was overlooked so far, above all what is small, rare, partly hidden or far"
                                + " back.")
                .mustChange(
                        "The thing or property asked about. Search the corners, the background and the small objects, and take"
                                + " what neither the given `question` nor its `already_asked` is about. Give each instruction of the"
                                + " message a detail of its own.")
                .mustStay(
                        "The difficulty or more, with about as many objects, skills and steps; one clear answer; the given"
                                + " `format` with its kind of answer.")
                .contrast(PERCEPTUAL_CONTRAST)
                .format("the given `format`")
                .alreadyAsked()
                .example(MarketStall.PERCEPTUAL_EXAMPLE, MarketStall.PERCEPTUAL_BAD);
    }

    private static PrefixPromptBuilder cognitiveParts() {
        return PrefixPromptBuilder.forDirection(COGNITIVE)
                .aim("Lengthen the reasoning: the answer takes one or two more necessary steps than before.")
                .mustChange(
                        "The chain from image to answer. Add another object to compare or relate, a calculation, a likely"
                                + " cause or consequence with visible support, or a known fact joined to what is seen. End the question"
                                + " with its `cue`; the answer tells the chain, the result last.")
                .mustStay("The subject, the need to look, and one certain result.")
                .contrast(COGNITIVE_CONTRAST)
                .format("`complex reasoning`, or the given `format` where its options, blank or yes-or-no stay")
                .cues(CUES)
                .example(MarketStall.COGNITIVE_EXAMPLE, MarketStall.COGNITIVE_BAD);
    }

    private static PrefixPromptBuilder interactiveParts() {
        return PrefixPromptBuilder.forDirection(INTERACTIVE)
                .aim("Turn the instruction into a task of another form about the same image.")
                .mustChange(
                        "The form. Choose one of the instruction's `allowed_forms` and do exactly what is said of it. Take"
                                + " the form that suits what this image shows; where several suit, the one whose answer can be checked,"
                                + " and a different one for each instruction.")
                .mustStay(
                        "The subject, or something near it in the image, and at least the difficulty. All that the form needs"
                                + " stands in the question, options as A) ... B) ... C) ...; wrong options are plausible for this scene.")
                .contrast(INTERACTIVE_CONTRAST)
                .format("the id of the form you chose")
                .forms(Forms.standard())
                .example(MarketStall.INTERACTIVE_EXAMPLE, MarketStall.INTERACTIVE_BAD);
    }
}
