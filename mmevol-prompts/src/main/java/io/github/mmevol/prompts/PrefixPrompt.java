package io.github.mmevol.prompts;

import io.github.mmevol.core.evolution.Direction;
import io.github.mmevol.core.evolution.LiveInstruction;
import io.github.mmevol.core.evolution.PromptInfo;
import io.github.mmevol.core.evolution.Round;
import io.github.mmevol.core.internal.json.Json;
import io.github.mmevol.core.model.ModelRequest;
import io.github.mmevol.core.model.ReplyForm;
import io.github.mmevol.core.sample.Instruction;
import io.github.mmevol.core.sample.Sample;
import io.github.mmevol.core.sample.Vocabulary;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * The prompt of a direction: a system text that is the same for all samples, and the way to render a sample's part. Made
 * by a {@link PrefixPromptBuilder}. Immutable and thread-safe.
 *
 * <p>A request holds, in this order: the system text; one JSON data object between two marks; what is allowed now; a recap
 * of three lines; the image.
 */
public final class PrefixPrompt {
    private final Direction direction;
    private final String aim;
    private final String system;
    private final String schema;
    private final PromptInfo info;
    private final Allowance allowance;
    private final List<String> personas;
    private final WorkedExample example;

    PrefixPrompt(
            Direction direction,
            String aim,
            String system,
            String schema,
            List<String> leakPhrases,
            Allowance allowance,
            List<String> personas,
            WorkedExample example) {
        this.direction = direction;
        this.aim = aim;
        this.system = system;
        this.schema = schema;
        this.info = new PromptInfo(PromptText.hash(system, schema), leakPhrases);
        this.allowance = allowance;
        this.personas = personas;
        this.example = example;
    }

    /** The direction it evolves in. */
    public Direction direction() {
        return direction;
    }

    /** The static text, byte for byte the same for all samples. */
    public String system() {
        return system;
    }

    /** The JSON Schema of the reply, as JSON text; strict modes take it. */
    public String schema() {
        return schema;
    }

    /** 32 hexadecimal digits that change with the system text and the schema. */
    public String hash() {
        return info.hash();
    }

    /** Changes with anything that its requests depend on: also with cues, forms and personas, which the hash leaves out. */
    String settings() {
        String forms = allowance.forms().map(table -> table.all().toString()).orElse("");
        return PromptText.hash(
                system,
                schema,
                String.valueOf(allowance.alreadyAsked()),
                allowance.cues().toString(),
                forms,
                personas.toString());
    }

    /** What records remember of this prompt: its hash, and phrases of it that no good instruction contains. */
    public PromptInfo info() {
        return info;
    }

    /** The example that the system text shows. */
    WorkedExample example() {
        return example;
    }

    /**
     * A first request for all of the given instructions, which it calls q1, q2 and so on.
     *
     * @return the request, ready but for sampling options
     */
    public ModelRequest.Builder request(Sample sample, List<LiveInstruction> live, Round round) {
        Map<String, String> asked = new LinkedHashMap<>();
        DataBlock.localIds(live.size()).forEach(id -> asked.put(id, ""));
        return request(sample, live, asked, 0, round);
    }

    /**
     * A request for some of the given instructions.
     *
     * @param live all instructions of the call, whether asked for or not
     * @param asked the local ids to ask for, each with what was wrong with its last item, in plain words
     * @param attempt 0 for the first request; from 1 on the problems are told
     */
    ModelRequest.Builder request(
            Sample sample, List<LiveInstruction> live, Map<String, String> asked, int attempt, Round round) {
        ObjectNode data = DataBlock.of(sample);
        if (!personas.isEmpty()) {
            data.put("persona", personas.get(round.random("persona").nextInt(personas.size())));
        }
        List<Allowance.Drawn> drawn = allowance.draw(sample, live, round);
        List<Allowance.Drawn> shown = new ArrayList<>();
        List<String> ids = DataBlock.localIds(live.size());
        BoxIds boxes = new BoxIds(sample.objects());
        ArrayNode instructions = data.putArray("instructions");
        for (int i = 0; i < ids.size(); i++) {
            if (asked.containsKey(ids.get(i))) {
                instructions.add(node(ids.get(i), live.get(i), drawn.get(i), boxes, allowance));
                shown.add(drawn.get(i));
            }
        }
        if (attempt > 0) {
            data.set("repair", DataBlock.repair(asked));
        }
        return ModelRequest.builder("evolve:" + direction.name())
                .system(system)
                .text(String.join(
                        "\n\n",
                        DataBlock.render(data),
                        allowedNow(sample, shown, attempt > 0),
                        recap(new ArrayList<>(asked.keySet()))))
                .image(round.image())
                .replyForm(ReplyForm.jsonSchema("evolution", schema))
                .attempt(attempt);
    }

    /** An instruction as the data object shows it; what is not annotated is left out. */
    static ObjectNode node(String id, LiveInstruction live, Allowance.Drawn drawn, BoxIds boxes, Allowance allowance) {
        Instruction instruction = live.instruction();
        ObjectNode node = Json.object();
        node.put("id", id);
        node.put("question", boxes.shorten(instruction.question()));
        node.put("answer", boxes.shorten(instruction.answer()));
        if (!instruction.steps().isEmpty()) {
            node.set("steps", DataBlock.steps(instruction.steps(), boxes));
        }
        if (!instruction.objects().isEmpty()) {
            node.set("objects", DataBlock.texts(instruction.objects()));
        }
        if (!instruction.skills().isEmpty()) {
            node.set(
                    "skills",
                    DataBlock.texts(
                            instruction.skills().stream().map(Vocabulary::skill).toList()));
        }
        node.put("format", DataBlock.format(instruction));
        DataBlock.position(node, instruction);
        allowance.addTo(node, live, drawn, boxes);
        return node;
    }

    private String allowedNow(Sample sample, List<Allowance.Drawn> shown, boolean again) {
        List<String> lines = new ArrayList<>();
        if (again) {
            lines.add(
                    "You are asked again, for the listed instructions alone. `repair` says what was wrong with each last"
                            + " item: correct that, and keep all the rules.");
        }
        lines.add(allowance.explain(shown));
        if (sample.objects().isEmpty()) {
            lines.add("No objects are listed for this image: write no coordinates and ask for none.");
        }
        return String.join("\n", lines);
    }

    private String recap(List<String> ids) {
        return "Recap:\n1. State only what the image shows.\n2. One item for each of " + String.join(", ", ids)
                + ". Aim: " + aim + "\n3. Keep the hard rules; reply with the JSON object alone, steps before answer.";
    }

    /**
     * The JSON text of the data object in a request that a prompt or the judge has made: what a client that stands in for
     * a model may read instead of the prose.
     *
     * @throws IllegalArgumentException if the request has none
     */
    public static String dataOf(ModelRequest request) {
        return DataBlock.in(request.text());
    }
}
