package io.github.mmevol.prompts;

import io.github.mmevol.core.evolution.Direction;
import io.github.mmevol.core.evolution.Evolution;
import io.github.mmevol.core.evolution.Evolver;
import io.github.mmevol.core.evolution.LiveInstruction;
import io.github.mmevol.core.evolution.Round;
import io.github.mmevol.core.model.EncodedImage;
import io.github.mmevol.core.model.ModelClient;
import io.github.mmevol.core.model.SamplingOptions;
import io.github.mmevol.core.sample.Instruction;
import io.github.mmevol.core.sample.Sample;
import java.util.ArrayList;
import java.util.List;

/** Evolves by asking a model with a direction's prompt. */
record PromptedEvolver(PrefixPrompt prompt, ModelClient client, SamplingOptions sampling) implements Evolver {

    @Override
    public Direction direction() {
        return prompt.direction();
    }

    @Override
    public String settings() {
        return client.name() + ", " + sampling + ", prompt " + prompt.settings();
    }

    @Override
    public Evolution evolve(Sample sample, List<LiveInstruction> live, Round round) {
        List<Evolution.Child> children = new ArrayList<>();
        List<Evolution.Failure> failures = new ArrayList<>();
        for (List<LiveInstruction> part : Parts.of(live, round.instructionsPerCall())) {
            List<ItemLoop.Answer<Instruction>> answers = ask(sample, part, round);
            for (int i = 0; i < part.size(); i++) {
                String parent = part.get(i).id();
                ItemLoop.Answer<Instruction> answer = answers.get(i);
                answer.value()
                        .ifPresentOrElse(
                                child ->
                                        children.add(new Evolution.Child(parent, child, prompt.info(), answer.model())),
                                () -> failures.add(new Evolution.Failure(
                                        parent, answer.by(), answer.why(), prompt.info(), answer.model())));
            }
        }
        return new Evolution(children, failures);
    }

    private List<ItemLoop.Answer<Instruction>> ask(Sample sample, List<LiveInstruction> part, Round round) {
        List<String> ids = DataBlock.localIds(part.size());
        InstructionReader reader = reader(sample, round);
        return ItemLoop.ask(
                round,
                client,
                part.size(),
                "instructions",
                (asked, attempt) -> prompt.request(sample, part, asked, attempt, round)
                        .sampling(sampling)
                        .build(),
                (id, item) -> {
                    Instruction parent = part.get(ids.indexOf(id)).instruction();
                    return reader.read(item, parent, parent.format());
                });
    }

    /** A reader that knows the size of the image as sent, for boxes that come back in pixels. */
    static InstructionReader reader(Sample sample, Round round) {
        if (sample.objects().isEmpty()) {
            return new InstructionReader(sample, 0, 0, round::count);
        }
        EncodedImage image = round.image().encoded();
        return new InstructionReader(sample, image.width(), image.height(), round::count);
    }
}
