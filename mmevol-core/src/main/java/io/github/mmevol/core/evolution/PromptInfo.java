package io.github.mmevol.core.evolution;

import java.util.List;
import java.util.Objects;

/**
 * What a record remembers of the prompt that made it.
 *
 * @param hash the static prompt's hash, hexadecimal; empty where there is none
 * @param leakPhrases phrases that stand in the prompt and in no good instruction; an evolved instruction that holds one
 *     echoes its prompt
 */
public record PromptInfo(String hash, List<String> leakPhrases) {
    /** No prompt, or one that nothing is known of. */
    public static final PromptInfo NONE = new PromptInfo("", List.of());

    /** Copies the list. */
    public PromptInfo {
        Objects.requireNonNull(hash, "hash");
        leakPhrases = List.copyOf(leakPhrases);
    }
}
