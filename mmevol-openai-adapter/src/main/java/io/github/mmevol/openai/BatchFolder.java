package io.github.mmevol.openai;

import io.github.mmevol.core.internal.json.Json;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * The folder in which the requests and replies of a batch run lie until the run's store holds them. What is said to be kept
 * survives the process; a pass that was broken off leaves nothing but files that the next one removes. One process has it at
 * a time.
 */
final class BatchFolder implements AutoCloseable {
    private static final String STATE = "state.json";
    private static final String REQUESTS = ".jsonl";

    /** Where a line of a file of replies stands. */
    private record Place(Path file, long offset, int length) {}

    private final Path folder;
    private final int maxPending;
    private final FileChannel lockFile;
    private final ReentrantLock lock = new ReentrantLock();
    private final List<BatchPart> parts = new ArrayList<>();
    private final Map<String, Integer> failures = new HashMap<>();
    private final RequestFiles drafts;
    private final Map<String, Place> replies = new HashMap<>();
    private final Set<String> waiting = new HashSet<>();
    private int nextPart = 1;

    private BatchFolder(Path folder, int maxRequests, long maxBytes, int maxPending, FileChannel lockFile) {
        this.folder = folder;
        this.maxPending = maxPending;
        this.lockFile = lockFile;
        drafts = new RequestFiles(() -> folder.resolve(nextName() + REQUESTS), maxRequests, maxBytes);
    }

