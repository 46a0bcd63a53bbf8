package io.github.mmevol.prompts;

import io.github.mmevol.core.evolution.Direction;
import io.github.mmevol.core.evolution.LiveInstruction;
import io.github.mmevol.core.sample.BoundingBox;
import io.github.mmevol.core.sample.DetectedObject;
import io.github.mmevol.core.sample.Forms;
import io.github.mmevol.core.sample.Instruction;
import io.github.mmevol.core.sample.Sample;
import io.github.mmevol.core.sample.Step;
import java.util.List;

/** The prompts of the three directions, and the scene that their examples are about: a market stall that does not exist. */
final class StandardPrompts {
    static final Direction PERCEPTUAL = new Direction(
            "perceptual",
            "The evolved question asks about a visible thing or property that neither its parent nor an earlier question of"
                    + " its line asks about, and it is no easier than its parent.");
    static final Direction COGNITIVE = new Direction(
            "cognitive",
            "The evolved answer takes at least one more necessary step or object than the parent's: one without which the"
                    + " answer cannot be reached. Padding is none.");
    static final Direction INTERACTIVE = new Direction(
            "interactive",
            "The evolved task has another form than its parent and is complete in itself: all that the form needs stands in"
                    + " the question.");

    // Everything that an example claims holds for its scene, and all scenes are the same stall.
    private static final String SCALE_AND_DOG =
            "A vegetable stall. Behind the table, a seller in a striped apron lays tomatoes on a hanging scale. On the table,"
                    + " a crate on the left is heaped with tomatoes. On the ground in front, a brown dog sleeps to the left"
                    + " of a blue bucket.";
    private static final String LEMONS =
"A vegetable stall. A crate on the table holds six lemons side by side; a sign in it reads '3 for 1.00'.";

    private static final DetectedObject SELLER = object("seller", 0.380, 0.100, 0.620, 0.460);
    private static final DetectedObject SCALE = object("hanging scale", 0.640, 0.060, 0.760, 0.380);
    private static final DetectedObject TOMATO_CRATE = object("tomato crate", 0.080, 0.450, 0.340, 0.640);
    private static final DetectedObject LEMON_CRATE = object("lemon crate", 0.370, 0.460, 0.610, 0.640);
    private static final DetectedObject SIGN = object("sign", 0.450, 0.420, 0.530, 0.500);
    private static final DetectedObject DOG = object("brown dog", 0.560, 0.820, 0.800, 0.950);
    private static final DetectedObject BUCKET = object("blue bucket", 0.840, 0.760, 0.940, 0.950);

    static final WorkedExample PERCEPTUAL_EXAMPLE = new WorkedExample(
            scene(SCALE_AND_DOG, SELLER, SCALE, DOG, BUCKET),
            parent(
                    Instruction.builder("What is the seller doing?", "The seller lays tomatoes on a hanging scale.")
                            .steps(List.of(
                                    new Step("grounding_1(seller)->bbx_1", "The seller stands behind the table at {o1}."),
                                    Step.of("The seller's hand lays tomatoes on the scale at {o2}.")))
                            .format("Norm")
                            .build(),
                    "What is the seller wearing?"),
            Instruction.builder(
                            "Which animal sleeps on the ground in front of the stall, and what stands beside it?",
                            "A brown dog sleeps there, and a blue bucket stands beside it.")
                    .steps(List.of(
                            new Step("grounding_1(sleeping animal)->bbx_1", "A brown dog lies asleep on the ground at {o3}."),
                            new Step(
                                    "grounding_2(thing beside the dog)->bbx_2",
                                    "Directly to its right stands a blue bucket at {o4}.")))
                    .objects(List.of("brown dog", "blue bucket"))
                    .skills(List.of("Grounding Ability", "Relationship Description Ability"))
                    .format("Norm")
                    .build());
    static final WorkedExample.Bad PERCEPTUAL_BAD = new WorkedExample.Bad(
            "How many tomatoes lie in the heaped crate on the left of the stall? Answer with one number.",
            "23",
            "in a heap the tomatoes hide one another, so they cannot be pointed at one by one (rule 3).");

    static final WorkedExample COGNITIVE_EXAMPLE = new WorkedExample(
            scene(LEMONS, LEMON_CRATE, SIGN),
            parent(Instruction.builder("What does the sign say?", "It says '3 for 1.00'.")
                    .steps(List.of(new Step("OCR_1(sign)->txt_1", "The sign at {o2} reads '3 for 1.00'.")))
                    .format("Norm")
                    .build()),
            Instruction.builder(
                            "At the price on the sign, what do all the lemons in the crate cost together? Explain how you"
                                    + " reach your answer.",
                            "The crate holds six lemons and the sign reads '3 for 1.00'. Six lemons are two groups of three,"
                                    + " so together they cost 2 x 1.00 = 2.00.")
                    .steps(List.of(
                            new Step("grounding_1(lemon crate)->bbx_1", "The lemons lie in the crate at {o1}."),
                            new Step(
                                    "calculate(number of lemons in bbx_1)->res_1",
                                    "Six lemons lie side by side and can be pointed at one by one."),
                            new Step("OCR_1(sign)->txt_1", "The sign at {o2} reads '3 for 1.00'."),
                            new Step(
                                    "calculate(6 / 3 * 1.00)->res_2",
                                    "Six lemons are two groups of three, which cost 2.00.")))
                    .objects(List.of("lemon crate", "lemons", "sign"))
                    .skills(List.of("Grounding Ability", "Calculating Ability", "OCR Ability"))
                    .format("complex reasoning")
                    .build());
    static final WorkedExample.Bad COGNITIVE_BAD = new WorkedExample.Bad(
            "Take your time and look at everything on the table: what does the sign in the crate say?",
            "The sign in the crate says '3 for 1.00'.",
            "a longer question, yet one look at the sign still solves it: padding.");

