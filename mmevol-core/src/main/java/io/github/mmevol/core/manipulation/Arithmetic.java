package io.github.mmevol.core.manipulation;

import io.github.mmevol.core.internal.text.Token;
import io.github.mmevol.core.internal.text.Token.Kind;
import io.github.mmevol.core.internal.text.Tokens;
import io.github.mmevol.core.sample.Check;
import io.github.mmevol.core.sample.Check.Part;
import io.github.mmevol.core.sample.Instruction;
import io.github.mmevol.core.sample.Step;
import java.util.ArrayList;
import java.util.List;

/**
 * What a text calculates, worked out anew: "8 - 3 = 5", "3 of 8 is 37.5 %", "the total of 120, 95 and 180 is 395". A stated
 * number is right if it is the exact one rounded to the digits that it shows. What cannot be read with certainty (a range
 * of years, a score, a date, a number cut off, units that want converting, a quotation) is left alone, and so is what is
 * only told of: corrected later on, asked for as the wrong one or as it is written, or in another base. Words are read in
 * English, signs in any language.
 */
public final class Arithmetic {
    /** The name under which its findings stand in records. */
    public static final String NAME = "arithmetic";

    private static final int LONGEST_TEXT = 8_000;

    /**
     * A calculation that a text states.
     *
     * @param span the calculation as it is written
     * @param stated the result as it is written
     * @param actual the right result, at most four decimals
     * @param right whether the stated one is right
     */
    public record Claim(String span, String stated, String actual, boolean right) {}

    private Arithmetic() {}

    /** The calculations in a text that can be read with certainty, in order. */
    public static List<Claim> claims(String text) {
        if (text.length() > LONGEST_TEXT) {
            return List.of();
        }
        Passage passage = Passage.of(text);
        if (!mayCalculate(passage.tokens()) || Unvouched.isInAnotherBase(passage.tokens())) {
            return List.of();
        }
        List<Claim> claims = new ArrayList<>();
        int at = 0;
        while (at < passage.tokens().size()) {
            Calculation found = Calculation.at(passage, at);
            if (found == null) {
                at++;
            } else {
                int end = found.end();
                found.claims().stream()
                        .filter(claim -> claim.right() || !Unvouched.isCorrected(passage.tokens(), end, claim.actual()))
                        .forEach(claims::add);
                at = end;
            }
        }
        return claims;
    }

    /** Told quickly of most texts: a calculation has a number that goes in and one that comes out. */
    private static boolean mayCalculate(List<Token> tokens) {
        int numbers = 0;
        for (int i = 0; i < tokens.size() && numbers < 2; i++) {
            Token token = tokens.get(i);
            numbers += token.is(Kind.NUMBER) || token.is(Kind.QUOTE) ? 1 : 0;
        }
        return numbers == 2;
    }

    /**
     * Works out what the steps and the answer of an instruction calculate. A wrong result is a contradiction, a right one a
     * confirmed check of its step or answer: whether the numbers that went in are right it does not tell, so the value
     * asked for is never confirmed by it.
     */
    public static Findings verify(Instruction instruction) {
        Findings.Gathering findings = new Findings.Gathering(NAME);
        if (Unvouched.isInAnotherBase(Tokens.of(instruction.question()))) {
            return findings.findings();
        }
        boolean vouched = !Unvouched.isAsked(instruction.question());
        for (Step step : instruction.steps()) {
            add(findings, Part.STEP, step.manipulation(), vouched);
            add(findings, Part.STEP, step.description(), vouched);
        }
        add(findings, Part.ANSWER, instruction.answer(), vouched);
        return findings.findings();
    }

    private static void add(Findings.Gathering findings, Part part, String text, boolean vouched) {
        for (Claim claim : claims(text)) {
            if (claim.right()) {
                findings.check(part, claim.span(), Check.Result.CONFIRMED, "worked out: " + claim.actual());
            } else if (vouched) {
                findings.contradict(
                        claim.span(),
                        "it says " + claim.stated() + " where " + claim.actual() + " is right",
                        claim.span());
            }
        }
    }
}
