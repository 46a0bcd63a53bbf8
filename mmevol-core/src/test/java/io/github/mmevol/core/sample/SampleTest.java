package io.github.mmevol.core.sample;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatNullPointerException;

import java.nio.file.Path;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class SampleTest {

    @ParameterizedTest
    @CsvSource({
        "89504e470d0a, 823ceb99fcef5252.png",
        "ffd8ffe0, ba4f25bf16ba4be6.jpeg",
        "4749463839, cc96d875fc16cdc1.gif",
        "52494646aa, 87b00c529147ae9f.webp",
        "010203, 039058c6f2c0cb49"
    })
    void an_image_in_memory_without_a_name_gets_one_made_of_its_bytes(String hex, String name) {
        ImageSource source = ImageSource.bytes(HexFormat.of().parseHex(hex));
        Sample sample = Sample.builder("a").image("", source).build();
        assertThat(sample.image()).isEqualTo(name);
        assertThat(sample.toBuilder().build()).isEqualTo(sample);
        assertThat(Sample.builder("a").image("upload", source).build().image()).isEqualTo("upload");
    }

    @Test
    void an_image_elsewhere_without_a_name_stays_without() {
        assertThat(Sample.builder("a")
                        .image("", ImageSource.file(Path.of("a.png")))
                        .build()
                        .image())
                .isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"Hello there", "", " ", "{oops", "1 2", "'x'"})
    void extras_that_are_no_json_are_refused_at_the_door(String text) {
        Map<String, String> extras = Map.of("note", text);
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Sample.builder("a").extras(extras))
                .withMessageContaining("'note'")
                .withMessageContaining("JSON");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Instruction.builder("Q?", "A.").extras(extras))
                .withMessageContaining("'note'");
    }

    @Test
    void extras_are_copied_in_their_order_and_cannot_be_changed() {
        Map<String, String> extras = new LinkedHashMap<>();
        extras.put("z", "NaN");
        extras.put("a", "{\"b\": [1.50, null]}");
        Sample sample = Sample.builder("a").extras(extras).build();
        extras.remove("z");
        assertThat(sample.extras()).containsExactly(Map.entry("z", "NaN"), Map.entry("a", "{\"b\": [1.50, null]}"));
        assertThatExceptionOfType(UnsupportedOperationException.class)
                .isThrownBy(() -> sample.extras().put("more", "1"));
        assertThatExceptionOfType(UnsupportedOperationException.class)
                .isThrownBy(() -> sample.extras().remove("a"));
        assertThat(sample.extras().get("a")).isEqualTo("{\"b\": [1.50, null]}");
        assertThat(sample.toBuilder().build().extras()).isSameAs(sample.extras());
    }

    @Test
    @SuppressWarnings("NullAway")
    void what_is_missing_is_named() {
        assertThatNullPointerException()
                .isThrownBy(() -> Sample.builder("a").objects(null))
                .withMessage("objects");
        assertThatNullPointerException()
                .isThrownBy(() -> ImageSource.bytes(null))
                .withMessage("bytes");
        assertThatNullPointerException().isThrownBy(() -> SampleKey.of(null)).withMessage("sample");
    }
}
