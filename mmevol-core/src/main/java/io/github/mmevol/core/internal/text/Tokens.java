package io.github.mmevol.core.internal.text;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** The words, numbers and marks of texts; while {@link #once} lasts, no text is taken apart twice. */
public final class Tokens {
    private static final ThreadLocal<@Nullable Map<String, List<Token>>> READ = new ThreadLocal<>();

    private Tokens() {}

    /** The pieces of a text in order; the list cannot be changed. */
    public static List<Token> of(String text) {
        Map<String, List<Token>> read = READ.get();
        return read == null ? Lexer.read(text) : read.computeIfAbsent(text, Lexer::read);
    }

    /** Does some work during which no text is taken apart twice in this thread. */
    public static <T> T once(Supplier<T> work) {
        READ.set(new HashMap<>());
        try {
            return work.get();
        } finally {
            READ.remove();
        }
    }
}
