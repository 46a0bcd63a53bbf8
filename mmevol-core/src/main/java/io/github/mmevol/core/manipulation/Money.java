package io.github.mmevol.core.manipulation;

import io.github.mmevol.core.internal.text.Texts;
import io.github.mmevol.core.internal.text.Token;
import io.github.mmevol.core.internal.text.Token.Kind;
import java.util.List;
import java.util.Set;

/** Prices and coins in a calculation. */
final class Money {
    private static final String SIGNS = "$\u20ac\u00a3\u00a5\u20b9\u20a9\u20bd\u00a2";
    private static final Set<String> CURRENCIES =
            Texts.words("dollar dollars euro euros pound pounds yen yuan rupee rupees usd eur gbp cent cents");
    private static final Set<String> COINS =
            Texts.words("cent cents penny pennies pence nickel nickels dime dimes quarter quarters coin coins");

    private Money() {}

    /** Whether a result is a price, and the operands are things counted: "2 coffees + 1 muffin = $9.50". */
    static boolean isPriceOfGoods(Passage passage, int from, int stated, int end) {
        boolean named = false;
        for (int i = from; i < stated; i++) {
            Token token = passage.tokens().get(i);
            if (token.is(Kind.NUMBER) && isPrice(passage, i)) {
                return false;
            }
            named |= token.is(Kind.NUMBER)
                    && i + 1 < stated
                    && passage.tokens().get(i + 1).is(Kind.WORD)
                    && !SumWords.isApart(passage.tokens().get(i + 1));
        }
        for (int i = stated; i < end; i++) {
            if (passage.tokens().get(i).is(Kind.NUMBER) && isPrice(passage, i)) {
                return named;
            }
        }
        return false;
    }

    /** Whether coins stand in a stretch that not all of its numbers count: "$1 + 50 cents", "3 dimes + 2 nickels". */
    static boolean isChange(List<Token> tokens, int from, int end) {
        String coin = "";
        boolean all = true;
        for (int i = from; i < end; i++) {
            if (tokens.get(i).is(Kind.NUMBER)) {
                String next = i + 1 < tokens.size() ? tokens.get(i + 1).word() : "";
                boolean counted = COINS.contains(next) && (coin.isEmpty() || Measures.isSame(coin, next));
                all &= counted;
            }
            if (tokens.get(i).is(Kind.WORD) && COINS.contains(tokens.get(i).word())) {
                coin = coin.isEmpty() ? tokens.get(i).word() : coin;
            }
        }
        return !coin.isEmpty() && !all;
    }

    private static boolean isPrice(Passage passage, int number) {
        Token token = passage.tokens().get(number);
        String text = passage.text();
        int before = token.start() - 1;
        while (before >= 0 && text.charAt(before) == ' ') {
            before--;
        }
        int behind = token.end();
        while (behind < text.length() && text.charAt(behind) == ' ') {
            behind++;
        }
        boolean signed = (before >= 0 && SIGNS.indexOf(text.charAt(before)) >= 0)
                || (behind < text.length() && SIGNS.indexOf(text.charAt(behind)) >= 0);
        return signed
                || (number + 1 < passage.tokens().size()
                        && CURRENCIES.contains(passage.tokens().get(number + 1).word()));
    }
}
