package io.github.mmevol.prompts;

import io.github.mmevol.core.evolution.Direction;
import java.util.ArrayList;
import java.util.List;

/** The parts of the judge's prompts. */
final class JudgeParts {
    private static final String ROLE = """
            You check training data for vision-language models. You get one image and pairs of instructions about it: a \
            parent, and the evolved instruction that was made of it. Tell for each pair whether the evolved instruction is \
            right for this image and better than its parent.
            The image decides. Captions, object lists, parents and steps can be wrong: where text and image disagree, trust \
            the image.
            What you let through is trained on. A wrong answer that passes does more harm than a good item that fails. The \
            usual faults: a thing that is not there, a miscount, left and right mixed up, words misread, a second right \
            option, an answer taken from the caption instead of the image.
            """;
    private static final String BLIND_ROLE = """
            You check training data for vision-language models. You get what is known of one image, without the image, and \
            pairs of instructions about it: a parent, and the evolved instruction that was made of it. Tell for each pair \
            whether the evolved instruction is right for this image and better than its parent.
            Caption and objects are your only evidence. What they contradict is wrong; what they leave open counts as right \
            if it is plausible for this image.
            What you let through is trained on. A wrong answer that passes does more harm than a good item that fails. The \
            usual faults: a thing that is not there, a miscount, left and right mixed up, words misread, a second right \
            option.
            """;

    private static final String PAIRS_FIELD =
            "`pairs`: what to judge. Each has `id`; `parent` with `question` and `answer`; `evolved` with `question`, `steps`,"
                    + " `answer` and `format`, where `Norm` is a plain question.";
    private static final String POSITION_FIELD =
            "`image_position`: told where the image is put together from four pictures; the pair is about that picture.";
    private static final String LINE_FIELD =
            "`already_asked`: the questions that the parent was rewritten from, oldest first.";
    private static final String DISPUTES_FIELD =
            "`disputes`: claims that the listed objects speak against: `id`, `claim`, `annotations`; either may be wrong.";
    private static final String REPAIR_FIELD =
            "`repair`: told when you are asked again: what was wrong with your last verdict.";

    private static final String FIRST =
            "Decide in this order; every field but `settled` and the score is \"yes\" or \"no\".";
    private static final String SETTLED =
            "`settled`: for each of the `disputes`, which is `right` by %s: \"text\" (the claim), \"annotation\", or"
                    + " \"cannot_tell\"; [] where nothing is disputed.";
    private static final String OWN_ANSWER =
            "`answer_right`: find your own answer to the evolved question in the image before you trust the given one. \"yes\" if"
                    + " both agree and all that question, steps and answer state fits the image: things, colours, written"
                    + " words, left and right, boxes, counts (count again), calculations.";
    private static final String BLIND_ANSWER =
            "`answer_right`: find your own answer to the evolved question in caption and objects before you trust the given one."
                    + " \"yes\" if nothing that question, steps and answer state contradicts them: things, colours, written"
                    + " words, left and right, boxes, counts, calculations.";
    private static final List<String> ORDER = List.of(
            "`needs_image`: picture a clever reader without the image. \"no\" if the wording, the options or general knowledge"
                    + " give the answer away, else \"yes\".",
            "`well_posed`: \"yes\" if the question has one clear meaning, stands by itself and is written in its parent's"
                    + " language, and the answer has the form that was asked for (a letter, a number, one word, a list). It has"
                    + " one right answer, or asks for a text of the writer's own.",
            "`improved`: \"yes\" if the three fields before are \"yes\" and the evolved question is improved over its parent as"
                    + " said above.");

    private static final String SCORE = """
            `score` says how difficult and rich the evolved question is for a reader who has the image. Length alone never \
            counts: a short question can be a 9.
            - 0: needs no image at all. Give 0 exactly where `needs_image` is "no".
            - 2: one glance at the main subject answers it.
            - 4: one detail to search for, one text to read, or one plain relation.
            - 6: two or three findings to be joined.
            - 8: four or more necessary steps, or a rare detail and a careful comparison.
            - 10: a long chain over many objects and several skills, and still one certain answer.
            """;

