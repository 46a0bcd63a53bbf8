package io.github.mmevol.examples.benchmarks;

import com.openai.client.OpenAIClient;
import com.openai.client.okhttp.OpenAIOkHttpClient;
import com.openai.models.chat.completions.ChatCompletionContentPart;
import com.openai.models.chat.completions.ChatCompletionContentPartImage;
import com.openai.models.chat.completions.ChatCompletionContentPartImage.ImageUrl;
import com.openai.models.chat.completions.ChatCompletionContentPartText;
import com.openai.models.chat.completions.ChatCompletionCreateParams;
import java.io.IOException;
import java.time.Duration;
import java.util.List;

/** OpenAI's own client on OkHttp, with the recorded texts and images; data URLs are made beforehand. */
final class OpenAiJavaArm implements Arm {
    @Override
    public long run(Task task) throws IOException, InterruptedException {
        Recording recording = Recording.open(task.recording());
        List<String> images = Photographs.dataUrls(task.images());
        OpenAIClient client = OpenAIOkHttpClient.builder()
                .baseUrl(task.baseUrl())
                .apiKey("none")
                .timeout(Duration.ofMinutes(5))
                .maxRetries(0)
                // the default keeps five connections, and opens a new one for almost every call
                .maxIdleConnections(task.inFlight())
                .keepAliveDuration(Duration.ofMinutes(5))
                .build();
        try {
            return Callers.run(
                    task.inFlight(),
                    recording.size(),
                    number -> client.chat()
                            .completions()
                            .create(request(recording, images, number))
                            .choices()
                            .get(0)
                            .message()
                            .content()
                            .orElseThrow());
        } finally {
            client.close();
        }
    }

    private static ChatCompletionCreateParams request(Recording recording, List<String> images, int number) {
        ImageUrl url = ImageUrl.builder()
                .url(images.get(recording.image(number)))
                .detail(ImageUrl.Detail.LOW)
                .build();
        return ChatCompletionCreateParams.builder()
                .model("local")
                .addSystemMessage(recording.system(number))
                .addUserMessageOfArrayOfContentParts(List.of(
                        ChatCompletionContentPart.ofText(ChatCompletionContentPartText.builder()
                                .text(recording.user(number))
                                .build()),
                        ChatCompletionContentPart.ofImageUrl(ChatCompletionContentPartImage.builder()
                                .imageUrl(url)
                                .build())))
                .build();
    }
}
