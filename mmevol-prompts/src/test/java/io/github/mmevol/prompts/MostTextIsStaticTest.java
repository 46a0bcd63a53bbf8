package io.github.mmevol.prompts;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.mmevol.core.dataset.DataSets;
import io.github.mmevol.core.evolution.Candidate;
import io.github.mmevol.core.evolution.LiveInstruction;
import io.github.mmevol.core.evolution.PromptInfo;
import io.github.mmevol.core.evolution.Round;
import io.github.mmevol.core.model.ModelRequest;
import io.github.mmevol.core.sample.Instruction;
import io.github.mmevol.core.sample.Sample;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** How much of the text a provider's prefix cache can serve. */
class MostTextIsStaticTest {
    private static final Path BUNDLED =
            Path.of("..", "mmevol-examples", "evolve", "src", "main", "resources", "bundled", "seeds.json");

    @Test
    void three_quarters_of_the_text_for_evolution_are_static() {
        long fixed = 0;
        long all = 0;
        for (Sample sample : samples()) {
            for (PrefixPrompt prompt : StandardPrompts.all()) {
                ModelRequest request = evolution(prompt, sample);
                fixed += tokens(request.system());
                all += tokens(request.system()) + tokens(request.text());
            }
        }
        assertThat((double) fixed / all).isGreaterThanOrEqualTo(0.75);
    }

    @Test
    void three_quarters_of_a_run_of_three_rounds_stood_at_the_head_of_an_earlier_request() {
        Random random = new Random(1);
        long served = 0;
        long all = 0;
        for (Sample sample : samples()) {
            Map<String, List<String>> earlier = new HashMap<>();
            for (int round = 1; round <= 3; round++) {
                PrefixPrompt prompt = StandardPrompts.all().get(random.nextInt(3));
                for (ModelRequest request : List.of(evolution(prompt, sample), judging(prompt, sample))) {
                    List<String> texts = earlier.computeIfAbsent(request.system(), system -> new ArrayList<>());
                    String head = texts.stream()
                            .map(text -> commonHead(text, request.text()))
                            .max(Comparator.comparingInt(String::length))
                            .orElse("");
                    texts.add(request.text());
                    served += tokens(request.system()) + tokens(head);
                    all += tokens(request.system()) + tokens(request.text());
                }
            }
        }
        assertThat((double) served / all).isGreaterThanOrEqualTo(0.75);
    }

    private static List<Sample> samples() {
        List<Sample> samples = new ArrayList<>(Golden.cases().stream()
                .filter(one -> one.name().equals("typical"))
                .map(PromptCase::sample)
                .toList());
        if (Files.exists(BUNDLED)) {
            try (Stream<Sample> bundled = DataSets.read(BUNDLED).stream()) {
                bundled.forEach(samples::add);
            }
        }
        return samples;
    }

    private static int tokens(String text) {
        return Prompts.TOKENS.countTokensOrdinary(text);
    }

    /** What two texts have in common up to their instructions, which are other ones in every round. */
    private static String commonHead(String text, String other) {
        int end = 0;
        while (end < Math.min(text.length(), other.length()) && text.charAt(end) == other.charAt(end)) {
            end++;
        }
        String head = text.substring(0, end);
        int items = Math.max(head.indexOf("\"instructions\": ["), head.indexOf("\"pairs\": ["));
        return items < 0 ? head : head.substring(0, items);
    }

    private static List<LiveInstruction> live(Sample sample) {
        List<LiveInstruction> live = new ArrayList<>();
        sample.instructions()
                .forEach(seed -> live.add(new LiveInstruction("s.0." + (live.size() + 1), seed, List.of())));
        return live;
    }

    private static ModelRequest evolution(PrefixPrompt prompt, Sample sample) {
        return prompt.request(sample, live(sample), Round.of(1, sample)).build();
    }

    /** Judges, for each seed, what the worked example has made: about as long as what comes back. */
    private static ModelRequest judging(PrefixPrompt prompt, Sample sample) {
        List<Candidate> candidates = new ArrayList<>();
        Map<String, String> asked = new LinkedHashMap<>();
        for (LiveInstruction parent : live(sample)) {
            Instruction evolved = prompt.example().evolved();
            candidates.add(new Candidate("s.1", sample, parent, evolved, prompt.direction(), 1, PromptInfo.NONE));
            asked.put("q" + candidates.size(), "");
        }
        return JudgePrompt.of(prompt.direction(), true)
                .request(candidates, asked, 0, false, Round.of(1, sample))
                .build();
    }
}
