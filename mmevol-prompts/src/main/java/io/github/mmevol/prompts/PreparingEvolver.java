package io.github.mmevol.prompts;

import io.github.mmevol.core.evolution.Direction;
import io.github.mmevol.core.evolution.Evolution;
import io.github.mmevol.core.evolution.Evolver;
import io.github.mmevol.core.evolution.LiveInstruction;
import io.github.mmevol.core.evolution.PromptInfo;
import io.github.mmevol.core.evolution.Round;
import io.github.mmevol.core.model.ModelClient;
import io.github.mmevol.core.model.SamplingOptions;
import io.github.mmevol.core.sample.Instruction;
import io.github.mmevol.core.sample.Sample;
import java.util.ArrayList;
import java.util.List;
import tools.jackson.databind.node.ObjectNode;

/** Writes seeds and fills them in. What lacks nothing costs no call. */
record PreparingEvolver(ModelClient client, SamplingOptions sampling) implements Evolver {

    @Override
    public Direction direction() {
        return SeedPreparer.PREPARATION;
    }

    @Override
    public String settings() {
        return client.name() + ", " + sampling + ", prompt "
                + PreparationPrompt.info().hash();
    }

    @Override
    public Evolution evolve(Sample sample, List<LiveInstruction> live, Round round) {
        List<Evolution.Child> children = new ArrayList<>();
        List<Evolution.Failure> failures = new ArrayList<>();
        List<LiveInstruction> lacking = new ArrayList<>();
        for (LiveInstruction one : live) {
            if (PreparationPrompt.lacking(one.instruction()).isEmpty()) {
                children.add(new Evolution.Child(one.id(), one.instruction(), PromptInfo.NONE, ""));
            } else {
                lacking.add(one);
            }
        }
        PromptInfo info = PreparationPrompt.info();
        for (List<LiveInstruction> part : Parts.of(lacking, round.instructionsPerCall())) {
            InstructionReader reader = PromptedEvolver.reader(sample, round);
            List<ItemLoop.Answer<Instruction>> answers = ItemLoop.ask(
                    round,
                    client,
                    part.size(),
                    "instructions",
                    (asked, attempt) -> PreparationPrompt.request(sample, part, asked, attempt, round)
                            .sampling(sampling)
                            .build(),
                    (id, item) ->
                            read(reader, item, part.get(DataBlock.index(id)).instruction()));
            for (int i = 0; i < part.size(); i++) {
                String place = part.get(i).id();
                ItemLoop.Answer<Instruction> answer = answers.get(i);
                if (answer.value().isPresent()) {
                    children.add(new Evolution.Child(place, answer.value().get(), info, answer.model()));
                } else {
                    failures.add(new Evolution.Failure(place, answer.by(), answer.why(), info, answer.model()));
                }
            }
        }
        return new Evolution(children, failures);
    }

    /** A question and an answer that are there stay, whatever the item says. */
    private static Reading<Instruction> read(InstructionReader reader, ObjectNode item, Instruction before) {
        if (before.equals(SeedPreparer.PLACE)) {
            return reader.read(item, before, PreparationPrompt.PLAIN);
        }
        item.put("question", "as given");
        item.put("answer", "as given");
        item.remove("options");
        Reading<Instruction> reading = reader.read(item, before, before.format());
        if (!(reading instanceof Reading.Of<Instruction> of)) {
            return reading;
        }
        Instruction filled = of.value();
        return Reading.of(before.toBuilder()
                .steps(before.steps().isEmpty() ? filled.steps() : before.steps())
                .objects(before.objects().isEmpty() ? filled.objects() : before.objects())
                .skills(before.skills().isEmpty() ? filled.skills() : before.skills())
                .build());
    }
}
