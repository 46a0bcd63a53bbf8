package io.github.mmevol.openai;

import io.github.mmevol.core.internal.file.SoleFile;
import io.github.mmevol.core.internal.json.Json;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Supplier;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import tools.jackson.databind.JsonNode;

/**
 * The folder in which the requests and replies of a batch run lie until the run's store holds them. What is said to be kept
 * survives the process; a pass that was broken off leaves nothing but files that the next one removes. One process has it at
 * a time. Its files are read and written by plain streams: an interrupt would close a channel, under all threads that have it.
 */
final class BatchFolder implements AutoCloseable {
    private static final String REQUESTS = ".jsonl";
    /** What we name our files, but for the state and the lock. */
    private static final Pattern OURS = Pattern.compile("(part-\\d{6,})(?:\\.output|\\.errors)?\\.jsonl(\\.tmp)?");

    private final Path folder;
    private final SoleFile lockFile;
    private final ReentrantLock lock = new ReentrantLock();
    private final List<BatchPart> parts = new ArrayList<>();
    private final RequestFiles drafts;
    private final BatchRequests requests;
    private int nextPart = 1;

    private BatchFolder(Path folder, int maxRequests, long maxBytes, int maxPending, SoleFile lockFile) {
        this.folder = folder;
        requests = new BatchRequests(maxPending);
        this.lockFile = lockFile;
        drafts = new RequestFiles(() -> folder.resolve(nextName() + REQUESTS), maxRequests, maxBytes);
    }

    /**
     * Opens a folder, which is made where it is missing, and what an earlier process left in it.
     *
     * @throws UncheckedIOException if it cannot be read or written
     * @throws IllegalStateException if another run has it, in this process or another
     */
    static BatchFolder open(Path folder, int maxRequests, long maxBytes, int maxPending) {
        try {
            Files.createDirectories(folder);
            SoleFile lockFile = SoleFile.open(folder.resolve("lock")).orElseThrow(() -> held(folder));
            try {
                if (!lockFile.tryLock()) {
                    throw held(folder);
                }
                BatchFolder opened = new BatchFolder(folder, maxRequests, maxBytes, maxPending, lockFile);
                opened.read();
                return opened;
            } catch (IOException | RuntimeException | Error e) {
                lockFile.close();
                throw e;
            }
        } catch (IOException e) {
            throw failure(folder, e);
        }
    }

    private static IllegalStateException held(Path folder) {
        return new IllegalStateException("another run is at work on the batches in " + folder
                + "; wait until it ends, or choose another folder");
    }

    private void read() throws IOException {
        BatchState kept = BatchState.read(folder);
        nextPart = kept.nextPart();
        parts.addAll(kept.parts());
        requests.failed(kept.failures());
        removeLeftovers();
        for (BatchPart part : parts) {
            if (part.progress() == BatchPart.Progress.FETCHED) {
                index(part, true);
            } else {
                lines(requests(part), (line, offset, length) -> requests.sent(key(line)));
            }
        }
        requests.forgetAskedAgain();
    }

    /** Removes what a pass that was broken off had begun, and nothing of anybody else. */
    private void removeLeftovers() throws IOException {
        Set<String> known = new HashSet<>();
        parts.forEach(part -> known.add(part.name()));
        try (Stream<Path> files = Files.list(folder)) {
            for (Path file : files.toList()) {
                String name = file.getFileName().toString();
                Matcher ours = OURS.matcher(name);
                boolean stray = ours.matches() && (ours.group(2) != null || !known.contains(ours.group(1)));
                if (stray || name.equals(BatchState.DRAFT)) {
                    Files.delete(file);
                }
            }
        }
    }

    /** What has become of each request. */
    BatchRequests requests() {
        return requests;
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

    /** Keeps that the replies of a part are here; a request without one has failed and may be asked again. */
    void fetched(BatchPart part) {
        index(part, false);
        lines(requests(part), (line, offset, length) -> requests.ended(key(line)));
        put(part.fetched());
        delete(List.of(requests(part))); // the images lie in it, and nobody asks for it again
    }

    private void index(BatchPart part, boolean earlier) {
        for (Path file : List.of(output(part), errors(part))) {
            if (Files.exists(file)) {
                lines(
                        file,
                        (line, offset, length) ->
                                requests.answered(key(line), new BatchRequests.Place(file, offset, length, earlier)));
            }
        }
    }

    /** The line that answers a request, if it is here. */
    Optional<JsonNode> reply(String key) {
        return requests.answer(key).map(BatchFolder::read);
    }

    private static JsonNode read(BatchRequests.Place place) {
        try (RandomAccessFile file = new RandomAccessFile(place.file().toFile(), "r")) {
            byte[] line = new byte[place.length()];
            file.seek(place.offset());
            file.readFully(line);
            return Json.strict().readTree(line);
        } catch (IOException e) {
            throw failure(place.file(), e);
        }
    }

    /**
     * Takes a request down, unless it is on its way or too many are.
     *
     * @param line the request with its key, ending in a line break
     */
    void add(String key, String client, byte[] line) {
        if (!requests.take(key)) {
            return;
        }
        try {
            drafts.add(client, line);
        } catch (IOException e) {
            requests.giveBack(key);
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
                requests.allStored();
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
        delete(List.of(requests(part), output(part), errors(part)));
    }

    private void delete(List<Path> files) {
        try {
            for (Path file : files) {
                Files.deleteIfExists(file);
            }
        } catch (IOException e) {
            throw failure(folder, e);
        }
    }

    private void save() {
        try {
            locked(() -> new BatchState(nextPart, parts, requests.failures())).write(folder);
        } catch (IOException e) {
            throw failure(folder, e);
        }
    }

    private interface Line {
        void found(JsonNode line, long offset, int length);
    }

    /** Goes through the lines of a file; what is no JSON is passed over, as if it had never come. */
    private static void lines(Path file, Line action) {
        try (LineFile lines = LineFile.open(file)) {
            for (byte[] line = lines.next(); line != null; line = lines.next()) {
                JsonNode json = LineFile.parsed(line);
                if (json != null) {
                    action.found(json, lines.offset(), line.length);
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
            try {
                drafts.end();
            } finally {
                lockFile.close();
            }
        } catch (IOException e) {
            throw failure(folder, e);
        }
    }
}
