package io.github.mmevol.examples.benchmarks;

import dev.langchain4j.data.message.ImageContent;
import dev.langchain4j.data.message.SystemMessage;
import dev.langchain4j.data.message.TextContent;
import dev.langchain4j.data.message.UserMessage;
import dev.langchain4j.http.client.jdk.JdkHttpClient;
import dev.langchain4j.model.chat.ChatModel;
import dev.langchain4j.model.openai.OpenAiChatModel;
import java.io.IOException;
import java.net.http.HttpClient;
import java.time.Duration;
import java.util.List;

/** LangChain4j on the JDK's HttpClient, with the recorded texts and images; Base64 is made beforehand. */
final class LangChain4jArm implements Arm {
    @Override
    public long run(Task task) throws IOException, InterruptedException {
        Recording recording = Recording.open(task.recording());
        List<String> images = Photographs.base64(task.images());
        ChatModel model = OpenAiChatModel.builder()
                .httpClientBuilder(JdkHttpClient.builder()
                        .httpClientBuilder(HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1)))
                .baseUrl(task.baseUrl())
                .apiKey("none")
                .modelName("local")
                .timeout(Duration.ofMinutes(5))
                .maxRetries(0)
                .build();
        return Callers.run(
                task.inFlight(),
                recording.size(),
                number -> model.chat(
                                SystemMessage.from(recording.system(number)),
                                UserMessage.from(
                                        TextContent.from(recording.user(number)),
                                        ImageContent.from(
                                                images.get(recording.image(number)),
                                                "image/jpeg",
                                                ImageContent.DetailLevel.LOW)))
                        .aiMessage()
                        .text());
    }
}
