package io.github.mmevol.examples.embedding;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.mmevol.core.elimination.EvolvedSample;
import io.github.mmevol.core.elimination.Outcome;
import io.github.mmevol.core.model.ModelClient;
import io.github.mmevol.core.model.ModelResponse;
import io.github.mmevol.core.sample.ImageSource;
import io.github.mmevol.core.sample.Instruction;
import io.github.mmevol.core.sample.Sample;
import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;

class EmbeddedEvolutionTest {
    private final List<String> purposes = Collections.synchronizedList(new ArrayList<>());

    private ModelClient answering(String answer) {
        return request -> {
            purposes.add(request.purpose());
            return ModelResponse.of(request.purpose().equals("judge") ? """
                              {"verdicts": [{"id": "q1", "reason": "a hazard is named", "answer_right": "yes",
                              "needs_image": "yes", "well_posed": "yes", "improved": "yes", "score": 6}]}""" : """
                              {"instructions": [{"id": "q1", "question": "Which hazard lies on the floor in round %d?",
                              "steps": [{"manipulation": "None", "description": "A cable lies across the doorway."}],
                              "answer": "%s", "objects": [], "skills": [], "format": "Norm"}]}""".formatted(purposes.size(), answer));
        };
    }

    private static Sample sample(int number) {
        ByteArrayOutputStream png = new ByteArrayOutputStream();
        try {
            ImageIO.write(new BufferedImage(8, 8, BufferedImage.TYPE_INT_RGB), "png", png);
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
        return Sample.builder("doorway-" + number)
                .image("doorway.png", ImageSource.bytes(png.toByteArray()))
                .instructions(List.of(Instruction.of("What is in the doorway?", "A cable.")))
                .build();
    }

    @Test
    void a_lambda_client_a_direction_and_a_rule_of_our_own_work_together() {
        EmbeddedEvolution evolution = new EmbeddedEvolution(answering("A cable lies across the doorway."));
        for (int i = 0; i < 20; i++) {
            EvolvedSample result = evolution.evolve(sample(i));
            assertThat(result.kept())
                    .hasSize(2)
                    .allSatisfy(kept -> assertThat(kept.score()).hasValue(6));
        }
        assertThat(purposes)
                .contains("evolve:safety", "evolve:perceptual", "evolve:cognitive", "evolve:interactive", "judge");
    }

    @Test
    void our_own_rule_eliminates_before_the_judge_is_paid() {
        EvolvedSample result = new EmbeddedEvolution(answering("Perhaps a cable.")).evolve(sample(0));
        assertThat(result.outcomes())
                .hasSize(2)
                .allSatisfy(outcome ->
                        assertThat(((Outcome.Eliminated) outcome).by()).isEqualTo("no-hedging"));
        assertThat(purposes).doesNotContain("judge");
    }
}
