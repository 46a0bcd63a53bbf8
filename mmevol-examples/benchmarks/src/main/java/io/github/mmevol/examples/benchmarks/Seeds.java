package io.github.mmevol.examples.benchmarks;

import java.io.BufferedWriter;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;

/** Seed files of any size: a caption, five boxes and two instructions a sample. */
final class Seeds {
    private static final List<String> LABELS =
            List.of("cup", "lamp", "book", "chair", "window", "plant", "clock", "bag", "shoe", "bottle", "keyboard");

    private Seeds() {}

    /** Writes a JSONL of so many samples, over images that are called {@code 0.jpg} and so on. */
    static void write(Path file, int samples, int images) throws IOException {
        try (BufferedWriter out = Files.newBufferedWriter(file)) {
            for (int i = 0; i < samples; i++) {
                out.write(line(i, i % images));
                out.write('\n');
            }
        }
    }

    static String line(int i, int image) {
        StringBuilder boxes = new StringBuilder();
        for (int k = 0; k < 5; k++) {
            boxes.append(String.format(
                    Locale.ROOT,
                    "%s{\"label\":\"%s\",\"bbox\":[%.3f,%.3f,%.3f,%.3f]}",
                    k == 0 ? "" : ",",
                    label(i + k),
                    0.1 * k + 0.01,
                    0.1 + 0.05 * k,
                    0.1 * k + 0.3,
                    0.5 + 0.05 * k));
        }
        return String.format(Locale.ROOT, """
                {"id":"s%1$d","image":"%2$d.jpg","caption":["Room %1$d of a house: a %3$s, a %4$s and a %5$s stand side by \
                side before a bright wall."],"det":[%6$s],"conversations_v0":[\
                {"question":"What stands in room %1$d on the left?","answer":"A %3$s.","steps":[],"objects":["%3$s"],\
                "skills":[],"format":"Norm"},\
                {"question":"Which colour has the wall of room %1$d?","answer":"It is a bright blue.","steps":[],"objects":[],\
                "skills":[],"format":"Norm"}]}""", i, image, label(i), label(i + 1), label(i + 2), boxes);
    }

    private static String label(int number) {
        return LABELS.get(number % LABELS.size());
    }
}
