package io.github.mmevol.prompts;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.mmevol.core.internal.json.Json;
import io.github.mmevol.core.model.FinishReason;
import io.github.mmevol.core.model.ModelResponse;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import tools.jackson.databind.JsonNode;

/**
 * Replies as models write them: {@code replies/NAME.txt} is a reply, {@code replies/NAME.json} beside it says what must
 * come of it ({@code field} and {@code finish} go in, {@code problem} and {@code items} come out). A new case is two new
 * files.
 */
class ReplyCorpusTest {
    private static final Path REPLIES = Path.of("src/test/resources/replies");

    @TestFactory
    Stream<DynamicTest> every_reply_of_the_corpus_reads_as_the_file_beside_it_says() throws IOException {
        return replies().stream()
                .map(reply -> DynamicTest.dynamicTest(name(reply).replace('-', ' '), () -> reads(reply)));
    }

    @Test
    void the_corpus_is_large_and_complete() throws IOException {
        assertThat(replies())
                .hasSizeGreaterThanOrEqualTo(60)
                .allSatisfy(reply -> assertThat(expectation(reply)).exists());
    }

    private static void reads(Path file) throws IOException {
        JsonNode expected = Json.parse(Files.readString(expectation(file)));
        FinishReason finish =
                new FinishReason(expected.path("finish").asString("stop").toLowerCase(Locale.ROOT));
        ParsedReply reply = ReplyParser.parse(
                ModelResponse.of(Files.readString(file)).withFinishReason(finish),
                expected.path("field").asString("instructions"));
        assertThat(reply.items())
                .map(item -> (JsonNode) item)
                .containsExactlyElementsOf(expected.path("items").valueStream().toList());
        assertThat(reply.problem().name()).isEqualTo(expected.path("problem").asString("NONE"));
        assertThat(reply.detail().isEmpty()).isEqualTo(reply.problem() == ParsedReply.Problem.NONE);
    }

    private static List<Path> replies() throws IOException {
        try (Stream<Path> files = Files.list(REPLIES)) {
            return files.filter(file -> file.toString().endsWith(".txt"))
                    .sorted()
                    .toList();
        }
    }

    private static Path expectation(Path reply) {
        return reply.resolveSibling(name(reply) + ".json");
    }

    private static String name(Path reply) {
        String file = reply.getFileName().toString();
        return file.substring(0, file.length() - ".txt".length());
    }
}
