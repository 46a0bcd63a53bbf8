package io.github.mmevol.core.dataset;

import io.github.mmevol.core.internal.json.Json;
import io.github.mmevol.core.model.ModelException;
import io.github.mmevol.core.sample.ImageSource;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.stream.Stream;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;

/** A file, or a folder of images, that says what an evaluation uses. */
final class EvalFile {
    private static final List<String> IMAGES = List.of("jpg", "jpeg", "png", "gif", "bmp", "tif", "tiff", "webp");

    private final Path folder;
    private final EvalGuard.Builder guard;

    private EvalFile(Path folder, EvalGuard.Builder guard) {
        this.folder = folder;
        this.guard = guard;
    }

    static void read(Path path, EvalGuard.Builder guard) {
        try {
            if (Files.isDirectory(path)) {
                new EvalFile(path, guard).addFolder();
            } else if (isImageName(path.toString())) {
                add(path.toString(), () -> guard.image(String.valueOf(path.getFileName()), ImageSource.file(path)));
            } else {
                Path absolute = path.toAbsolutePath();
                new EvalFile(Objects.requireNonNull(absolute.getParent()), guard).addFile(absolute);
            }
        } catch (IOException e) {
            throw new UncheckedIOException("cannot read the evaluation file " + path + ": " + e.getMessage(), e);
        }
    }

    private void addFolder() throws IOException {
        List<Path> files;
        try (Stream<Path> all = Files.walk(folder)) {
            files = all.filter(Files::isRegularFile)
                    .filter(file -> isImageName(file.toString()))
                    .sorted()
                    .toList();
        }
        if (files.isEmpty()) {
            throw new IllegalArgumentException(folder + ": there is no image in this folder");
        }
        for (Path file : files) {
            add(folder.toString(), () -> guard.image(String.valueOf(file.getFileName()), ImageSource.file(file)));
        }
    }

    private void addFile(Path file) throws IOException {
        boolean any;
        try (Utf8Reader reader = new Utf8Reader(Files.newInputStream(file))) {
            int skippedLines = reader.skipBlank();
            any = reader.peek() == '[' ? addArray(file, reader, skippedLines) : addLines(file, reader, skippedLines);
        }
        if (!any) {
            throw new IllegalArgumentException(file + ": there is nothing in it to guard");
        }
    }

    private boolean addArray(Path file, Utf8Reader reader, int skippedLines) throws IOException {
        ArraySource records = new ArraySource(reader, skippedLines);
        boolean any = false;
        for (RawRecord record = records.next(); record != null; record = records.next()) {
            String place = place(file, record.line());
            if (record instanceof RawRecord.Whole whole) {
                add(place, () -> addObject(whole.node()));
            } else if (record instanceof RawRecord.Torn torn) {
                throw new IllegalArgumentException(place + ": " + torn.reason());
            }
            any = true;
        }
        return any;
    }

    private boolean addLines(Path file, Utf8Reader reader, int skippedLines) throws IOException {
        BufferedReader lines = new BufferedReader(reader);
        boolean any = false;
        long number = skippedLines;
        for (String line = lines.readLine(); line != null; line = lines.readLine()) {
            number++;
            String place = place(file, number);
            if (reader.malformedBefore(Long.MAX_VALUE >> 1)) {
                throw new IllegalArgumentException(place + " or soon after: it " + RecordSource.NOT_UTF8);
            }
            String entry = line.strip();
            if (!entry.isEmpty()) {
                add(place, () -> addLine(entry));
                any = true;
            }
        }
        return any;
    }

    private static String place(Path file, long line) {
        return file + ", line " + line;
    }

    private void addLine(String entry) {
        if (entry.startsWith("{")) {
            addObject(Json.tree(() -> Json.data().readTree(entry)));
        } else if (EvalGuard.Builder.isImageHash(entry.toLowerCase(Locale.ROOT))) {
            guard.imageHash(entry);
        } else if (isImageName(entry)) {
            addImage(entry);
        } else {
            guard.question(entry);
        }
    }

    private void addObject(JsonNode object) {
        String question =
                object.path(object.has("question") ? "question" : "text").asString("");
        List<String> images = new ArrayList<>();
        addImages(object.path("image"), images);
        addImages(object.path("images"), images);
        String hash = object.path("image_hash").asString("");
        if (question.isBlank() && images.isEmpty() && hash.isBlank()) {
            throw new IllegalArgumentException("an entry is an object with question, image or image_hash: " + object);
        }
        if (!question.isBlank()) {
            guard.question(question);
        }
        images.forEach(this::addImage);
        if (!hash.isBlank()) {
            guard.imageHash(hash);
        }
    }

    /** The paths that stand in a field: one, a list of them, or objects that have one each. */
    private static void addImages(JsonNode field, List<String> paths) {
        if (field.isArray()) {
            field.forEach(one -> addImages(one, paths));
        } else if (field.isString()) {
            if (!field.stringValue().isBlank()) {
                paths.add(field.stringValue());
            }
        } else if (field.path("path").isString()) {
            addImages(field.path("path"), paths);
        } else if (!field.isMissingNode() && !field.isNull()) {
            throw new IllegalArgumentException(
                    "an image is a path, a list of paths, or an object with a path, not " + RecordSource.kind(field));
        }
    }

    private void addImage(String path) {
        guard.image(path, ImageSource.within(folder, path));
    }

    private static void add(String place, Runnable entry) {
        try {
            entry.run();
        } catch (JacksonException e) {
            String why = RecordSource.isCutOff(e)
                    ? "the object is cut off; it stands on one line whole, or with others in a list [ ... ]"
                    : "no JSON (" + e.getOriginalMessage() + ")";
            throw new IllegalArgumentException(place + ": " + why, e);
        } catch (IllegalArgumentException | ModelException.UnusableImage e) {
            throw new IllegalArgumentException(place + ": " + e.getMessage(), e);
        }
    }

    private static boolean isImageName(String name) {
        String lower = name.toLowerCase(Locale.ROOT);
        return !lower.contains(" ") && IMAGES.stream().anyMatch(ending -> lower.endsWith("." + ending));
    }
}
