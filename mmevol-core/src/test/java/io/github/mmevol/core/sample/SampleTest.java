package io.github.mmevol.core.sample;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.HexFormat;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

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
}