    private static final List<String> RULES = List.of(
            "Judge each pair by itself, against its own parent.",
            "Write `reason` first, in one to three sentences: what you found, then what decides.",
            "%s",
            "Of offered options exactly one is right; a blank is filled by the answer alone; a yes-or-no question is answered"
                    + " with yes or no first. Wrong options, and statements put up for checking, may name what is not there.",
            "\"It cannot be told from the image\" is right where the image leaves it open.",
            "A box is right if it holds what the text says it holds; exact edges do not matter.",
            "Give one verdict for each `id`, every field filled.");
    private static final String DOUBT =
            "Say \"yes\" only to what you have checked in the image; real doubt is a \"no\".";
    private static final String BLIND_DOUBT = "Say \"yes\" only to what you have compared with caption and objects.";

    private static final String REPLY = "One JSON object and nothing around it, the fields in this order:";
    static final String SKELETON = """
            {"verdicts": [{"id": "string", "reason": "string", \
            "settled": [{"id": "string", "right": "text, annotation or cannot_tell"}], "answer_right": "yes or no", "needs_image": "yes or no", \
            "well_posed": "yes or no", "improved": "yes or no", "score": "integer, 0 to 10"}]}
            """;
    private static final String BORROWED_EXAMPLE =
            "This example is taken from another direction, whose condition for `improved` is: %s Take the form of the reply"
                    + " from it, and the condition from above.";

    private JudgeParts() {}

    static String system(Direction direction, boolean image, boolean line, JudgeExample example, String exampleData) {
        boolean standard = StandardPrompts.contrast(direction).isPresent();
        List<String> order = new ArrayList<>(
                List.of(SETTLED.replace("%s", image ? "the image" : "the caption"), image ? OWN_ANSWER : BLIND_ANSWER));
        order.addAll(ORDER);
        List<String> rules = RULES.stream()
                .map(rule -> rule.replace("%s", image ? DOUBT : BLIND_DOUBT))
                .toList();
        return new PromptText()
                .section("Role and task", image ? ROLE : BLIND_ROLE)
                .section("What you receive", received(image), PromptText.bullets(fields(line)))
                .section(
                        "This direction: " + direction.name(),
                        "Improved means: " + direction.criterion(),
                        StandardPrompts.contrast(direction)
                                .map(pair -> pair.text("Parent", "Improved", "Not improved"))
                                .orElse(""))
                .section("Order of judgement", FIRST, PromptText.numbered(order))
                .section("Score", SCORE)
                .section("Hard rules", PromptText.numbered(rules))
                .section("Reply", REPLY, SKELETON)
                .section(
                        "Worked example",
                        standard ? "" : BORROWED_EXAMPLE.replace("%s", StandardPrompts.PERCEPTUAL.criterion()),
                        "Imagined scene: " + example.scene().caption(),
                        "Data: " + exampleData,
                        "Reply: " + example.reply())
                .text();
    }

    private static String received(boolean image) {
        return "One message, in this order: a JSON object between " + DataBlock.OPEN + " and " + DataBlock.CLOSE
                + (image ? ", a recap, the image.\n" : ", a recap.\n") + PromptParts.DATA_IS_DATA;
    }

    private static List<String> fields(boolean line) {
        List<String> fields = new ArrayList<>(
                List.of(PromptParts.CAPTION_FIELD, PromptParts.OBJECTS_FIELD, PAIRS_FIELD, POSITION_FIELD));
        if (line) {
            fields.add(LINE_FIELD);
        }
        fields.add(DISPUTES_FIELD);
        fields.add(REPAIR_FIELD);
        return fields;
    }

    static String recap(List<String> ids, boolean image) {
        return "Recap:\n1. " + (image ? "Look at the image" : "Look at caption and objects")
                + " and answer each evolved question yourself.\n2. One verdict for each of " + String.join(", ", ids)
                + ", the reason first.\n3. Length alone never counts. Reply with the JSON object alone.";
    }
}
