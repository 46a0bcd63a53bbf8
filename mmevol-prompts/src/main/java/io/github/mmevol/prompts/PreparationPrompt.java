package io.github.mmevol.prompts;

import io.github.mmevol.core.evolution.LiveInstruction;
import io.github.mmevol.core.evolution.PromptInfo;
import io.github.mmevol.core.evolution.Round;
import io.github.mmevol.core.internal.json.Json;
import io.github.mmevol.core.model.ModelRequest;
import io.github.mmevol.core.model.ReplyForm;
import io.github.mmevol.core.sample.Instruction;
import io.github.mmevol.core.sample.Sample;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** The prompt that makes seeds: the static text, and a sample's part. */
final class PreparationPrompt {
    /** The form of all that is written here. */
    static final String PLAIN = "Norm";

    private static final String ROLE = """
            You prepare training data for vision-language models. You get one image and a list of places for instructions, each \
            a question with its answer and solving steps. Write the ones that are missing; complete the ones that are there.
            The image decides. Captions and object lists can be wrong: where text and image disagree, trust the image.
            A correct answer comes first: prefer a question whose answer you can see for certain.
            """;

    private static final String TASK = """
            Missing (`write` stands beside the `id`): write a plain question that one look at the image answers, such as what \
            something is, which colour or place it has, what somebody does, how many there are of a few things. Let each ask \
            about another thing. They are made harder later: keep them easy, short and certain.
            There already (`question` and `answer` stand beside the `id`): copy both as they are, also where you know better, \
            and write what `fill` names: the steps that lead to this answer, the objects asked about, the skills it takes. The \
            rules on questions and answers hold for those that you write.
            """;

    private static final List<String> FIELDS = List.of(
            PromptParts.CAPTION_FIELD,
            PromptParts.OBJECTS_FIELD,
            "`instructions`: the places. Each has `id`, and either `write` or `question`, `answer` and `fill`.",
            PromptParts.POSITION_FIELD,
            PromptParts.REPAIR_FIELD);

    private static final String EXAMPLE = """
            Imagined scene: A vegetable stall. On the ground in front, a brown dog sleeps to the left of a blue bucket.
            Data: {"objects": ["o1 brown dog [0.560, 0.820, 0.800, 0.950]", "o2 blue bucket [0.840, 0.760, 0.940, 0.950]"], \
            "instructions": [{"id": "q1", "write": "a plain question"}, {"id": "q2", "question": "What lies in front of the \
            stall?", "answer": "A dog.", "fill": ["steps", "objects", "skills"]}]}
            Reply: {"instructions": [{"id": "q1", "question": "Which colour has the bucket?", "steps": [{"manipulation": \
            "grounding_1(bucket)->bbx_1", "description": "The bucket stands at {o2} and is blue."}], "answer": "It is blue.", \
            "objects": ["blue bucket"], "skills": ["Grounding Ability", "Relationship Description Ability"], "format": "Norm"}, \
            {"id": "q2", "question": "What lies in front of the stall?", "steps": [{"manipulation": \
            "grounding_1(thing in front of the stall)->bbx_1", "description": "On the ground in front a brown dog lies at \
            {o1}."}], "answer": "A dog.", "objects": ["brown dog"], "skills": ["Grounding Ability"], "format": "Norm"}]}
            """;

    private static final String SCHEMA = ReplySchema.evolution(Skill.standard());
    private static final String SYSTEM = new PromptText()
            .section("Role and task", ROLE)
            .section("What you receive", PromptParts.RECEIVED, PromptText.bullets(FIELDS))
            .section("Places", TASK)
            .section(
                    "Skills and manipulations",
                    PrefixPromptBuilder.skillLines(Skill.standard(), Manipulation.standard()),
                    PromptParts.AFTER_MANIPULATIONS)
            .section("Hard rules", PromptParts.BEFORE_RULES, PromptText.numbered(HardRule.texts()))
            .section(
                    "Reply",
                    PromptParts.REPLY,
                    PromptParts.SKELETON,
                    PromptParts.REPLY_NOTES.replace("%s", "`" + PLAIN + "`"))
            .section("Worked example", EXAMPLE)
            .text();
    private static final PromptInfo INFO = new PromptInfo(PromptText.hash(SYSTEM, SCHEMA), List.of());

    private PreparationPrompt() {}

    static String system() {
        return SYSTEM;
    }

    static PromptInfo info() {
        return INFO;
    }

    /**
     * A request for some of the places.
     *
     * @param asked the local ids to ask for, each with what was wrong with its last item
     */
    static ModelRequest.Builder request(
            Sample sample, List<LiveInstruction> live, Map<String, String> asked, int attempt, Round round) {
        ObjectNode data = DataBlock.of(sample);
        BoxIds boxes = new BoxIds(sample.objects());
        ArrayNode places = data.putArray("instructions");
        asked.keySet()
                .forEach(
                        id -> places.add(place(id, live.get(DataBlock.index(id)).instruction(), boxes)));
        if (attempt > 0) {
            data.set("repair", DataBlock.repair(asked));
        }
        List<String> lines = new ArrayList<>();
        lines.add(DataBlock.render(data));
        if (sample.objects().isEmpty()) {
            lines.add("No objects are listed for this image: write no coordinates and ask for none.");
        }
        lines.add("Recap:\n1. State only what the image shows.\n2. One item for each of "
                + String.join(", ", asked.keySet())
                + "; given questions and answers stay as they are.\n3. Keep the hard rules; reply with the JSON object alone,"
                + " steps before answer.");
        return ModelRequest.builder("prepare")
                .system(SYSTEM)
                .text(String.join("\n\n", lines))
                .image(round.image())
                .replyForm(ReplyForm.jsonSchema("preparation", SCHEMA))
                .attempt(attempt);
    }

    private static ObjectNode place(String id, Instruction instruction, BoxIds boxes) {
        ObjectNode place = Json.object().put("id", id);
        if (instruction.equals(SeedPreparer.PLACE)) {
            return place.put("write", "a plain question");
        }
        place.put("question", boxes.shorten(instruction.question()));
        place.put("answer", boxes.shorten(instruction.answer()));
        place.set("fill", DataBlock.texts(lacking(instruction)));
        DataBlock.position(place, instruction);
        return place;
    }

    /** The fields that an instruction lacks. */
    static List<String> lacking(Instruction instruction) {
        List<String> lacking = new ArrayList<>();
        if (instruction.steps().isEmpty()) {
            lacking.add("steps");
        }
        if (instruction.objects().isEmpty()) {
            lacking.add("objects");
        }
        if (instruction.skills().isEmpty()) {
            lacking.add("skills");
        }
        return lacking;
    }
}
