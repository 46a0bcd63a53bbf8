package io.github.mmevol.core.model;

/**
 * Tokens of a call, or of many.
 *
 * @param prompt tokens of the prompt, cached ones included
 * @param cached those of them that the provider served from its prompt cache
 * @param completion tokens of the reply
 */
public record TokenUsage(long prompt, long cached, long completion) {
    /** No tokens, or not told. */
    public static final TokenUsage NONE = new TokenUsage(0, 0, 0);

    /** The sum of two usages. */
    public TokenUsage plus(TokenUsage other) {
        return new TokenUsage(prompt + other.prompt, cached + other.cached, completion + other.completion);
    }
}
