package io.github.mmevol.core.sample;

import java.util.List;

/** How far the claims of a kept instruction are known to be true without a model's word for it. */
public enum Verification {
    /** All that was looked at is confirmed, the value that was asked for among it. */
    VERIFIED,
    /** Something is confirmed, but not all that was looked at, or not the value that was asked for. */
    PARTLY,
    /** Nothing is confirmed. */
    UNDECIDED;

    /** The mark that the checks of an instruction give. */
    public static Verification of(List<Check> checks) {
        boolean any = false;
        boolean all = true;
        boolean value = false;
        for (Check check : checks) {
            boolean confirmed = check.result() == Check.Result.CONFIRMED;
            any |= confirmed;
            all &= confirmed;
            value |= confirmed && check.part() == Check.Part.VALUE;
        }
        return value && all ? VERIFIED : any ? PARTLY : UNDECIDED;
    }
}
