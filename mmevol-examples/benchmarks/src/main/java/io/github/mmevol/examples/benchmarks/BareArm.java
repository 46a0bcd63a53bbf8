package io.github.mmevol.examples.benchmarks;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import tools.jackson.databind.json.JsonMapper;

/** The JDK's HttpClient and nothing else: posts the recorded bodies and picks the text out of the reply. */
final class BareArm implements Arm {
    @Override
    public long run(Task task) throws IOException, InterruptedException {
        Recording recording = Recording.open(task.recording());
        List<byte[]> urls = new ArrayList<>();
        for (String url : Photographs.dataUrls(task.images())) {
            urls.add(url.getBytes(StandardCharsets.US_ASCII));
        }
        HttpClient client =
                HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
        HttpRequest.Builder prototype = HttpRequest.newBuilder(URI.create(task.baseUrl() + "/chat/completions"))
                .header("Content-Type", "application/json")
                .header("Accept", "application/json");
        return Callers.run(task.inFlight(), recording.size(), number -> {
            byte[] body = recording.body(number, urls.get(recording.image(number)));
            HttpResponse<byte[]> response = client.send(
                    prototype
                            .copy()
                            .POST(HttpRequest.BodyPublishers.ofByteArray(body))
                            .build(),
                    HttpResponse.BodyHandlers.ofByteArray());
            if (response.statusCode() != 200) {
                throw new IOException("HTTP " + response.statusCode());
            }
            return JsonMapper.shared()
                    .readTree(response.body())
                    .at("/choices/0/message/content")
                    .asString();
        });
    }
}
