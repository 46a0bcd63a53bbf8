package io.github.mmevol.core.elimination;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;

import io.github.mmevol.core.sample.AnnotationTrust;
import io.github.mmevol.core.sample.BoundingBox;
import io.github.mmevol.core.sample.DetectedObject;
import io.github.mmevol.core.sample.Instruction;
import io.github.mmevol.core.sample.Sample;
import io.github.mmevol.core.sample.Step;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Texts made to keep a rule busy or to break it; each rule alone, as the one for form would turn the long ones away. */
class RulesOnHostileTextsTest {
    /** Of one piece, in one text; a rule that takes quadratic time needs minutes for it, one that is linear milliseconds. */
    private static final int HUGE = 1 << 18;
    /** The longest answer that every rule reads to its end. */
    private static final int LONGEST_READ = 7_900;

    private static final int LONGEST_STEP = 3_900;
    private static final Duration PATIENCE = Duration.ofSeconds(30);

    private static final List<String> PIECES = List.of(
            "\"",
            "\u201c",
            "\u201e",
            "\u00ab",
            "\u2018",
            "'a ",
            "`",
            "``` ",
            "A) ",
            "A) B) C) D) ",
            "B is wrong. ",
            "1",
            "1 ",
            "12,345,",
            "[0.1, 0.2, 0.3, 0.4] ",
            "[",
            "(",
            "((1 + ",
            "1 + (twice (",
            "half of (",
            "max(",
            "max (",
            "max (1, ",
            "grounding_1(",
            "{o1",
            "<|",
            "a + b = ",
            "1 + 1 = ",
            "=1+1",
            "1 + 1 = 3. ",
            "1 + 1 = 3, not 2. ",
            "just below ",
            "the option list below ",
            "list ",
            "\u7b2c",
            "I can't say, ",
            "the total of 1, 2 and ",
            "a",
            "\ud800",
            "\udc00",
            "\u05d0 ",
            "\u202e",
            "\u0301",
            "e\u0301 ",
            "\u4e00\u5343",
            "\u0130",
            "\u03a3",
            "\u0391\u03a3 ",
            "the cup is left of the ",
            "how many cups ",
            "the original question ",
            "\\",
            "\n");
    private static final List<String> FORMS = List.of("Norm", "multi_choice", "fill_in_the_blank");

    static List<Eliminator> rules() {
        return Rules.all().stages();
    }

    @ParameterizedTest
    @MethodSource("rules")
    void no_text_keeps_a_rule_busy(Eliminator rule) {
        for (String piece : PIECES) {
            assertTimeoutPreemptively(
                    PATIENCE,
                    () -> {
                        for (Instruction instruction : hostile(piece)) {
                            assertThat(Candidates.judge(rule, Candidates.of(sample(), instruction)))
                                    .isNotInstanceOf(Verdict.Fail.class);
                        }
                    },
                    () -> rule.name() + " on " + piece);
        }
    }

    @Property(tries = 1_000)
    void every_rule_has_an_opinion_on_every_text(
            @ForAll("texts") String question,
            @ForAll("texts") String answer,
            @ForAll("texts") String manipulation,
            @ForAll("texts") String description) {
        for (String format : FORMS) {
            Instruction instruction = instruction(format, question + "?", answer + ".", manipulation, description);
            for (Eliminator rule : rules()) {
                assertThat(Candidates.judge(rule, Candidates.of(sample(), instruction)))
                        .as("%s", rule.name())
                        .isNotInstanceOf(Verdict.Fail.class);
            }
        }
    }

    @Provide
    Arbitrary<String> texts() {
        return Arbitraries.oneOf(
                        Arbitraries.of(PIECES),
                        Arbitraries.strings()
                                .withChars("\\-+>=*[](){}<|,.:%\"'`x19 \n")
                                .ofMaxLength(3))
                .list()
                .ofMaxSize(8)
                .map(pieces -> String.join("", pieces));
    }

    private static List<Instruction> hostile(String piece) {
        List<Instruction> all = new ArrayList<>();
        String huge = of(piece, HUGE);
        String read = of(piece, LONGEST_READ);
        String step = of(piece, LONGEST_STEP);
        for (String format : FORMS) {
            all.add(instruction(format, huge, "One cup.", "", ""));
            all.add(instruction(format, "How many cups? A) 1 B) 2 C) 3", huge, "", ""));
            all.add(instruction(format, read, read, step, step));
            all.add(instruction(format, "How many cups? A) 1 B) 2 C) 3", read, "calculate(" + step, step));
        }
        all.add(instruction("Norm", "How many cups?", "1", huge, huge));
        return all;
    }

    private static Instruction instruction(
            String format, String question, String answer, String manipulation, String description) {
        return Instruction.builder(question, answer)
                .format(format)
                .steps(List.of(new Step(manipulation, description)))
                .build();
    }

    private static String of(String piece, int length) {
        return piece.repeat(length / piece.length());
    }

    private static Sample sample() {
        return Sample.builder("table")
                .objects(List.of(
                        DetectedObject.of("cup", new BoundingBox(0.1, 0.2, 0.3, 0.4)),
                        DetectedObject.of("plate", new BoundingBox(0.5, 0.5, 0.9, 0.9))))
                .trust(AnnotationTrust.PRECISE)
                .build();
    }
}
