package io.github.mmevol.examples.benchmarks;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.MappedByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;

/**
 * The model calls of a run of the pipeline, as a {@link Recorder} wrote them. The file is mapped, so that it takes no heap.
 * Thread-safe.
 */
final class Recording {
    /** The blocks of a call, in their order. */
    private static final int HEAD = 0;

    private static final int TAIL = 1;
    private static final int SYSTEM = 2;
    private static final int USER = 3;
    private static final int BLOCKS = 4;

    private final MappedByteBuffer file;
    private final List<Integer> offsets = new ArrayList<>();

    private Recording(MappedByteBuffer file) {
        this.file = file;
    }

    static Recording open(Path path) throws IOException {
        try (FileChannel channel = FileChannel.open(path, StandardOpenOption.READ)) {
            Recording recording = new Recording(channel.map(FileChannel.MapMode.READ_ONLY, 0, channel.size()));
            int at = 0;
            while (at < recording.file.limit()) {
                recording.offsets.add(at);
                at += Integer.BYTES;
                for (int block = 0; block < BLOCKS; block++) {
                    at += Integer.BYTES + recording.file.getInt(at);
                }
            }
            return recording;
        }
    }

    int size() {
        return offsets.size();
    }

    /** The number of the call's image. */
    int image(int call) {
        return file.getInt(offsets.get(call));
    }

    /** The call's body with the image's data URL put in. */
    byte[] body(int call, byte[] dataUrl) {
        ByteBuffer head = block(call, HEAD);
        ByteBuffer tail = block(call, TAIL);
        ByteBuffer body = ByteBuffer.allocate(head.remaining() + dataUrl.length + tail.remaining());
        return body.put(head).put(dataUrl).put(tail).array();
    }

    String system(int call) {
        return text(call, SYSTEM);
    }

    String user(int call) {
        return text(call, USER);
    }

    private String text(int call, int block) {
        return StandardCharsets.UTF_8.decode(block(call, block)).toString();
    }

    private ByteBuffer block(int call, int block) {
        int at = offsets.get(call) + Integer.BYTES;
        for (int before = 0; before < block; before++) {
            at += Integer.BYTES + file.getInt(at);
        }
        return file.slice(at + Integer.BYTES, file.getInt(at));
    }
}
