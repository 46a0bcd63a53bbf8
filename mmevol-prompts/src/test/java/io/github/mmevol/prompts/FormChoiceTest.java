package io.github.mmevol.prompts;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.mmevol.core.sample.Instruction;
import io.github.mmevol.core.sample.Sample;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class FormChoiceTest {
    @ParameterizedTest
    @ValueSource(
            strings = {
                "A stop sign.",
                "a stop-sign",
                "Billboards",
                "It reads 7.",
                "the LICENSE plate",
                "two price tags",
                "the words \"Open\"",
                "\u201cOpen\u201d",
                "\u300c\u958b\u300d",
                "labelled jars",
                "a name-tag",
                "T\u6064\u4e0a\u6709logo\u6807\u5fd7"
            })
    void a_caption_that_tells_of_writing_hints_at_text(String caption) {
        assertThat(hints(caption)).isTrue();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "A traffic signal.",
                "designs",
                "a plate on a table",
                "tags",
                "it's a cup",
                "a texture",
                "Her name. Plates.",
                "by name: tags",
                "a name  plate"
            })
    void other_captions_do_not(String caption) {
        assertThat(hints(caption)).isFalse();
    }

    private static boolean hints(String caption) {
        Sample sample = Sample.builder("s")
                .caption(caption)
                .instructions(List.of(Instruction.of("What is it?", "A cup.")))
                .build();
        return FormChoice.hintsAtText(sample, List.of());
    }
}
