package io.github.mmevol.examples.parquet;

import com.jerolba.carpet.CarpetWriter;
import io.github.mmevol.core.dataset.DataSet;
import io.github.mmevol.core.dataset.DataSetWriter;
import io.github.mmevol.core.dataset.DataSets;
import io.github.mmevol.core.dataset.TrainingForm;
import io.github.mmevol.core.elimination.EvolvedSample;
import io.github.mmevol.core.sample.ImageSource;
import java.io.BufferedOutputStream;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.apache.parquet.io.api.Binary;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * Writes conversations to a Parquet file as data hubs have them: {@code id}, {@code image} as a struct of {@code bytes} and
 * {@code path}, {@code messages} as a list of structs of {@code role} and {@code content}. Python's {@code datasets} finds
 * the types in the file and gives pictures.
 */
public final class ParquetTraining {
    private static final String FEATURES = """
            {"info": {"features": {"id": {"dtype": "string", "_type": "Value"}, "image": {"_type": "Image"}, "messages": \
            [{"role": {"dtype": "string", "_type": "Value"}, "content": {"dtype": "string", "_type": "Value"}}]}}}""";

    private ParquetTraining() {}

    /** A conversation; its image is null where it has none. */
    record Row(String id, @Nullable Picture image, List<Message> messages) {}

    /** An image: its bytes, unless they stay in the file, and its name. */
    record Picture(@Nullable Binary bytes, String path) {}

    /** A turn. */
    record Message(String role, String content) {}

    /**
     * Writes the conversations of a data set; the file is there whole or not at all.
     *
     * @param images the folder that the images' names are relative to
     * @param embedded whether the images' bytes are written too, not their names alone
     * @return how many rows were written
     * @throws IOException if a file cannot be written, or an image to be embedded cannot be read
     */
    public static long write(
            DataSet<EvolvedSample> evolved, TrainingForm form, Path images, boolean embedded, Path parquet)
            throws IOException {
        Path lines = Files.createTempFile("mmevol", ".jsonl");
        try {
            DataSetWriter messages = DataSets.writeMessagesJsonl(lines, form);
            try (DataSetWriter.Appender out = messages.open();
                    Stream<EvolvedSample> samples = evolved.stream()) {
                samples.forEach(out::append);
                out.commit();
            }
            Path part = parquet.resolveSibling(parquet.getFileName() + ".part");
            try {
                long rows = rows(lines, images, embedded, part);
                Files.move(part, parquet, StandardCopyOption.REPLACE_EXISTING);
                return rows;
            } finally {
                Files.deleteIfExists(part);
            }
        } finally {
            Files.delete(lines);
        }
    }

    private static long rows(Path lines, Path images, boolean embedded, Path parquet) throws IOException {
        long rows = 0;
        try (BufferedReader in = Files.newBufferedReader(lines);
                OutputStream file = new BufferedOutputStream(Files.newOutputStream(parquet));
                CarpetWriter<Row> out = new CarpetWriter.Builder<>(file, Row.class)
                        .withExtraMetaData("huggingface", FEATURES)
                        .build()) {
            for (String line = in.readLine(); line != null; line = in.readLine()) {
                out.write(row(JsonMapper.shared().readTree(line), images, embedded));
                rows++;
            }
        }
        return rows;
    }

    private static Row row(JsonNode record, Path images, boolean embedded) throws IOException {
        List<Message> messages = new ArrayList<>();
        for (JsonNode message : record.path("messages")) {
            messages.add(new Message(
                    message.path("role").asString(), message.path("content").asString()));
        }
        JsonNode image = record.path("images").path(0);
        return new Row(
                record.path("id").asString(),
                image.isMissingNode() ? null : picture(image.asString(), images, embedded),
                messages);
    }

    private static Picture picture(String name, Path images, boolean embedded) throws IOException {
        if (!embedded) {
            return new Picture(null, name);
        }
        try (InputStream in = ImageSource.within(images, name).open()) {
            return new Picture(Binary.fromConstantByteArray(in.readAllBytes()), name);
        }
    }
}
