package io.github.mmevol.examples.evolve;

import java.awt.Color;
import java.awt.Graphics2D;
import java.awt.image.BufferedImage;
import java.io.BufferedWriter;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import javax.imageio.ImageIO;

/** Seed files of any size for tests: five boxes and two instructions a sample. */
final class SeedFiles {
    private static final List<String> LABELS =
            List.of("cup", "lamp", "book", "chair", "window", "plant", "clock", "bag", "shoe", "bottle", "keyboard");

    private SeedFiles() {}

    /** Writes a JSONL of so many samples over a few images into the folder and names it. */
    static Path write(Path folder, int samples, int images) throws IOException {
        Files.createDirectories(folder);
        for (int i = 0; i < images; i++) {
            BufferedImage image = new BufferedImage(64, 48, BufferedImage.TYPE_INT_RGB);
            Graphics2D graphics = image.createGraphics();
            graphics.setColor(new Color(40 + i % 200, 90, 160));
            graphics.fillRect(0, 0, 64, 48);
            graphics.dispose();
            ImageIO.write(image, "jpg", folder.resolve(i + ".jpg").toFile());
        }
        Path file = folder.resolve("seeds.jsonl");
        try (BufferedWriter out = Files.newBufferedWriter(file)) {
            for (int i = 0; i < samples; i++) {
                out.write(line(i, i % images));
                out.write('\n');
            }
        }
        return file;
    }

    private static String line(int i, int image) {
        StringBuilder det = new StringBuilder();
        for (int k = 0; k < 5; k++) {
            det.append(k == 0 ? "" : ",")
                    .append(String.format(
                            Locale.ROOT,
                            "{\"label\":\"%s\",\"bbox\":[%.3f,%.3f,%.3f,%.3f]}",
                            LABELS.get((i + k) % LABELS.size()),
                            0.1 * k + 0.01,
                            0.1 + 0.05 * k,
                            0.1 * k + 0.3,
                            0.5 + 0.05 * k));
        }
        return "{\"id\":\"s" + i + "\",\"image\":\"" + image + ".jpg\",\"caption\":[],\"det\":[" + det
                + "],\"conversations_v0\":["
                + "{\"question\":\"What stands in room " + i + "?\",\"answer\":\"A " + LABELS.get(i % LABELS.size())
                + ".\",\"steps\":[],\"objects\":[],\"skills\":[],\"format\":\"Norm\"},"
                + "{\"question\":\"Which colour has the wall of room " + i + "?\",\"answer\":\"Blue.\"}]}";
    }
}
