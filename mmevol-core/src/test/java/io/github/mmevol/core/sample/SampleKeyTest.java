package io.github.mmevol.core.sample;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;

class SampleKeyTest {

    @Test
    void is_the_same_on_every_machine_and_in_every_version() {
        assertThat(SampleKey.of(sample())).hasToString("ba2c39e609b7c04b8c6ede3222934831");
        assertThat(SampleKey.of(Sample.builder("").build())).hasToString("7f135c86d42dc8cebf19010b85931f58");
    }

    @Test
    void does_not_depend_on_where_the_image_lies_or_on_the_order_of_unknown_fields() {
        Map<String, String> turned = new LinkedHashMap<>();
        turned.put("z", "1");
        turned.put("a", "\"x\"");
        Sample same = sample().with(b -> b.image("a/cup.jpg", ImageSource.within(Path.of("here"), "a/cup.jpg"))
                .extras(turned));

        assertThat(SampleKey.of(same)).isEqualTo(SampleKey.of(sample()));
    }

    @Test
    void tells_records_apart_that_differ_in_any_field() {
        List<Consumer<Sample.Builder>> changes = List.of(
                b -> b.image("b/cup.jpg", ImageSource.none()),
                b -> b.caption("A cup on a table"),
                b -> b.objects(List.of()),
                b -> b.objects(List.of(DetectedObject.of("cup", new BoundingBox(0.1, 0.2, 0.3, 0.4)))),
                b -> b.instructions(List.of()),
                b -> b.instructions(List.of(Instruction.of("What is it?", "A cup."))),
                b -> b.trust(AnnotationTrust.NOISY),
                b -> b.topicName("other"),
                b -> b.size(480, 640),
                b -> b.hashId("1_a_cup.jpg"),
                b -> b.extras(Map.of()));

        List<SampleKey> keys = changes.stream()
                .map(change -> SampleKey.of(sample().with(change)))
                .toList();

        assertThat(keys).doesNotHaveDuplicates().doesNotContain(SampleKey.of(sample()));
    }

    @Test
    void tells_apart_what_is_in_memory_under_the_same_name() {
        SampleKey one = SampleKey.of(sample().with(b -> b.image("a/cup.jpg", ImageSource.bytes(new byte[] {1}))));
        SampleKey other = SampleKey.of(sample().with(b -> b.image("a/cup.jpg", ImageSource.bytes(new byte[] {2}))));

        assertThat(one)
                .isNotEqualTo(other)
                .isNotEqualTo(SampleKey.of(sample()))
                .isEqualTo(SampleKey.of(sample().with(b -> b.image("a/cup.jpg", inMemory(new byte[] {1})))))
                .hasToString("c22686f08515e2164a20d33262e5bc41");
    }

    @Test
    void is_that_of_the_file_where_the_name_in_memory_was_made_of_the_bytes() {
        Sample unnamed =
                Sample.builder("").image("", ImageSource.bytes(new byte[] {1})).build();
        Sample other =
                Sample.builder("").image("", ImageSource.bytes(new byte[] {2})).build();
        Sample written = unnamed.with(b -> b.image(unnamed.image(), ImageSource.none()));

        assertThat(SampleKey.of(unnamed)).isNotEqualTo(SampleKey.of(other)).isEqualTo(SampleKey.of(written));
    }

    @Test
    void is_told_of_an_image_in_memory_that_cannot_be_opened_too() {
        ImageSource broken = new ImageSource() {
            @Override
            public InputStream open() throws IOException {
                throw new IOException("gone");
            }

            @Override
            public boolean isInMemory() {
                return true;
            }
        };
        assertThat(SampleKey.of(sample().with(b -> b.image("a/cup.jpg", broken))))
                .isEqualTo(SampleKey.of(sample()));
    }

    /** A source of the caller's own. */
    private static ImageSource inMemory(byte[] bytes) {
        return new ImageSource() {
            @Override
            public InputStream open() {
                return new ByteArrayInputStream(bytes);
            }

            @Override
            public boolean isInMemory() {
                return true;
            }
        };
    }

    @Test
    void tells_records_apart_whose_texts_run_together_alike() {
        Sample one = Sample.builder("ab").caption("c").build();
        Sample other = Sample.builder("a").caption("bc").build();

        assertThat(SampleKey.of(one)).isNotEqualTo(SampleKey.of(other));
    }

    @Test
    void counts_the_repeats_of_a_record_from_two_on() {
        SampleKey key = new SampleKey("00ff");

        assertThat(key.occurrence(1)).isEqualTo(key);
        assertThat(key.occurrence(2)).hasToString("00ff~2");
        assertThat(key.occurrence(3)).hasToString("00ff~3");
    }

    @Test
    void names_an_instruction_by_round_and_ordinal() {
        assertThat(new SampleKey("00ff").instruction(2, 3)).isEqualTo("00ff.2.3");
    }

    private static Sample sample() {
        Map<String, String> extras = new LinkedHashMap<>();
        extras.put("a", "\"x\"");
        extras.put("z", "1");
        return Sample.builder("7")
                .image("a/cup.jpg", ImageSource.none())
                .caption("A cup on a table. \u00c9\u4e2d\ud83d\ude00")
                .objects(List.of(
                        new DetectedObject("cup", new BoundingBox(0.1, 0.2, 0.3, 0.4), OptionalDouble.of(0.87))))
                .instructions(List.of(Instruction.builder("What is it?", "A cup.")
                        .steps(List.of(new Step("grounding_1(the cup)->bbx_1", "Find the cup.")))
                        .objects(List.of("cup"))
                        .skills(List.of("Grounding Ability"))
                        .format("Norm")
                        .imagePosition("single")
                        .extras(Map.of("note", "[1]"))
                        .build()))
                .topicName("still life")
                .size(640, 480)
                .hashId("0_a_cup.jpg")
                .extras(extras)
                .build();
    }
}
