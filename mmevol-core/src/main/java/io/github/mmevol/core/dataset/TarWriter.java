package io.github.mmevol.core.dataset;

import io.github.mmevol.core.elimination.EvolvedSample;
import io.github.mmevol.core.internal.json.Json;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Writes WebDataset archives into a folder: for each conversation its image and a JSON file. */
record TarWriter(Path folder, String name, TrainingForm form, long largest, boolean eval, Losses losses)
        implements DataSetWriter {

    @Override
    public Appender open() {
        return new TarAppender(this);
    }

    Path archive(int number) {
        return folder.resolve(String.format(Locale.ROOT, "%s-%06d.tar", name, number));
    }
}

/** One output: archives with {@code .part} behind their names until they are committed. */
final class TarAppender implements DataSetWriter.Appender {
    /** In bytes; an entry's name has 100, the ending among them. */
    private static final int LONGEST_KEY = 80;

    private final TarWriter writer;
    private final Dialogues dialogues;
    private final List<Path> parts = new ArrayList<>();
    private @Nullable OutputStream out;
    private long written;
    private boolean committed;
    private String lastKey = "";
    private int repeats;

    TarAppender(TarWriter writer) {
        this.writer = writer;
        dialogues =
                new Dialogues(writer.form(), writer.folder().toAbsolutePath().normalize(), true, writer.losses());
        try {
            Files.createDirectories(writer.folder());
        } catch (IOException e) {
            throw failure(e);
        }
    }

    @Override
    public void append(EvolvedSample sample) {
        if (committed) {
            throw new IllegalStateException("the output is committed already: " + writer.folder());
        }
        if (TrainingWriter.isEval(sample, writer.form()) != writer.eval()) {
            return;
        }
        for (Dialogue dialogue : dialogues.of(sample)) {
            Optional<ImageFile> image = Optional.empty();
            try {
                if (dialogue.hasImage()) {
                    image = Optional.of(TrainingRecords.image(dialogue.sample()));
                }
            } catch (IOException e) {
                writer.losses().unreadable(e);
                continue;
            }
            writer.losses().written();
            String key = key(dialogue.id());
            byte[] json = Json.utf8(TrainingRecords.tagged(dialogue));
            try {
                if (image.isPresent()) {
                    add(key + "." + image.get().ending(), image.get().bytes());
                }
                add(key + ".json", json);
                if (written > writer.largest()) {
                    finish();
                }
            } catch (IOException e) {
                throw failure(e);
            }
        }
    }

    /** The name that the files of a record have in common, which a dot would end; that of no neighbour. */
    private String key(String id) {
        String key = id.replace('.', '_');
        if (key.getBytes(StandardCharsets.UTF_8).length > LONGEST_KEY) {
            // a character has three bytes at most, a pair of surrogates four
            int end = LONGEST_KEY / 6;
            end -= Character.isHighSurrogate(key.charAt(end - 1)) ? 1 : 0;
            key = key.substring(0, end) + "-" + Long.toHexString(Hash64.of(id));
        }
        repeats = key.equals(lastKey) ? repeats + 1 : 0;
        lastKey = key;
        return repeats == 0 ? key : key + "-" + repeats;
    }

    private void add(String name, byte[] bytes) throws IOException {
        OutputStream open = out;
        if (open == null) {
            Path part = part(parts.size());
            parts.add(part);
            written = 0;
            open = new BufferedOutputStream(Files.newOutputStream(part), 1 << 16);
            out = open;
        }
        open.write(TarEntry.head(name, bytes.length));
        open.write(bytes);
        int padding = -bytes.length & (TarEntry.BLOCK - 1);
        open.write(new byte[padding]);
        written += TarEntry.BLOCK + bytes.length + padding;
    }

    private Path part(int number) {
        Path archive = writer.archive(number);
        return archive.resolveSibling(archive.getFileName() + ".part");
    }

    private void finish() throws IOException {
        OutputStream open = out;
        if (open != null) {
            out = null;
            try (open) {
                open.write(new byte[2 * TarEntry.BLOCK]);
            }
        }
    }

    /** Puts the archives in place, and takes away those of an earlier output that had more. */
    @Override
    public void commit() {
        try {
            finish();
            for (int i = 0; i < parts.size(); i++) {
                Files.move(
                        parts.get(i),
                        writer.archive(i),
                        StandardCopyOption.ATOMIC_MOVE,
                        StandardCopyOption.REPLACE_EXISTING);
            }
            committed = true;
            Pattern own = Pattern.compile(Pattern.quote(writer.name()) + "-\\d{6}\\.tar");
            try (Stream<Path> files = Files.list(writer.folder())) {
                for (Path old : files.filter(file ->
                                own.matcher(file.getFileName().toString()).matches())
                        .toList()) {
                    String name = old.getFileName().toString();
                    int number = Integer.parseInt(name.substring(name.length() - 10, name.length() - 4));
                    if (number >= parts.size()) {
                        Files.delete(old);
                    }
                }
            }
        } catch (IOException e) {
            throw failure(e);
        }
    }

    @Override
    public void close() {
        if (committed) {
            return;
        }
        try {
            OutputStream open = out;
            out = null;
            if (open != null) {
                open.close();
            }
            for (Path part : parts) {
                Files.deleteIfExists(part);
            }
        } catch (IOException e) {
            throw failure(e);
        }
    }

    private UncheckedIOException failure(IOException e) {
        return new UncheckedIOException("cannot write the archives in " + writer.folder() + ": " + e.getMessage(), e);
    }
}
