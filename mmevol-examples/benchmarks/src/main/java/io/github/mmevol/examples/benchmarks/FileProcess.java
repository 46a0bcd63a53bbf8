package io.github.mmevol.examples.benchmarks;

import io.github.mmevol.core.dataset.Annotations;
import io.github.mmevol.core.dataset.DataSetWriter;
import io.github.mmevol.core.dataset.DataSets;
import io.github.mmevol.core.dataset.TrainingForm;
import io.github.mmevol.core.elimination.EvolvedSample;
import io.github.mmevol.core.elimination.Outcome;
import io.github.mmevol.core.sample.AnnotationTrust;
import io.github.mmevol.core.sample.BoundingBox;
import io.github.mmevol.core.sample.DetectedObject;
import io.github.mmevol.core.sample.ImageSource;
import io.github.mmevol.core.sample.Instruction;
import io.github.mmevol.core.sample.Sample;
import io.github.mmevol.core.sample.SampleKey;
import io.github.mmevol.core.sample.Step;
import java.io.BufferedOutputStream;
import java.io.BufferedWriter;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Iterator;
import java.util.List;
import java.util.Locale;
import java.util.OptionalInt;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.MappingIterator;
import tools.jackson.databind.SequenceWriter;
import tools.jackson.databind.json.JsonMapper;

/** A JVM of its own that writes and reads a data file; prints one line of JSON, a {@link FileUsage}. */
public final class FileProcess {
    static final List<String> FORMS = List.of("mmevol", "llava", "sharegpt", "messages", "thousand", "annotations");
    private static final int BATCH = 1_000;
    private static final TrainingForm PLAIN = TrainingForm.ofDefaults();
    private static final TrainingForm THOUSAND = TrainingForm.builder()
            .answer(TrainingForm.Answer.THINK)
            .boxes(TrainingForm.Boxes.THOUSAND)
            .build();

    private FileProcess() {}

    /** Arguments: the form, how many records, a folder. */
    public static void main(String[] args) throws IOException {
        Path folder = Files.createDirectories(Path.of(args[2]));
        int records = Integer.parseInt(args[1]);
        FileUsage usage = args[0].equals("annotations") ? annotations(folder, records) : file(args[0], folder, records);
        System.out.println(JsonMapper.shared().writeValueAsString(usage));
        System.exit(0);
    }

    private static FileUsage file(String form, Path folder, int records) throws IOException {
        Path file = folder.resolve(form.equals("sharegpt") ? "sharegpt.json" : form);
        DataSetWriter writer =
                switch (form) {
                    case "mmevol" -> DataSets.writeMmevolJson(file);
                    case "llava" -> DataSets.writeLlavaJson(file);
                    case "sharegpt" -> DataSets.writeShareGpt(folder, PLAIN);
                    case "messages" -> DataSets.writeMessagesJsonl(file, PLAIN);
                    default -> DataSets.writeMessagesJsonl(file, THOUSAND);
                };
        Stopwatch writing = new Stopwatch();
        try (DataSetWriter.Appender out = writer.open()) {
            for (int i = 0; i < records; i += BATCH) {
                List<EvolvedSample> batch = IntStream.range(i, Math.min(records, i + BATCH))
                        .mapToObj(FileProcess::sample)
                        .toList();
                writing.start();
                batch.forEach(out::append);
                writing.stop();
            }
            writing.start();
            out.commit();
            writing.stop();
        }
        double held = 0;
        Stopwatch reading = Stopwatch.started();
        try (Stream<Sample> samples = DataSets.read(file).stream()) {
            Iterator<Sample> all = samples.iterator();
            for (int read = 0; all.hasNext(); read++) {
                all.next();
                if (read == records / 2) {
                    reading.stop();
                    held = heldMegabytes();
                    reading.start();
                }
            }
        }
        reading.stop();
        double megabytes = Files.size(file) / 1e6;
        Stopwatch jackson = copy(file, folder.resolve("copy"));
        Files.delete(file);
        return new FileUsage(
                megabytes,
                writing.wallSeconds(),
                reading.wallSeconds(),
                jackson.wallSeconds(),
                writing.cpuSeconds() + reading.cpuSeconds(),
                jackson.cpuSeconds(),
                held,
                Usage.residentMegabytes());
    }

    private static Stopwatch copy(Path from, Path to) throws IOException {
        Stopwatch copying = Stopwatch.started();
        JsonMapper mapper = JsonMapper.shared();
        try (MappingIterator<JsonNode> records =
                        mapper.readerFor(JsonNode.class).readValues(from.toFile());
                FileOutputStream file = new FileOutputStream(to.toFile());
                OutputStream out = new BufferedOutputStream(file, 1 << 16);
                SequenceWriter writer = mapper.writer().writeValues(out)) {
            while (records.hasNextValue()) {
                writer.write(records.nextValue());
            }
            writer.flush();
            out.flush();
            file.getFD().sync();
        }
        copying.stop();
        Files.delete(to);
        return copying;
    }

