package io.github.mmevol.core.dataset;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.mmevol.core.Scene;
import io.github.mmevol.core.elimination.EvolvedSample;
import io.github.mmevol.core.elimination.Outcome;
import io.github.mmevol.core.model.ImageEncoder;
import io.github.mmevol.core.model.ImageFingerprint;
import io.github.mmevol.core.sample.ImageSource;
import io.github.mmevol.core.sample.Instruction;
import io.github.mmevol.core.sample.Sample;
import io.github.mmevol.core.sample.SampleKey;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.OptionalInt;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class EvalGuardTest {
    private static final String QUESTION = "Which of the two boats is nearer to the small lighthouse?";

    @TempDir
    private Path folder;

    @Test
    void a_question_that_an_evaluation_asks_in_nearly_the_same_words_is_dropped_whatever_its_image_and_answer() {
        EvalGuard guard = EvalGuard.builder()
                .question("Is the clock on the tower?")
                .question(QUESTION)
                .build();

        assertThat(hit(guard, picture(1), QUESTION.toUpperCase(Locale.ROOT)))
                .isEqualTo("an evaluation asks this: " + QUESTION);
        assertThat(hit(guard, picture(2), "In this picture, which of the two boats is nearer to the small lighthouse?"))
                .isEqualTo("an evaluation asks this: " + QUESTION);
        assertThat(hit(guard, picture(1), "Which of the two boats is nearer to the large harbour?"))
                .isEmpty();
    }

    @Test
    void all_that_is_asked_of_an_image_that_an_evaluation_uses_is_dropped() {
        EvalGuard guard = EvalGuard.builder()
                .image("bench/1.jpg", ImageSource.bytes(new Scene(1).jpeg()))
                .build();

        assertThat(hit(guard, picture(1), "Why?")).isEqualTo("an evaluation uses this image: bench/1.jpg");
        assertThat(hit(guard, sample(ImageSource.bytes(new Scene(1).png(0.5))), "Why?"))
                .isEqualTo("an evaluation uses this image: bench/1.jpg");
        assertThat(hit(guard, picture(2), "Why?")).isEmpty();
        assertThat(hit(guard, sample(ImageSource.none()), "Why?")).isEmpty();
        assertThat(hit(guard, sample(ImageSource.file(Path.of("gone.jpg"))), "Why?"))
                .isEmpty();
    }

    @Test
    void hashes_of_either_kind_do_where_images_may_not_be_handed_on() {
        ImageFingerprint print = ImageEncoder.ofDefaults().fingerprint(ImageSource.bytes(new Scene(1).jpeg()));
        String look = String.format("%016x", print.look().orElseThrow());
        EvalGuard byFile = EvalGuard.builder().imageHash(print.fileHash()).build();
        EvalGuard byLook = EvalGuard.builder().imageHash(look).build();

        assertThat(hit(byFile, picture(1), "Why?")).endsWith(print.fileHash());
        assertThat(hit(byFile, sample(ImageSource.bytes(new Scene(1).png(1))), "Why?"))
                .isEmpty();
        assertThat(hit(byLook, picture(1), "Why?")).endsWith(look);
        assertThat(hit(byLook, sample(ImageSource.bytes(new Scene(1).png(1))), "Why?"))
                .endsWith(look);
        assertThatIllegalArgumentException()
                .isThrownBy(() -> EvalGuard.builder().imageHash("beef"));
    }

    @Test
    void a_text_file_has_a_question_a_hash_or_an_image_on_each_line() throws IOException {
        Files.write(folder.resolve("one.jpg"), new Scene(1).jpeg());
        String hash = ImageEncoder.ofDefaults()
                .fingerprint(ImageSource.bytes(new Scene(2).jpeg()))
                .fileHash();
        Path file = Files.writeString(
                folder.resolve("bench.txt"),
                "\ufeff" + QUESTION + "\r\n\n  one.jpg\n" + hash.toUpperCase(Locale.ROOT) + "\n");

        EvalGuard guard = EvalGuard.builder().file(file).build();

        assertThat(hit(guard, picture(3), QUESTION)).isNotEmpty();
        assertThat(hit(guard, picture(1), "Why?")).endsWith("one.jpg");
        assertThat(hit(guard, picture(2), "Why?")).endsWith(hash);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"question\": \"%s\", \"image\": \"one.jpg\", \"answer\": 3}%n",
                "{\"text\": \"%s\"}%n{\"image\": \"one.jpg\"}",
                "[{\"question\": \"%s\"},%n {\"image\": \"one.jpg\"}]",
                "{\"question\": \"%s\", \"image\": [\"one.jpg\"]}",
                "{\"question\": \"%s\", \"images\": [\"one.jpg\"], \"image\": null}",
                "{\"question\": \"%s\", \"images\": [{\"bytes\": null, \"path\": \"one.jpg\"}]}",
                "{\"question\": \"%s\", \"image\": {\"path\": \"one.jpg\"}}",
            })
    void a_json_file_has_objects(String json) throws IOException {
        Files.write(folder.resolve("one.jpg"), new Scene(1).jpeg());
        Path file = Files.writeString(folder.resolve("bench.jsonl"), String.format(json, QUESTION));

        EvalGuard guard = EvalGuard.builder().file(file).build();

        assertThat(hit(guard, picture(3), QUESTION)).isNotEmpty();
        assertThat(hit(guard, picture(1), "Why?")).endsWith("one.jpg");
    }

    @Test
    void a_folder_stands_for_its_images() throws IOException {
        Files.write(folder.resolve("one.jpg"), new Scene(1).jpeg());
        Files.write(folder.resolve("two.PNG"), new Scene(2).png(1));
        Files.createDirectories(folder.resolve("sub/folder"));
        Files.write(folder.resolve("sub/folder/three.jpg"), new Scene(3).jpeg());
        Files.writeString(folder.resolve("readme.txt"), "images");

        EvalGuard guard = EvalGuard.builder().file(folder).build();

        assertThat(hit(guard, picture(1), "Why?")).endsWith("one.jpg");
        assertThat(hit(guard, picture(2), "Why?")).endsWith("two.PNG");
        assertThat(hit(guard, picture(3), "Why?")).endsWith("three.jpg");
        EvalGuard one = EvalGuard.builder().file(folder.resolve("one.jpg")).build();
        assertThat(hit(one, picture(1), "Why?")).endsWith("one.jpg");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "missing.jpg",
                "../one.jpg",
                "{\"image\": \"missing.jpg\"}",
                "{\"answer\": 3}",
                "{\"question\": \"Where is it?\", \"image\": 5}",
                "{\"question\": \"Where is it?\", \"images\": [{\"bytes\": \"UklGRg==\"}]}",
                "{\"question\": \"Where is it?\", \"size\": 1e99999999999}",
                "{",
                "{\"question\": }",
                "???"
            })
    void what_cannot_be_guarded_is_told_with_its_place(String line) throws IOException {
        Path file = Files.writeString(folder.resolve("bench.jsonl"), "Where is it?\n" + line + "\n");

        assertThatIllegalArgumentException()
                .isThrownBy(() -> EvalGuard.builder().file(file))
                .withMessageContaining("bench.jsonl, line 2: ")
                .withMessageNotContaining("REDACTED");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "\ufeff", "\n \r\n\n", "[]", "[\n]\n"})
    void a_file_that_guards_nothing_is_told(String text) throws IOException {
        Path file = Files.writeString(folder.resolve("bench.jsonl"), text);

        assertThatIllegalArgumentException()
                .isThrownBy(() -> EvalGuard.builder().file(file))
                .withMessageContaining("bench.jsonl: there is nothing in it to guard");
    }

    @Test
    void a_file_that_is_no_text_is_told() throws IOException {
        Path binary = Files.write(folder.resolve("bench.bin"), new Scene(1).jpeg());
        Path latin = Files.write(
                folder.resolve("latin.txt"),
                "Where is it?\nWo steht das Caf\u00e9?".getBytes(StandardCharsets.ISO_8859_1));
        Path wide = Files.write(folder.resolve("wide.txt"), ("\ufeff" + QUESTION).getBytes(StandardCharsets.UTF_16LE));

        assertThatIllegalArgumentException()
                .isThrownBy(() -> EvalGuard.builder().file(binary))
                .withMessageContaining("bench.bin, line 1")
                .withMessageContaining("not UTF-8");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> EvalGuard.builder().file(latin))
                .withMessageContaining("latin.txt, line 1 or soon after")
                .withMessageContaining("not UTF-8");
        assertThatThrownBy(() -> EvalGuard.builder().file(wide))
                .isInstanceOf(UncheckedIOException.class)
                .hasMessageContaining("wide.txt")
                .hasMessageContaining("UTF-16");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"[{\"question\": \"Where is the red lamp?\"},\n{\"question\": ", "[\n\"Where is the red lamp?\"]"
            })
    void a_broken_array_is_told_with_its_line(String text) throws IOException {
        Path file = Files.writeString(folder.resolve("bench.json"), text);

        assertThatIllegalArgumentException()
                .isThrownBy(() -> EvalGuard.builder().file(file))
                .withMessageContaining("bench.json, line 2: ");
    }

    @Test
    void a_line_of_a_megabyte_is_a_question_too() throws IOException {
        String question = "Which lamp is near the door? " + "It stands there. ".repeat(1 << 16);
        Path file = Files.writeString(folder.resolve("bench.txt"), question + "\n" + QUESTION);

        EvalGuard guard = EvalGuard.builder().file(file).build();

        assertThat(guard.size()).isEqualTo(2);
        assertThat(hit(guard, picture(1), QUESTION)).isNotEmpty();
    }

    @Test
    void a_file_that_is_missing_is_told() {
        assertThatThrownBy(() -> EvalGuard.builder().file(folder.resolve("gone.txt")))
                .isInstanceOf(UncheckedIOException.class)
                .hasMessageContaining("gone.txt");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> EvalGuard.builder().file(folder))
                .withMessageContaining("no image");
    }

    private static Sample picture(int scene) {
        return sample(ImageSource.bytes(new Scene(scene).jpeg()));
    }

    private static Sample sample(ImageSource image) {
        return Sample.builder("s").image("a.jpg", image).build();
    }

    /** Why and by what the question is dropped; empty if it is kept. */
    private static String hit(EvalGuard guard, Sample sample, String question) {
        SampleKey key = SampleKey.of(sample);
        Outcome outcome = Selection.contamination(guard)
                .start()
                .select(new EvolvedSample(
                        key,
                        sample,
                        List.of(new Outcome.Kept(
                                Data.origin(key, 1, 1, key.instruction(0, 1)),
                                Instruction.of(question, "An answer."),
                                OptionalInt.empty(),
                                ""))))
                .outcomes()
                .get(0);
        if (outcome instanceof Outcome.Eliminated eliminated) {
            assertThat(eliminated.by()).isEqualTo("eval-guard");
            return eliminated.why() + ": " + eliminated.evidence();
        }
        return "";
    }
}
