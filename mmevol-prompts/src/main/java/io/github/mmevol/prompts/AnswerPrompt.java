package io.github.mmevol.prompts;

import io.github.mmevol.core.evolution.Round;
import io.github.mmevol.core.internal.json.Json;
import io.github.mmevol.core.model.ModelClient;
import io.github.mmevol.core.model.ModelRequest;
import io.github.mmevol.core.model.ReplyForm;
import io.github.mmevol.core.model.SamplingOptions;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * A prompt for answering questions: a static system text, and the rendering of questions.
 *
 * @param purpose the purpose of its calls
 * @param image whether the image is shown
 */
record AnswerPrompt(String purpose, boolean image) {
    static final AnswerPrompt BLIND = new AnswerPrompt("blind", false);
    static final AnswerPrompt SOLVER = new AnswerPrompt("solver", true);

    private static final String SCHEMA = ReplySchema.answers();
    private static final String ROLE = """
            You answer questions about one image. Look closely before you answer: small things count, and so do left and right, \
            exact numbers and written words.
            """;
    private static final String BLIND_ROLE = """
            You take part in a test of questions about an image. The image is kept from you on purpose: the test shows which \
            questions give their answers away.
            Answer all of them. Guess from the wording, from the options and from what the world is usually like, and commit \
            yourself: "cannot tell" is no answer here.
            """;
    private static final String TRY_FIELD = "`try`: the number of this try; each try stands by itself.";
    private static final String QUESTIONS_FIELD =
            "`questions`: each has `id` and `question`. A box in a text is [left, top,"
                    + " right, bottom] in shares of the image's width and height, from 0 at the top left to 1.";
    private static final List<String> FORMS = List.of(
            "Of offered options the letter alone.",
            "Of a yes-or-no question \"yes\" or \"no\" alone.",
            "Of a count or a measure the number alone, in digits.",
            "Of a place the box alone, as [left, top, right, bottom].",
            "Else the fewest words that answer it, in the language of the question.");
    private static final String SKELETON =
            "{\"answers\": [{\"id\": \"string\", \"reason\": \"string\", \"answer\": \"string\"}]}";

    /** The static text, byte for byte the same for all samples. */
    String system() {
        return new PromptText()
                .section("Role and task", image ? ROLE : BLIND_ROLE)
                .section(
                        "What you receive",
                        "One message, in this order: a JSON object between " + DataBlock.OPEN + " and "
                                + DataBlock.CLOSE + (image ? ", a recap, the image.\n" : ", a recap.\n")
                                + PromptParts.DATA_IS_DATA,
                        PromptText.bullets(List.of(TRY_FIELD, QUESTIONS_FIELD, PromptParts.REPAIR_FIELD)))
                .section("Form of an answer", PromptText.bullets(FORMS))
                .section(
                        "Reply",
                        "One JSON object and nothing around it; one item for each `id`, in the given order; `reason` in one"
                                + " sentence:",
                        SKELETON)
                .text();
    }

    /** 32 hexadecimal digits that change with the system text and the schema. */
    String hash() {
        return PromptText.hash(system(), SCHEMA);
    }

    /** The JSON Schema of the reply, as JSON text. */
    String schema() {
        return SCHEMA;
    }

    /**
     * Asks for an answer to each question.
     *
     * @param number the number of the try, from 1
     * @return the answers in the order of the questions; empty where none came
     */
    List<Optional<String>> ask(
            Round round, ModelClient model, SamplingOptions sampling, List<String> questions, int number) {
        List<Optional<String>> answers = new ArrayList<>();
        for (List<String> part : Parts.of(questions, round.instructionsPerCall())) {
            List<ItemLoop.Answer<String>> came = ItemLoop.ask(
                    round,
                    model,
                    part.size(),
                    "answers",
                    (asked, attempt) -> request(part, asked, attempt, number, round)
                            .sampling(sampling)
                            .build(),
                    (id, item) -> {
                        String answer = ItemText.of(item.path("answer"));
                        return answer.isBlank()
                                ? Reading.problem("unreadable", "\"answer\" is missing")
                                : Reading.of(answer);
                    });
            came.forEach(answer -> answers.add(answer.value()));
        }
        return answers;
    }

    /** A request for answers to some of the questions. */
    ModelRequest.Builder request(
            List<String> questions, Map<String, String> asked, int attempt, int number, Round round) {
        ObjectNode data = Json.object().put("try", number);
        ArrayNode nodes = data.putArray("questions");
        List<String> ids = DataBlock.localIds(questions.size());
        for (int i = 0; i < ids.size(); i++) {
            if (asked.containsKey(ids.get(i))) {
                nodes.addObject().put("id", ids.get(i)).put("question", questions.get(i));
            }
        }
        if (attempt > 0) {
            data.set("repair", DataBlock.repair(asked));
        }
        String recap = "Recap:\n1. " + (image ? "Look at the image." : "Guess without the image.")
                + "\n2. One answer for each of " + String.join(", ", asked.keySet())
                + ", as short as its form allows.\n3. Reply with the JSON object alone.";
        ModelRequest.Builder request = ModelRequest.builder(purpose)
                .system(system())
                .text(DataBlock.render(data) + "\n\n" + recap)
                .replyForm(ReplyForm.jsonSchema("answers", SCHEMA))
                .attempt(attempt);
        return image ? request.image(round.image()) : request;
    }
}
