package io.github.mmevol.openai;

import java.io.FileOutputStream;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Supplier;

/**
 * Files of requests that are being written, one at a time for each client, and a further one where a file is full.
 * Thread-safe.
 */
final class RequestFiles {
    /** A file. */
    private static final class Draft {
        final Path file;
        final String client;
        final FileOutputStream out;
        final ReentrantLock writing = new ReentrantLock();
        long size;
        int requests;

        Draft(Path file, String client) throws IOException {
            this.file = file;
            this.client = client;
            out = new FileOutputStream(file.toFile());
        }

        void write(byte[] line) throws IOException {
            writing.lock();
            try {
                out.write(line);
            } finally {
                writing.unlock();
            }
        }

        void end() throws IOException {
            writing.lock();
            try (out) {
                out.getFD().sync();
            } finally {
                writing.unlock();
            }
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
        lock.lock();
        try {
            draft = draft(client, line.length);
            draft.size += line.length;
            draft.requests++;
        } finally {
            lock.unlock();
        }
        draft.write(line);
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
            draft.end();
            ended.put(draft.file, draft.client);
        }
        full.clear();
        return ended;
    }
}