    private static FileUsage annotations(Path folder, int images) throws IOException {
        Path file = folder.resolve("instances.json");
        try (BufferedWriter out = Files.newBufferedWriter(file)) {
            out.write("{\"images\": [");
            for (int i = 0; i < images; i++) {
                out.write(String.format(
                        Locale.ROOT,
                        "%s{\"id\": %d, \"file_name\": \"%012d.jpg\", \"width\": 640, \"height\": 480}",
                        i == 0 ? "" : ", ",
                        i + 1,
                        i));
            }
            out.write("], \"annotations\": [");
            for (int i = 0; i < 7 * images; i++) {
                out.write(String.format(
                        Locale.ROOT,
                        "%s{\"id\": %d, \"image_id\": %d, \"category_id\": %d, \"bbox\": [%.2f, 20.5, 200.25, 120.75], \"area\":"
                                + " 24180.2, \"iscrowd\": 0}",
                        i == 0 ? "" : ", ",
                        i,
                        i * 31L % images + 1,
                        i % 3 + 1,
                        i % 400 + 0.5));
            }
            out.write("], \"categories\": [{\"id\": 1, \"name\": \"cup\"}, {\"id\": 2, \"name\": \"lamp\"}, {\"id\": 3,"
                    + " \"name\": \"book\"}]}");
        }
        double megabytes = Files.size(file) / 1e6;
        Stopwatch joining = Stopwatch.started();
        FileUsage usage;
        try (Annotations annotations = Annotations.read(AnnotationTrust.PRECISE, file)) {
            joining.stop();
            double held = heldMegabytes();
            joining.start();
            int objects = 0;
            for (int i = 0; i < images; i++) {
                String name = String.format(Locale.ROOT, "coco/%012d.jpg", i);
                objects += annotations
                        .join(Sample.builder(name)
                                .image(name, ImageSource.none())
                                .build())
                        .objects()
                        .size();
            }
            joining.stop();
            if (objects != 7 * images) {
                throw new IllegalStateException(objects + " objects instead of " + 7 * images);
            }
            usage = new FileUsage(
                    megabytes,
                    0,
                    joining.wallSeconds(),
                    Double.NaN,
                    joining.cpuSeconds(),
                    Double.NaN,
                    held,
                    Usage.residentMegabytes());
        }
        Files.delete(file);
        return usage;
    }

    private static double heldMegabytes() {
        System.gc();
        return Usage.usedHeapMegabytes();
    }

    /** Five boxes, two seeds, two survivors with steps and a box. */
    private static EvolvedSample sample(int i) {
        String image = "train2017/" + i + ".jpg";
        List<DetectedObject> objects = Stream.of("cup", "lamp", "book", "chair", "plant")
                .map(label -> DetectedObject.of(
                        label, new BoundingBox(0.1 + label.length() / 100.0, 0.2, 0.5 + i % 7 / 100.0, 0.875)))
                .toList();
        Sample sample = Sample.builder("s" + i)
                .image(image, ImageSource.none())
                .caption("Room " + i + " of a house: a cup, a lamp and a book stand side by side before a bright wall.")
                .objects(objects)
                .instructions(List.of(
                        Instruction.of("What stands in room " + i + " on the left?", "A cup."),
                        Instruction.of("Which colour has the wall of the room?", "It is a bright blue.")))
                .build();
        SampleKey key = SampleKey.of(sample);
        return new EvolvedSample(key, sample, List.of(survivor(key, 1), survivor(key, 2)));
    }

    private static Outcome survivor(SampleKey key, int line) {
        Instruction instruction = Instruction.builder(
                        "Which of the things side by side before the bright wall stands farthest from the cup at [0.130, 0.200,"
                                + " 0.500, 0.875], and what could it be used for in the evening?",
                        "The lamp at [0.140, 0.200, 0.500, 0.875] stands farthest from it; in the evening it lights the table, so"
                                + " that whoever sits there can read the book.")
                .steps(List.of(
                        new Step("grounding_1(cup)->bbx_1", "The cup stands at [0.130, 0.200, 0.500, 0.875]."),
                        new Step("grounding_2(lamp)->bbx_2", "The lamp stands at the other end of the row."),
                        Step.of("A lamp gives light where it is dark.")))
                .objects(List.of("cup", "lamp"))
                .skills(List.of("Grounding Ability", "Knowledge Integration Ability"))
                .format("complex reasoning")
                .build();
        Outcome.Origin origin = new Outcome.Origin(
                key.instruction(1, line), key.instruction(0, line), 1, "cognitive", "0123456789abcdef", "model");
        return new Outcome.Kept(origin, instruction, OptionalInt.of(6), "more steps");
    }
}
