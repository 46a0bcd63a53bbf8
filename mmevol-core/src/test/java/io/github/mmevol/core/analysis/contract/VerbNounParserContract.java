package io.github.mmevol.core.analysis.contract;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.mmevol.core.analysis.VerbNounParser;
import io.github.mmevol.core.analysis.VerbNounParser.VerbNoun;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** What every parser of English questions keeps: a least accuracy, and honesty about what it does not know. */
public abstract class VerbNounParserContract {

    /** One question, labelled by hand. */
    private record Labelled(boolean heldOut, VerbNoun expected, String question) {}

    /** The parser to test. */
    protected abstract VerbNounParser parser();

    /** The least share of all questions that it is to get right, verb and noun; of the held-out ones 0.05 less. */
    protected abstract double leastAccuracy();

    @Test
    void gets_the_promised_share_of_hand_labelled_questions_right() throws IOException {
        List<Labelled> questions = questions();
        List<String> wrong = new ArrayList<>();
        for (Labelled labelled : questions) {
            Optional<VerbNoun> found = parser().parse(labelled.question());
            if (!found.equals(Optional.of(labelled.expected()))) {
                wrong.add((labelled.heldOut() ? "held-out " : "tuned    ") + labelled.question()
                        + "\n           expected "
                        + labelled.expected() + ", found "
                        + found.map(VerbNoun::toString).orElse("nothing"));
            }
        }
        long heldOut = questions.stream().filter(Labelled::heldOut).count();
        long wrongHeldOut = wrong.stream().filter(w -> w.startsWith("held-out")).count();
        System.out.printf(
                Locale.ROOT,
                "verb-noun: %d of %d right, of the held-out ones %d of %d%n%s%n",
                questions.size() - wrong.size(),
                questions.size(),
                heldOut - wrongHeldOut,
                heldOut,
                String.join("\n", wrong));
        assertThat(questions).hasSizeGreaterThanOrEqualTo(100);
        assertThat(1 - (double) wrong.size() / questions.size()).isGreaterThanOrEqualTo(leastAccuracy());
        assertThat(1 - (double) wrongHeldOut / heldOut).isGreaterThanOrEqualTo(leastAccuracy() - 0.05);
    }

    @Test
    void tells_nothing_of_other_languages() {
        assertThat(List.of(
                        "Was trägt die Frau auf dem linken Bild?",
                        "Wie viele Tassen stehen auf dem Tisch?",
                        "De quelle couleur est la voiture à gauche?",
                        "¿Cuántas personas hay en la imagen?",
                        "图片中有多少只猫？",
                        "На картинке есть собака?",
                        "画像には何人いますか？"))
                .allSatisfy(question -> assertThat(parser().parse(question)).isEmpty());
    }

    @Test
    void takes_any_text() {
        assertThat(List.of(
                        "",
                        " ",
                        "?",
                        "...",
                        "a",
                        "\ud83d",
                        "is",
                        "(",
                        "[0.1, 0.2",
                        "what".repeat(30_000),
                        "the ".repeat(30_000)))
                .allSatisfy(text -> assertThat(parser().parse(text)).isNotNull());
    }

    private static List<Labelled> questions() throws IOException {
        try (InputStream in = Objects.requireNonNull(
                VerbNounParserContract.class.getResourceAsStream("verb-nouns.tsv"), "verb-nouns.tsv")) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8)
                    .lines()
                    .filter(line -> !line.startsWith("#"))
                    .map(line -> line.split("\t"))
                    .map(fields -> new Labelled(
                            fields[0].equals("held-out"),
                            new VerbNoun(fields[1], fields[2].equals("-") ? "" : fields[2]),
                            fields[3]))
                    .toList();
        }
    }
}
