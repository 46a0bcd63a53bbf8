package io.github.mmevol.examples.evolve;

import io.github.mmevol.core.model.ModelRequest;
import java.util.function.UnaryOperator;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** The {@link RuleMadeClient} behind the chat completions interface. */
final class LocalModel {
    private LocalModel() {}

    /**
     * The reply to a request of the chat completions interface.
     *
     * @param completionTokens what its usage tells
     * @param spoil what becomes of its text on the way
     */
    static ObjectNode reply(JsonNode request, int completionTokens, UnaryOperator<String> spoil) {
        StringBuilder text = new StringBuilder();
        boolean image = false;
        for (JsonNode message : request.path("messages")) {
            if (message.path("role").asString("").equals("user")) {
                text.append(message.path("content").asString(""));
                for (JsonNode part : message.path("content")) {
                    text.append(part.path("text").asString(""));
                    image |= part.path("image_url").path("url").asString("").startsWith("data:image/");
                }
            }
        }
        String system = request.path("messages").path(0).path("content").asString("");
        if (image == text.indexOf("Guess without the image") >= 0) {
            throw new IllegalStateException("a request without an image");
        }
        String purpose = system.contains("verdicts")
                ? "judge"
                : system.contains("cognitive")
                        ? "evolve:cognitive"
                        : system.contains("interactive") ? "evolve:interactive" : "evolve:perceptual";
        String reply = new RuleMadeClient()
                .send(ModelRequest.builder(purpose).text(text.toString()).build())
                .text();
        ObjectNode json = DataObject.JSON.createObjectNode();
        json.put("model", "local");
        ObjectNode choice = json.putArray("choices").addObject();
        choice.put("finish_reason", "stop");
        choice.putObject("message").put("role", "assistant").put("content", spoil.apply(reply));
        json.putObject("usage").put("prompt_tokens", 1000).put("completion_tokens", completionTokens);
        return json;
    }
}
