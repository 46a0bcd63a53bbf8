package io.github.mmevol.core.model;

/**
 * Tokens of a call, or of many.
 *
 * @param prompt tokens of the prompt, cached ones included
 * @param cached those of them that the provider served from its prompt cache
 * @param completion tokens of the reply, reasoning included
 * @param reasoning those of them that the model spent on reasoning that is not shown
 */
public record TokenUsage(long prompt, long cached, long completion, long reasoning) {
    /** No tokens, or not told. */
    public static final TokenUsage NONE = new TokenUsage(0, 0, 0, 0);

    /** Prompt and completion, reasoning included. */
    public long total() {
        return prompt + completion;
    }

    /** The sum of two usages. */
    public TokenUsage plus(TokenUsage other) {
        return new TokenUsage(
                prompt + other.prompt,
                cached + other.cached,
                completion + other.completion,
                reasoning + other.reasoning);
    }
}