    /**
     * Opens a folder, which is made where it is missing, and what an earlier process left in it.
     *
     * @throws UncheckedIOException if it cannot be read or written
     * @throws IllegalStateException if another process has it
     */
    static BatchFolder open(Path folder, int maxRequests, long maxBytes, int maxPending) {
        try {
            Files.createDirectories(folder);
            FileChannel lockFile =
                    FileChannel.open(folder.resolve("lock"), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
            if (!isLocked(lockFile)) {
                lockFile.close();
                throw new IllegalStateException("another process is at work on the batches in " + folder
                        + "; wait until it ends, or choose another folder");
            }
            BatchFolder opened = new BatchFolder(folder, maxRequests, maxBytes, maxPending, lockFile);
            opened.read();
            return opened;
        } catch (IOException e) {
            throw failure(folder, e);
        }
    }

    private static boolean isLocked(FileChannel file) throws IOException {
        try {
            @Nullable FileLock held = file.tryLock();
            return held != null;
        } catch (OverlappingFileLockException e) {
            return false;
        }
    }

    private void read() throws IOException {
        Path state = folder.resolve(STATE);
        if (Files.exists(state)) {
            JsonNode json = Json.parse(Files.readString(state));
            nextPart = json.path("next_part").asInt(1);
            json.path("parts")
                    .forEach(part -> parts.add(new BatchPart(
                            part.path("name").asString(""),
                            part.path("client").asString(""),
                            BatchPart.Progress.valueOf(
                                    part.path("progress").asString("").toUpperCase(Locale.ROOT)),
                            part.path("file").asString(""),
                            part.path("batch").asString(""))));
            json.path("failures")
                    .properties()
                    .forEach(e -> failures.put(e.getKey(), e.getValue().asInt(0)));
        }
        removeLeftovers();
        for (BatchPart part : parts) {
            if (part.progress() == BatchPart.Progress.FETCHED) {
                index(part);
            } else {
                lines(requests(part), (line, place) -> waiting.add(key(line)));
            }
        }
    }

    /** Removes what a pass that was broken off had begun. */
    private void removeLeftovers() throws IOException {
        Set<String> known = new HashSet<>();
        parts.forEach(part -> known.add(part.name()));
        try (Stream<Path> files = Files.list(folder)) {
            for (Path file : files.toList()) {
                String name = file.getFileName().toString();
                boolean stray = name.startsWith("part-") && !known.contains(name.substring(0, name.indexOf('.')));
                if (stray || name.endsWith(".tmp")) {
                    Files.delete(file);
                }
            }
        }
    }

    /** The parts in their order, as they stand. */
    List<BatchPart> parts() {
        lock.lock();
        try {
            return List.copyOf(parts);
        } finally {
            lock.unlock();
        }
    }

    /** Keeps what became of a part. */
    void put(BatchPart part) {
        lock.lock();
        try {
            parts.replaceAll(old -> old.name().equals(part.name()) ? part : old);
        } finally {
            lock.unlock();
        }
        save();
    }

    Path requests(BatchPart part) {
        return folder.resolve(part.name() + REQUESTS);
    }

    /** Where the replies of a part go. */
    Path output(BatchPart part) {
        return folder.resolve(part.name() + ".output.jsonl");
    }

    /** Where the errors of a part go. */
    Path errors(BatchPart part) {
        return folder.resolve(part.name() + ".errors.jsonl");
    }

    /** Keeps that the replies of a part are here; a request without one may be asked again. */
    void fetched(BatchPart part) {
        put(part.fetched());
        lines(requests(part), (line, place) -> locked(() -> waiting.remove(key(line))));
        index(part.fetched());
    }

    private void index(BatchPart part) {
        for (Path file : List.of(output(part), errors(part))) {
            if (Files.exists(file)) {
                lines(file, (line, place) -> locked(() -> replies.put(key(line), place)));
            }
        }
    }

    /** The line that answers a request, if it is here. */
    Optional<JsonNode> reply(String key) {
        Place place = locked(() -> replies.get(key));
        if (place == null) {
            return Optional.empty();
        }
        try (FileChannel channel = FileChannel.open(place.file(), StandardOpenOption.READ)) {
            ByteBuffer bytes = ByteBuffer.allocate(place.length());
            int read = 0;
            while (read >= 0 && bytes.hasRemaining()) {
                read = channel.read(bytes, place.offset() + bytes.position());
            }
            return Optional.of(Json.strict().readTree(bytes.array()));
        } catch (IOException e) {
            throw failure(place.file(), e);
        }
    }

    /** Forgets a reply that is of no use, so that the request may be asked again, and counts that. */
    int forget(String key) {
        return locked(() -> {
            replies.remove(key);
            return failures.merge(key, 1, Integer::sum);
        });
    }

    /** Whether a request may be taken down. */
    boolean takes(String key) {
        return locked(() -> waiting.size() < maxPending && !waiting.contains(key));
    }

    /** How many requests are on their way. */
    int waiting() {
        return locked(waiting::size);
    }

    /**
     * Takes a request down, unless it is on its way or too many are.
     *
     * @param line the request with its key, ending in a line break
     */
    void add(String key, String client, byte[] line) {
        lock.lock();
        try {
            if (waiting.size() >= maxPending || !waiting.add(key)) {
                return;
            }
        } finally {
            lock.unlock();
        }
        try {
            drafts.add(client, line);
        } catch (IOException e) {
            throw failure(folder, e);
        }
    }

    private String nextName() {
        return locked(() -> String.format(Locale.ROOT, "part-%06d", nextPart++));
    }

    /**
     * Ends a pass: keeps the requests that were taken down.
     *
     * @param complete whether all samples were looked at, so that the replies that are here are in the store by now
     */
    void endPass(boolean complete) {
        List<BatchPart> used = new ArrayList<>();
        lock.lock();
        try {
            Map<Path, String> written = drafts.end();
            if (complete) {
                used.addAll(parts.stream()
                        .filter(part -> part.progress() == BatchPart.Progress.FETCHED)
                        .toList());
                parts.removeAll(used);
                replies.clear();
            }
            written.forEach((file, client) -> {
                String name = file.getFileName().toString();
                parts.add(BatchPart.written(name.substring(0, name.length() - REQUESTS.length()), client));
            });
        } catch (IOException e) {
            throw failure(folder, e);
        } finally {
            lock.unlock();
        }
        save();
        used.forEach(this::remove);
    }

    /** Puts two parts in the place of one that is too large for the provider; false if it holds one request alone. */
    boolean split(BatchPart part) {
        try {
            List<String> lines = Files.readAllLines(requests(part));
            if (lines.size() < 2) {
                return false;
            }
            List<BatchPart> halves = new ArrayList<>();
            int middle = lines.size() / 2;
            for (List<String> half : List.of(lines.subList(0, middle), lines.subList(middle, lines.size()))) {
                BatchPart made = BatchPart.written(nextName(), part.client());
                Files.write(requests(made), half);
                halves.add(made);
            }
            locked(() -> {
                int place = 0;
                while (!parts.get(place).name().equals(part.name())) {
                    place++;
                }
                parts.remove(place);
                return parts.addAll(place, halves);
            });
            save();
            remove(part);
            return true;
        } catch (IOException e) {
            throw failure(requests(part), e);
        }
    }

    private void remove(BatchPart part) {
        try {
            for (Path file : List.of(requests(part), output(part), errors(part))) {
                Files.deleteIfExists(file);
            }
        } catch (IOException e) {
            throw failure(folder, e);
        }
    }

    private void save() {
        ObjectNode json = Json.object();
        lock.lock();
        try {
            json.put("next_part", nextPart);
            ArrayNode list = json.putArray("parts");
            for (BatchPart part : parts) {
                list.addObject()
                        .put("name", part.name())
                        .put("client", part.client())
                        .put("progress", part.progress().name().toLowerCase(Locale.ROOT))
                        .put("file", part.file())
                        .put("batch", part.batch());
            }
            ObjectNode counts = json.putObject("failures");
            failures.forEach(counts::put);
        } finally {
            lock.unlock();
        }
        Path state = folder.resolve(STATE);
        Path written = folder.resolve(STATE + ".tmp");
        try {
            Files.writeString(written, Json.write(json));
            Files.move(written, state, StandardCopyOption.REPLACE_EXISTING, StandardCopyOption.ATOMIC_MOVE);
        } catch (IOException e) {
            throw failure(state, e);
        }
    }

    private interface Line {
        void found(JsonNode line, Place place);
    }

    /** Goes through the lines of a file; what is no JSON is passed over, as if it had never come. */
    private static void lines(Path file, Line action) {
        try (LineFile lines = LineFile.open(file)) {
            for (byte[] line = lines.next(); line != null; line = lines.next()) {
                JsonNode json = LineFile.parsed(line);
                if (json != null) {
                    action.found(json, new Place(file, lines.offset(), line.length));
                }
            }
        } catch (IOException e) {
            throw failure(file, e);
        }
    }

    private static String key(JsonNode line) {
        return line.path("custom_id").asString("");
    }

    private <T> T locked(Supplier<T> look) {
        lock.lock();
        try {
            return look.get();
        } finally {
            lock.unlock();
        }
    }

    private static UncheckedIOException failure(Path file, IOException e) {
        return new UncheckedIOException("the batches in " + file + " cannot be read or written: " + e.getMessage(), e);
    }

    @Override
    public void close() {
        try {
            drafts.end();
            lockFile.close();
        } catch (IOException e) {
            throw failure(folder, e);
        }
    }
}
