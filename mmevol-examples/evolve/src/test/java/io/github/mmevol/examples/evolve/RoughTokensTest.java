package io.github.mmevol.examples.evolve;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.mmevol.core.dataset.DataSets;
import io.github.mmevol.core.elimination.Rules;
import io.github.mmevol.core.model.ModelClient;
import io.github.mmevol.core.model.ModelResponse;
import io.github.mmevol.core.model.TokenCounter;
import io.github.mmevol.core.pipeline.EvolutionPipeline;
import io.github.mmevol.prompts.Directions;
import io.github.mmevol.prompts.Judge;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** How far {@link TokenCounter#approximate()} is from the o200k encoding; its Javadoc gives these figures. */
class RoughTokensTest {
    private final TokenCounter rough = TokenCounter.approximate();
    private final TokenCounter exact = new O200kTokens();

    private double error(String text) {
        long tokens = exact.count(text);
        return (double) (rough.count(text) - tokens) / tokens;
    }

    @Test
    void prompts_and_replies_are_within_a_twentieth_on_the_whole_and_within_a_fifth_each(@TempDir Path folder)
            throws IOException {
        ConcurrentLinkedQueue<String> texts = new ConcurrentLinkedQueue<>();
        RehearsalClient rehearsal = new RehearsalClient();
        ModelClient listened = request -> {
            ModelResponse response = rehearsal.send(request);
            texts.addAll(List.of(request.system(), request.text(), response.text()));
            return response;
        };
        EvolutionPipeline.builder()
                .evolvers(Directions.all(listened))
                .eliminators(Rules.all(), Judge.with(listened))
                .build()
                .run(DataSets.read(BundledSeeds.unpack(folder)), new Highlights());

        assertThat(texts).hasSizeGreaterThan(100);
        assertThat(error(String.join("\n", texts))).isBetween(-0.05, 0.05);
        assertThat(texts).allSatisfy(text -> assertThat(error(text)).as(text).isBetween(-0.2, 0.2));
    }

    @ParameterizedTest
    @CsvSource({
        "de,0.12", "fr,0.12", "es,0.12", "ru,0.12", "ar,0.12", "hi,0.12", "zh,0.12", "ja,0.12", "ko,0.12", "tr,0.25"
    })
    void sentences_of_other_languages_are_not_far_off(String language, double most) throws IOException {
        try (InputStream in = RoughTokensTest.class.getResourceAsStream("/sentences/" + language + ".txt")) {
            String text = new String(in.readAllBytes(), StandardCharsets.UTF_8);
            assertThat(error(text)).isBetween(-most, most);
        }
    }

    @Test
    void any_text_has_a_number_of_tokens() {
        Stream.of("", " ", "\n", "\ud83d", "\ud83d\ude00", "\u0000", "a\u0301", "١٢٣", "123456")
                .forEach(text -> assertThat(rough.count(text)).as(text).isBetween(0L, 3L));
    }
}
