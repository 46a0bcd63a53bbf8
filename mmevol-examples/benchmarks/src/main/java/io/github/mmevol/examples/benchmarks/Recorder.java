package io.github.mmevol.examples.benchmarks;

import java.io.BufferedOutputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * Writes the bodies of model calls to a file that {@link Recording} reads. The image's data URL is left out and told by its
 * number.
 */
final class Recorder implements AutoCloseable {
    private static final byte[] URL_START = "data:image/jpeg;base64,".getBytes(StandardCharsets.US_ASCII);

    private final Map<String, Integer> images = new HashMap<>();
    private final DataOutputStream out;

    Recorder(Path imageFolder, Path file) throws IOException {
        List<String> urls = Photographs.dataUrls(imageFolder);
        for (int i = 0; i < urls.size(); i++) {
            images.put(urls.get(i), i);
        }
        out = new DataOutputStream(new BufferedOutputStream(Files.newOutputStream(file), 1 << 20));
    }

    void add(byte[] bytes, int from, int to) throws IOException {
        int start = Reply.indexOf(URL_START, bytes, from, to);
        int end = start;
        while (bytes[end] != '"') {
            end++;
        }
        Integer image = images.get(new String(bytes, start, end - start, StandardCharsets.US_ASCII));
        if (image == null) {
            throw new IOException("a body with an image that is none of the " + images.size());
        }
        JsonNode messages = JsonMapper.shared().readTree(bytes, from, to - from).path("messages");
        StringBuilder text = new StringBuilder();
        for (JsonNode part : messages.path(1).path("content")) {
            text.append(part.path("text").asString(""));
        }
        byte[] system = messages.path(0).path("content").asString("").getBytes(StandardCharsets.UTF_8);
        byte[] user = text.toString().getBytes(StandardCharsets.UTF_8);
        out.writeInt(image);
        write(bytes, from, start);
        write(bytes, end, to);
        write(system, 0, system.length);
        write(user, 0, user.length);
    }

    private void write(byte[] bytes, int from, int to) throws IOException {
        out.writeInt(to - from);
        out.write(bytes, from, to - from);
    }

    @Override
    public void close() throws IOException {
        out.close();
    }
}