    static final WorkedExample INTERACTIVE_EXAMPLE = new WorkedExample(
            scene(SCALE_AND_DOG, SELLER, TOMATO_CRATE, DOG, BUCKET),
            parent(Instruction.builder("Is there an animal?", "Yes, a brown dog lies on the ground.")
                    .steps(List.of(new Step("grounding_1(animal)->bbx_1", "A brown dog lies on the ground at {o3}.")))
                    .format("Norm")
                    .build()),
            Instruction.builder(
                            "Which region holds the animal that sleeps in front of the stall? A) {o2} B) {o3} C) {o4} D) {o1}"
                                    + " Answer with the letter.",
                            "B")
                    .steps(List.of(
                            new Step(
                                    "grounding_1(sleeping animal)->bbx_1",
                                    "A brown dog lies asleep on the ground at {o3}."),
                            Step.of("Region B is the box around that dog.")))
                    .objects(List.of("brown dog"))
                    .skills(List.of("Grounding Ability", "Referencing Ability"))
                    .format("region_selection")
                    .build());
    static final WorkedExample.Bad INTERACTIVE_BAD = new WorkedExample.Bad(
            "Which of these animals is known for barking? A) horse B) dog C) cow D) sheep Answer with the letter.",
            "B",
            "general knowledge answers it, so nobody has to look at the image.");

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

    private static final PrefixPrompt PERCEPTUAL_PROMPT = PrefixPromptBuilder.forDirection(PERCEPTUAL)
            .aim("Ask about visible detail that was overlooked so far, above all what is small, rare, partly hidden or far"
                    + " back.")
            .mustChange("The thing or property asked about. Search the corners, the background and the small objects, and take"
                    + " what neither the given `question` nor its `already_asked` is about. Give each instruction of the"
                    + " message a detail of its own.")
            .mustStay("The difficulty or more, with about as many objects, skills and steps; one clear answer; the given"
                    + " `format` with its kind of answer.")
            .contrast(
                    "What colour is the ferry?",
                    "What is tied to the side of the small rowing boat at the pier, and how many of them are there?",
                    "Which colour does the large ferry have?",
                    "the same detail in other words")
            .format("the given `format`")
            .alreadyAsked()
            .example(PERCEPTUAL_EXAMPLE)
            .badExample(PERCEPTUAL_BAD.question(), PERCEPTUAL_BAD.answer(), PERCEPTUAL_BAD.why())
            .build();

    private static final PrefixPrompt COGNITIVE_PROMPT = PrefixPromptBuilder.forDirection(COGNITIVE)
            .aim("Lengthen the reasoning: the answer takes one or two more necessary steps than before.")
            .mustChange("The chain from image to answer. Add another object to compare or relate, a calculation, a likely"
                    + " cause or consequence with visible support, or a known fact joined to what is seen. End the question"
                    + " with its `cue`; the answer tells the chain and ends with the result.")
            .mustStay("The subject, the need to look, and one certain result.")
            .contrast(
                    "How many boats lie on the left of the pier?",
                    "On which side of the pier lie more boats, and how many more? Explain how you reach your answer.",
                    "Looking closely at the whole harbour, how many boats in all lie on the left of the pier?",
                    "longer, but still a single count")
            .format("`complex reasoning`, or the given `format` where its options, blank or yes-or-no stay")
            .cues(CUES)
            .example(COGNITIVE_EXAMPLE)
            .badExample(COGNITIVE_BAD.question(), COGNITIVE_BAD.answer(), COGNITIVE_BAD.why())
            .build();

    private static final PrefixPrompt INTERACTIVE_PROMPT = PrefixPromptBuilder.forDirection(INTERACTIVE)
            .aim("Turn the instruction into a task of another form about the same image.")
            .mustChange("The form. Choose one of the instruction's `allowed_forms` and do exactly what is said of it. Take"
                    + " the form that suits what this image shows; where several suit, the one whose answer can be checked,"
                    + " and a different one for each instruction.")
            .mustStay("The subject, or something near it in the image, and at least the difficulty. All that the form needs"
                    + " stands in the question, options as A) ... B) ... C) ...; wrong options are plausible for this scene.")
            .contrast(
                    "What colour is the ferry?",
                    "Fill in the blank with one word: The stripe along the hull of the ferry is ___.",
                    "Which colour is the ferry painted?",
                    "other words, the same form")
            .format("the id of the form you chose")
            .forms(Forms.standard())
            .example(INTERACTIVE_EXAMPLE)
            .badExample(INTERACTIVE_BAD.question(), INTERACTIVE_BAD.answer(), INTERACTIVE_BAD.why())
            .build();

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

    private static Sample scene(String caption, DetectedObject... objects) {
        return Sample.builder("market stall")
                .caption(caption)
                .objects(List.of(objects))
                .build();
    }

    private static LiveInstruction parent(Instruction instruction, String... earlierQuestions) {
        List<Instruction> ancestors = List.of(earlierQuestions).stream()
                .map(question -> Instruction.of(question, ""))
                .toList();
        return new LiveInstruction(WorkedExample.ID, instruction, ancestors);
    }

    private static DetectedObject object(String label, double x1, double y1, double x2, double y2) {
        return DetectedObject.of(label, new BoundingBox(x1, y1, x2, y2));
    }
}
