package io.github.mmevol.examples.evolve;

import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.List;

/** The photographs that come with the program, with their annotations. */
final class BundledSeeds {
    /** The photographs, without folder and ending. */
    static final List<String> NAMES =
            List.of("astronaut", "camera", "chart", "chelsea", "china", "coffee", "flower", "rocket");

    private BundledSeeds() {}

    /** Copies seeds and photographs into a folder, so that the results beside it can be looked at, and names the seeds. */
    static Path unpack(Path folder) throws IOException {
        Files.createDirectories(folder);
        List<String> files = new ArrayList<>(List.of("seeds.json", "LICENSES.txt"));
        NAMES.forEach(name -> files.add(name + ".jpg"));
        for (String file : files) {
            try (InputStream in = BundledSeeds.class.getResourceAsStream("/bundled/" + file)) {
                if (in == null) {
                    throw new FileNotFoundException("the program's jar lacks /bundled/" + file);
                }
                Files.copy(in, folder.resolve(file), StandardCopyOption.REPLACE_EXISTING);
            }
        }
        return folder.resolve("seeds.json");
    }
}
