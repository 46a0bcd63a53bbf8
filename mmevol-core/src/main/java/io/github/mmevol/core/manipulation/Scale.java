package io.github.mmevol.core.manipulation;

import io.github.mmevol.core.internal.text.Token;
import io.github.mmevol.core.internal.text.Token.Kind;
import java.math.BigDecimal;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Words behind a number that multiply it: "2.4 million", "3 dozen". */
final class Scale {
    private static final Map<String, BigDecimal> WORDS = Map.ofEntries(
            Map.entry("dozen", BigDecimal.valueOf(12)),
            Map.entry("hundred", BigDecimal.valueOf(100)),
            Map.entry("thousand", BigDecimal.valueOf(1_000)),
            Map.entry("lakh", BigDecimal.valueOf(100_000)),
            Map.entry("million", BigDecimal.valueOf(1_000_000)),
            Map.entry("crore", BigDecimal.valueOf(10_000_000)),
            Map.entry("billion", BigDecimal.valueOf(1_000_000_000L)),
            Map.entry("trillion", BigDecimal.valueOf(1_000_000_000_000L)));

    private Scale() {}

    /** What a word multiplies the number before it by; null if it does not. */
    static @Nullable BigDecimal of(Token word) {
        return word.is(Kind.WORD) ? WORDS.get(word.word()) : null;
    }

    /** What the number at a place is multiplied by; 1 if by nothing. */
    static BigDecimal of(List<Token> tokens, int number) {
        BigDecimal scale = number + 1 < tokens.size() ? of(tokens.get(number + 1)) : null;
        return scale == null ? BigDecimal.ONE : scale;
    }

    /** Whether such words stand in a stretch, but not behind all of its numbers: which ones they are for is open. */
    static boolean isMixed(List<Token> tokens, int from, int end) {
        boolean some = false;
        boolean all = true;
        for (int i = from; i < end; i++) {
            if (tokens.get(i).is(Kind.NUMBER)) {
                boolean scaled = of(tokens, i).compareTo(BigDecimal.ONE) > 0;
                some |= scaled;
                all &= scaled;
            }
        }
        return some && !all;
    }
}
