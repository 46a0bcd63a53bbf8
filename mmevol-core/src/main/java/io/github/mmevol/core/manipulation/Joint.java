package io.github.mmevol.core.manipulation;

import io.github.mmevol.core.internal.text.Texts;
import io.github.mmevol.core.internal.text.Token;
import io.github.mmevol.core.internal.text.Token.Kind;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What joins the two sides of a calculation: "=", "is", "makes about".
 *
 * @param end the index of the token behind it
 * @param sign whether it is a sign and no word
 * @param nearly whether the sides need only be about the same
 */
record Joint(int end, boolean sign, boolean nearly) {
    private static final Set<String> VERBS = Texts.words(
            "is are was were equals equal makes make gives give leaves leave yields yield totals total " + "becomes");
    private static final Set<String> VERBS_WITH_PARTICLE =
            Set.of("comes to", "come to", "amounts to", "amount to", "results in", "adds up", "add up", "sums up");
    static final Set<String> NEARLY =
            Set.of("about", "approximately", "roughly", "around", "nearly", "almost", "circa", "approx", "close");
    private static final Set<String> FILLING =
            Texts.words("to a an the total of sum exactly just only us you therefore thus in");

    /** The relation that begins at a token; null if none does. */
    static @Nullable Joint at(List<Token> tokens, int from) {
        if (from >= tokens.size()) {
            return null;
        }
        Token token = tokens.get(from);
        if (token.is(Kind.EQUALS) || token.is(Kind.ABOUT)) {
            return new Joint(from + 1, true, token.is(Kind.ABOUT)).filled(tokens);
        }
        if (!token.is(Kind.WORD)) {
            return null;
        }
        if (from + 1 < tokens.size()
                && VERBS_WITH_PARTICLE.contains(
                        token.word() + " " + tokens.get(from + 1).word())) {
            return new Joint(from + 2, false, false).filled(tokens);
        }
        return VERBS.contains(token.word()) ? new Joint(from + 1, false, false).filled(tokens) : null;
    }

    private Joint filled(List<Token> tokens) {
        int at = end;
        boolean about = nearly;
        while (at < tokens.size()) {
            Token token = tokens.get(at);
            boolean near = token.is(Kind.ABOUT) || (token.is(Kind.WORD) && NEARLY.contains(token.word()));
            boolean equal = token.is("equal") && !sign; // is equal to
            if (!near && !equal && !(token.is(Kind.WORD) && FILLING.contains(token.word()))) {
                break;
            }
            about |= near;
            at++;
        }
        return new Joint(at, sign, about);
    }
}
