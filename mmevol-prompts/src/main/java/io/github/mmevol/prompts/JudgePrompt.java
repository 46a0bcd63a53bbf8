package io.github.mmevol.prompts;

import io.github.mmevol.core.evolution.Candidate;
import io.github.mmevol.core.evolution.Direction;
import io.github.mmevol.core.evolution.LiveInstruction;
import io.github.mmevol.core.evolution.Round;
import io.github.mmevol.core.internal.json.Json;
import io.github.mmevol.core.model.ModelRequest;
import io.github.mmevol.core.model.ReplyForm;
import io.github.mmevol.core.sample.Check;
import io.github.mmevol.core.sample.Instruction;
import io.github.mmevol.core.sample.Sample;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** The judge's prompt for a direction: a static system text, and the rendering of candidates. Immutable. */
final class JudgePrompt {
    static final String PURPOSE = "judge";
    static final String SWAPPED = "judge:swapped";
    private static final String SCHEMA = ReplySchema.verdicts();

    private final String system;
    private final boolean image;
    private final boolean line;
    private final JudgeExample example;

    private JudgePrompt(Direction direction, boolean image) {
        this.image = image;
        this.line = !List.of(StandardPrompts.COGNITIVE.name(), StandardPrompts.INTERACTIVE.name())
                .contains(direction.name());
        this.example = StandardPrompts.judgeExample(direction);
        this.system = JudgeParts.system(direction, image, line, example, data(example));
    }

    /**
     * The prompt for judging candidates of one direction.
     *
     * @param image whether the judge sees the image
     */
    static JudgePrompt of(Direction direction, boolean image) {
        return new JudgePrompt(direction, image);
    }

    /** The static text, byte for byte the same for all samples. */
    String system() {
        return system;
    }

    /** The JSON Schema of the reply, as JSON text. */
    String schema() {
        return SCHEMA;
    }

    /** 32 hexadecimal digits that change with the system text and the schema. */
    String hash() {
        return PromptText.hash(system, SCHEMA);
    }

    /** The example that the system text shows. */
    JudgeExample example() {
        return example;
    }

    /**
     * A request for verdicts on some of the candidates.
     *
     * @param candidates all candidates of the call, of one sample
     * @param asked the local ids to ask for, each with what was wrong with its last verdict, in plain words
     * @param attempt 0 for the first request; from 1 on the problems are told
     * @param swapped whether each evolved instruction stands before its parent
     */
    ModelRequest.Builder request(
            List<Candidate> candidates, Map<String, String> asked, int attempt, boolean swapped, Round round) {
        Sample sample = candidates.get(0).sample();
        ObjectNode data = DataBlock.of(sample);
        BoxIds boxes = new BoxIds(sample.objects());
        ArrayNode pairs = data.putArray("pairs");
        List<String> ids = DataBlock.localIds(candidates.size());
        for (int i = 0; i < ids.size(); i++) {
            if (asked.containsKey(ids.get(i))) {
                Candidate candidate = candidates.get(i);
                List<Check> disputes = Settlement.disputes(candidate.checks());
                pairs.add(pair(ids.get(i), candidate.parent(), candidate.evolved(), disputes, boxes, swapped));
            }
        }
        List<String> text = new ArrayList<>();
        if (attempt > 0) {
            data.set("repair", DataBlock.repair(asked));
            text.add(
                    "You are asked again, for the listed pairs alone. `repair` says what was wrong with each last verdict.");
        }
        text.add(0, DataBlock.render(data));
        text.add(JudgeParts.recap(new ArrayList<>(asked.keySet()), image));
        ModelRequest.Builder request = ModelRequest.builder(swapped ? SWAPPED : PURPOSE)
                .system(system)
                .text(String.join("\n\n", text))
                .replyForm(ReplyForm.jsonSchema("verdicts", SCHEMA))
                .attempt(attempt);
        return image ? request.image(round.image()) : request;
    }

    private ObjectNode pair(
            String id,
            LiveInstruction parent,
            Instruction evolved,
            List<Check> disputes,
            BoxIds boxes,
            boolean swapped) {
        ObjectNode pair = Json.object().put("id", id);
        DataBlock.position(pair, evolved);
        if (line && !parent.ancestors().isEmpty()) {
            pair.set("already_asked", DataBlock.questions(parent.ancestors(), boxes));
        }
        ObjectNode before = Json.object()
                .put("question", boxes.shorten(parent.instruction().question()))
                .put("answer", boxes.shorten(parent.instruction().answer()));
        ObjectNode after = Json.object().put("question", boxes.shorten(evolved.question()));
        after.set("steps", DataBlock.stepLines(evolved.steps(), boxes));
        after.put("answer", boxes.shorten(evolved.answer()));
        after.put("format", DataBlock.format(evolved));
        pair.set(swapped ? "evolved" : "parent", swapped ? after : before);
        pair.set(swapped ? "parent" : "evolved", swapped ? before : after);
        if (!disputes.isEmpty()) {
            pair.set("disputes", Settlement.data(disputes, boxes));
        }
        return pair;
    }

    private String data(JudgeExample example) {
        BoxIds boxes = new BoxIds(example.scene().objects());
        ArrayNode pairs = Json.array();
        List<String> ids = DataBlock.localIds(example.pairs().size());
        for (int i = 0; i < ids.size(); i++) {
            JudgeExample.Pair pair = example.pairs().get(i);
            pairs.add(pair(ids.get(i), pair.parent(), pair.evolved(), List.of(), boxes, false));
        }
        return "{\"objects\": "
                + Json.write(DataBlock.texts(BoxIds.lines(example.scene().objects()))) + ", \"pairs\": "
                + Json.write(pairs) + "}";
    }
}
