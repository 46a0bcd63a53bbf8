package io.github.mmevol.core.model;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/**
 * How many tokens a call will take: a rough count of what it asks, times what earlier calls for the same purpose took in
 * relation to theirs. Thread-safe.
 */
final class TokenNeed {
    /** An image of 512 by 512: 255 to 400 tokens, as the providers count. */
    private static final double IMAGE = 400;

    private static final double REPLY = 500;
    /** Weight of the newest call. */
    private static final double NEWEST = 0.1;

    private final Map<String, Double> factors = new ConcurrentHashMap<>();

    /** The tokens to expect. */
    double of(ModelRequest request) {
        return roughly(request) * factors.getOrDefault(request.purpose(), 1.0);
    }

    /** A call took so many. */
    void learn(ModelRequest request, long tokens) {
        double factor = tokens / roughly(request);
        factors.merge(request.purpose(), factor, (before, now) -> before + NEWEST * (now - before));
    }

    private static double roughly(ModelRequest request) {
        double tokens = textTokens(request.system());
        for (ModelRequest.Part part : request.parts()) {
            tokens += part instanceof ModelRequest.Text text ? textTokens(text.text()) : IMAGE;
        }
        if (request.replyForm() instanceof ReplyForm.JsonSchema schema) {
            tokens += textTokens(schema.schema());
        }
        return tokens + request.sampling().maxTokens().orElse((int) REPLY);
    }

    /** A quarter of a token for a letter of ASCII, three quarters for any other. */
    private static double textTokens(String text) {
        long ascii = text.chars().filter(letter -> letter < 128).count();
        return 0.25 * ascii + 0.75 * (text.length() - ascii);
    }
}
