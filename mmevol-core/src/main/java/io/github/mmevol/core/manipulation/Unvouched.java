package io.github.mmevol.core.manipulation;

import io.github.mmevol.core.internal.text.Texts;
import io.github.mmevol.core.internal.text.Token;
import io.github.mmevol.core.internal.text.Token.Kind;
import io.github.mmevol.core.internal.text.Tokens;
import java.math.BigDecimal;
import java.util.List;
import java.util.Set;

/** Calculations that are told of without being vouched for: asked for as wrong or as written, corrected, in another base. */
final class Unvouched {
    private static final int WINDOW = 6;
    private static final int LOOK_AHEAD = 60;
    private static final Set<String> WRONG_OR_SAID =
            Texts.words("wrong wrongly incorrect incorrectly false mistake mistakes mistaken error errors erroneous "
                    + "faulty flaw flawed ignores forgets misreads say says");
    private static final Set<String> EQUATIONS =
            Texts.words("equation equations formula formulas expression expressions");
    private static final Set<String> WRITTEN =
            Texts.words("read reads written writes wrote shown shows says say stands displayed displays transcribe "
                    + "copy quote puzzle board blackboard whiteboard chalkboard");
    private static final Set<String> BASES = Texts.words("binary octal hexadecimal hex ternary modulo mod");
    private static final Set<String> CORRECTING =
            Texts.words("right correct correctly should must actually not wrong incorrect mistake error rather instead "
                    + "really");

    private Unvouched() {}

    /** Whether a question asks for a calculation because it is wrong, or because somebody or something says so. */
    static boolean isAsked(String question) {
        List<Token> tokens = Tokens.of(question);
        return holds(tokens, WRONG_OR_SAID) || (holds(tokens, EQUATIONS) && holds(tokens, WRITTEN));
    }

    /** Whether a text names a base other than ten, in which 1 + 1 may be 10. */
    static boolean isInAnotherBase(List<Token> tokens) {
        for (int i = 0; i + 1 < tokens.size(); i++) {
            if (tokens.get(i).is("base") && tokens.get(i + 1).is(Kind.NUMBER)) {
                return true;
            }
        }
        return holds(tokens, BASES);
    }

    /**
     * Whether a text gives the right result soon behind a wrong one, and says that it is the right one: "it should be 215".
     *
     * @param from the token behind the wrong one
     */
    static boolean isCorrected(List<Token> tokens, int from, String actual) {
        for (int i = from; i < Math.min(tokens.size(), from + LOOK_AHEAD); i++) {
            if (tokens.get(i).is(Kind.NUMBER) && isSame(tokens.get(i).value(), actual)) {
                List<Token> around =
                        tokens.subList(Math.max(from, i - WINDOW), Math.min(tokens.size(), i + WINDOW + 1));
                if (holds(around, CORRECTING)) {
                    return true;
                }
            }
        }
        return false;
    }

    private static boolean isSame(BigDecimal number, String actual) {
        return number.stripTrailingZeros().toPlainString().equals(actual);
    }

    private static boolean holds(List<Token> tokens, Set<String> words) {
        return tokens.stream().anyMatch(token -> token.is(Kind.WORD) && words.contains(token.word()));
    }
}
