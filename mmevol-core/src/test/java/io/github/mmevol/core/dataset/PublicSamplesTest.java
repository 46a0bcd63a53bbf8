package io.github.mmevol.core.dataset;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.github.mmevol.core.sample.AnnotationTrust;
import io.github.mmevol.core.sample.BoundingBox;
import io.github.mmevol.core.sample.DetectedObject;
import io.github.mmevol.core.sample.Instruction;
import io.github.mmevol.core.sample.Sample;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Records that others published; {@code NOTICE.txt} beside them says who. */
class PublicSamplesTest {
    private static List<Sample> read(String name) {
        Data.Reading<Sample> reading = Data.read(Data.resource("public/" + name));
        assertThat(reading.broken()).isEmpty();
        assertThat(reading.report().droppedTurns()).isZero();
        return reading.items();
    }

    @Test
    void llava_s_own_example() {
        assertThat(read("finetune_custom_data.json")).singleElement().satisfies(sample -> {
            assertThat(sample.id()).isEqualTo("997bb945-628d-4724-b370-b84de974a19f");
            assertThat(sample.image()).isEqualTo("part-000001/997bb945-628d-4724-b370-b84de974a19f.jpg");
            assertThat(sample.instructions())
                    .extracting(Instruction::question)
                    .containsExactly("Write a prompt for Stable Diffusion to generate this image.");
        });
    }

    @Test
    void llama_factory_s_demonstration() {
        List<Sample> samples = read("mllm_demo.json");
        assertThat(samples).extracting(Sample::image).containsExactly("mllm_demo_data/2.jpg", "mllm_demo_data/1.jpg");
        assertThat(samples.get(0).instructions())
                .containsExactly(
                        Instruction.of("Who is he?", "He's Thomas Muller from Bayern Munich."),
                        Instruction.of("Why is he on the ground?", "Because he's sliding on his knees to celebrate."));
        assertThat(samples.get(1).instructions()).hasSize(2);
    }

    @Test
    void ms_swift_s_images_by_address() {
        List<Sample> samples = read("vl.jsonl");
        assertThat(samples)
                .extracting(Sample::image)
                .containsExactly(
                        "http://modelscope-open.oss-cn-hangzhou.aliyuncs.com/images/animal.png",
                        "http://modelscope-open.oss-cn-hangzhou.aliyuncs.com/images/cat.png");
        assertThat(samples.get(0).instructions())
                .containsExactly(Instruction.of(
                        "\u8fd9\u5f20\u56fe\u91cc\u6709\u4ec0\u4e48\u52a8\u7269\uff1f",
                        "\u56fe\u91cc\u662f\u4e00\u53ea\u732b\u3002"));
    }

    @Test
    void ms_swift_s_text_alone() {
        assertThat(read("conversations.jsonl"))
                .extracting(sample -> sample.instructions().size())
                .containsExactly(1, 2);
    }

    @Test
    void xtuner_s_parts_with_a_path_for_an_address() {
        List<Sample> samples = read("mllm_sft_single_image_example_data.jsonl");
        assertThat(samples).extracting(Sample::id).containsExactly("13", "19");
        assertThat(samples).extracting(Sample::image).containsOnly("resource/mscoco_twocat_000000039769.jpg");
        assertThat(samples.get(0).instructions()).hasSize(4);
        assertThat(samples.get(1).instructions())
                .containsExactly(
                        Instruction.of("How many cats are in the picture?", "There are 2 cats in the picture."));
    }

    @Test
    void coco_s_annotations() {
        try (Annotations annotations =
                Annotations.read(AnnotationTrust.PRECISE, Data.resource("public/instances_val2017.json"))) {
            Sample sample = annotations.join(Data.sample("a", "val2017/000000255917.jpg", "Q?"));
            assertThat(sample.objects()).extracting(DetectedObject::label).containsExactly("traffic light", "person");
            BoundingBox box = sample.objects().get(0).box();
            assertThat(box.x1() * 640).isCloseTo(222.62, within(0.01));
            assertThat(box.y2() * 427).isCloseTo(217.82 + 21.11, within(0.01));
        }
    }

    @Test
    void mmdetection_s_annotations_without_crowds() {
        try (Annotations annotations =
                Annotations.read(AnnotationTrust.EXHAUSTIVE, Data.resource("public/coco_sample.json"))) {
            Sample sample = annotations.join(Data.sample("a", "fake1.jpg", "Q?"));
            assertThat(sample.objects())
                    .containsExactly(
                            DetectedObject.of("bus", new BoundingBox(0, 0, 0.025, 0.025)),
                            DetectedObject.of("car", new BoundingBox(0, 0, 0.025, 0.025)));
            assertThat(annotations.join(Data.sample("b", "fake3.jpg", "Q?")).objects())
                    .isEmpty();
        }
    }
}
