package io.github.mmevol.core.dataset;

import io.github.mmevol.core.internal.json.Json;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Iterator;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** A folder of images, each a record, in the order of their names. Holds the names. */
final class FolderSource implements RecordSource {
    private static final List<String> ENDINGS = List.of(".jpg", ".jpeg", ".png", ".webp", ".gif", ".bmp");

    private final Iterator<String> names;
    private long index;

    FolderSource(Path folder) throws IOException {
        try (Stream<Path> files = Files.walk(folder)) {
            names = files.filter(FolderSource::isImage)
                    .map(file -> folder.relativize(file).toString().replace('\\', '/'))
                    .sorted()
                    .toList()
                    .iterator();
        }
        if (!names.hasNext()) {
            throw new IOException("the folder holds neither metadata.jsonl nor images");
        }
    }

    private static boolean isImage(Path file) {
        String name = file.toString().toLowerCase(Locale.ROOT);
        return ENDINGS.stream().anyMatch(name::endsWith) && Files.isRegularFile(file);
    }

    @Override
    public @Nullable RawRecord next() {
        if (!names.hasNext()) {
            return null;
        }
        return new RawRecord.Whole(index, ++index, Json.object().put(Fields.FILE_NAME, names.next()));
    }

    @Override
    public void close() {
        // nothing is open
    }
}
