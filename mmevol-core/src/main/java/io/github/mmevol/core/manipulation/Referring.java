package io.github.mmevol.core.manipulation;

import io.github.mmevol.core.sample.BoundingBox;
import io.github.mmevol.core.sample.SampleKey;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import javax.imageio.ImageIO;
import org.jspecify.annotations.Nullable;

/** Referring: the region itself, which is cut out and enlarged where a folder is given to keep it in. */
record Referring(@Nullable Path folder) implements Tool {

    @Override
    public Optional<Value> run(Call call, List<Value> given, Scene scene) {
        if (given.size() != 1 || !(given.get(0) instanceof Value.Boxes regions)) {
            return Optional.empty();
        }
        Path into = folder;
        if (into != null) {
            for (BoundingBox box : regions.boxes()) {
                keep(into, box, scene);
            }
        }
        return Optional.of(regions);
    }

    private static void keep(Path folder, BoundingBox box, Scene scene) {
        String place = box.toString().replace("[", "").replace("]", "").replace(", ", "-");
        String name = SampleKey.of(scene.sample()) + "-" + place + ".png";
        Path file = folder.resolve(name);
        try {
            if (!Files.exists(file)) {
                Files.createDirectories(folder);
                Path part = Files.createTempFile(folder, "crop", ".part");
                ImageIO.write(scene.zoomed(box), "png", part.toFile());
                Files.move(part, file, java.nio.file.StandardCopyOption.REPLACE_EXISTING);
            }
        } catch (IOException e) {
            throw new UncheckedIOException("cannot keep the region " + box, e);
        }
    }
}
