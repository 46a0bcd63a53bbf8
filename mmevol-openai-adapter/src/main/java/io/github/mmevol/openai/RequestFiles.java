package io.github.mmevol.openai;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Supplier;

/**
 * Files of requests that are being written, one at a time for each client, and a further one where a file is full. Many
 * threads write at once, each at a place of its own; no lock is held while they do. Thread-safe.
 */
final class RequestFiles {
    /** A file. */
    private static final class Draft {
        final Path file;
        final String client;
        final FileChannel channel;
        long size;
        int requests;

        Draft(Path file, String client) throws IOException {
            this.file = file;
            this.client = client;
            channel = FileChannel.open(file, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE);
        }
    }

    private final Supplier<Path> names;
    private final int maxRequests;
    private final long maxBytes;
    private final ReentrantLock lock = new ReentrantLock();
    private final Map<String, Draft> open = new HashMap<>();
    private final List<Draft> full = new ArrayList<>();

    /**
     * No files yet.
     *
     * @param names gives each file its place
     */
    RequestFiles(Supplier<Path> names, int maxRequests, long maxBytes) {
        this.names = names;
        this.maxRequests = maxRequests;
        this.maxBytes = maxBytes;
    }

    /** Adds a line. */
    void add(String client, byte[] line) throws IOException {
        Draft draft;
        long offset;
        lock.lock();
        try {
            draft = draft(client, line.length);
            offset = draft.size;
            draft.size += line.length;
            draft.requests++;
        } finally {
            lock.unlock();
        }
        ByteBuffer bytes = ByteBuffer.wrap(line);
        while (bytes.hasRemaining()) {
            draft.channel.write(bytes, offset + bytes.position());
        }
    }

    private Draft draft(String client, int bytes) throws IOException {
        Draft current = open.get(client);
        if (current != null && current.requests < maxRequests && current.size + bytes <= maxBytes) {
            return current;
        }
        if (current != null) {
            full.add(current);
        }
        Draft begun = new Draft(names.get(), client);
        open.put(client, begun);
        return begun;
    }

    /** Ends the files and gives each with its client; nobody may be writing any more. */
    Map<Path, String> end() throws IOException {
        full.addAll(open.values());
        open.clear();
        Map<Path, String> ended = new TreeMap<>();
        for (Draft draft : full) {
            draft.channel.force(true);
            draft.channel.close();
            ended.put(draft.file, draft.client);
        }
        full.clear();
        return ended;
    }
}
