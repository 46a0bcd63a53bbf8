package io.github.mmevol.prompts;

import io.github.mmevol.core.evolution.LiveInstruction;
import io.github.mmevol.core.sample.BoundingBox;
import io.github.mmevol.core.sample.Check;
import io.github.mmevol.core.sample.DetectedObject;
import io.github.mmevol.core.sample.Instruction;
import io.github.mmevol.core.sample.Sample;
import io.github.mmevol.core.sample.Step;
import java.util.List;

/** The examples of the standard prompts. All are about one image that does not exist: a stall at a vegetable market. */
final class MarketStall {
    // What an example claims, its scene says; a scene is as much of the stall as its example needs.
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
                                    new Step(
                                            "grounding_1(seller)->bbx_1",
                                            "The seller stands behind the table at {o1}."),
                                    Step.of("The seller's hand lays tomatoes on the scale at {o2}.")))
                            .format("Norm")
                            .build(),
                    "What is the seller wearing?"),
            Instruction.builder(
                            "Which animal sleeps on the ground in front of the stall, and what stands beside it?",
                            "A brown dog sleeps there, and a blue bucket stands beside it.")
                    .steps(List.of(
                            new Step(
                                    "grounding_1(sleeping animal)->bbx_1",
                                    "A brown dog lies asleep on the ground at {o3}."),
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

    private static final Check BUCKET_LEFT = new Check(
            "relation",
            Check.Part.STEP,
            "The bucket at {o4} stands to the left of the dog at {o3}",
            Check.Result.DISPUTED,
            "blue bucket {o4}; brown dog {o3}");

    static final JudgeExample PERCEPTUAL_JUDGED = new JudgeExample(
            PERCEPTUAL_EXAMPLE.scene(),
            List.of(
                    new JudgeExample.Pair(
                            PERCEPTUAL_EXAMPLE.parent(),
                            PERCEPTUAL_EXAMPLE.evolved(),
                            new JudgedItem(
                                    true,
                                    true,
                                    true,
                                    true,
                                    5,
                                    "A brown dog sleeps in front of the stall and a blue bucket stands to its right, as the"
                                            + " answer says. Neither the parent nor the question before it asks about them, and"
                                            + " they take more looking for than the seller.")),
                    new JudgeExample.Pair(
                            parent(Instruction.builder("Is there a bucket?", "Yes, a blue one.")
                                    .build()),
                            Instruction.builder(
                                            "On which side of the sleeping dog does the blue bucket stand? Answer with left or"
                                                    + " right.",
                                            "Left")
                                    .steps(List.of(new Step(
                                            "grounding_1(blue bucket)->bbx_1",
                                            "The bucket at {o4} stands to the left of the dog at {o3}.")))
                                    .format("Norm")
                                    .build(),
                            List.of(BUCKET_LEFT),
                            new JudgedItem(
                                    false,
                                    true,
                                    true,
                                    false,
                                    3,
                                    "The bucket stands to the right of the dog; the answer says left.")
                                    .settling(Settlement.of(BUCKET_LEFT, Settlement.Right.ANNOTATION)))));
    static final JudgeExample COGNITIVE_JUDGED = new JudgeExample(
            COGNITIVE_EXAMPLE.scene(),
            List.of(
                    new JudgeExample.Pair(
                            COGNITIVE_EXAMPLE.parent(),
                            COGNITIVE_EXAMPLE.evolved(),
                            new JudgedItem(
                                    true,
                                    true,
                                    true,
                                    true,
                                    7,
                                    "I count six lemons, the sign reads '3 for 1.00', and two groups of three cost 2.00. The"
                                            + " parent only reads the sign; counting and calculating are necessary now.")),
                    judgedBad(
                            COGNITIVE_EXAMPLE,
                            COGNITIVE_BAD,
                            "Norm",
                            new JudgedItem(
                                    true,
                                    true,
                                    true,
                                    false,
                                    2,
                                    "The sign does say that. But reading it is all there is to do, as in the parent; the added"
                                            + " words need no step."))));
    static final JudgeExample INTERACTIVE_JUDGED = new JudgeExample(
            INTERACTIVE_EXAMPLE.scene(),
            List.of(
                    new JudgeExample.Pair(
                            INTERACTIVE_EXAMPLE.parent(),
                            INTERACTIVE_EXAMPLE.evolved(),
                            new JudgedItem(
                                    true,
                                    true,
                                    true,
                                    true,
                                    4,
                                    "The dog sleeps in front of the stall inside region B, as the answer says. Choosing among"
                                            + " regions is another form than the parent's question, and all four regions are"
                                            + " given.")),
                    judgedBad(
                            INTERACTIVE_EXAMPLE,
                            INTERACTIVE_BAD,
                            "multi_choice",
                            new JudgedItem(
                                    true,
                                    false,
                                    true,
                                    false,
                                    0,
                                    "Dogs bark, so the answer is right, but everybody knows it without the image."))));

    private MarketStall() {}

    private static Sample scene(String caption, DetectedObject... objects) {
        return Sample.builder("market stall")
                .caption(caption)
                .objects(List.of(objects))
                .build();
    }

    private static JudgeExample.Pair judgedBad(
            WorkedExample example, WorkedExample.Bad bad, String format, JudgedItem verdict) {
        Instruction evolved = example.parent().instruction().toBuilder()
                .question(bad.question())
                .answer(bad.answer())
                .format(format)
                .build();
        return new JudgeExample.Pair(example.parent(), evolved, verdict);
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
