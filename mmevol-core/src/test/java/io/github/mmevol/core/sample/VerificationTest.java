package io.github.mmevol.core.sample;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.github.mmevol.core.sample.Check.Part;
import io.github.mmevol.core.sample.Check.Result;
import java.util.List;
import org.junit.jupiter.api.Test;

class VerificationTest {
    @Test
    void verified_is_only_what_is_confirmed_throughout_the_value_asked_for_among_it() {
        assertThat(mark(check(Part.VALUE, Result.CONFIRMED))).isEqualTo(Verification.VERIFIED);
        assertThat(mark(check(Part.STEP, Result.CONFIRMED), check(Part.VALUE, Result.CONFIRMED)))
                .isEqualTo(Verification.VERIFIED);
    }

    @Test
    void partly_is_what_leaves_anything_open_beside_something_confirmed() {
        assertThat(mark(check(Part.STEP, Result.CONFIRMED))).isEqualTo(Verification.PARTLY);
        for (Result open : List.of(Result.UNDECIDED, Result.DISPUTED, Result.SETTLED)) {
            assertThat(mark(check(Part.VALUE, Result.CONFIRMED), check(Part.STEP, open)))
                    .isEqualTo(Verification.PARTLY);
        }
    }

    @Test
    void undecided_is_what_has_nothing_confirmed() {
        assertThat(mark()).isEqualTo(Verification.UNDECIDED);
        assertThat(mark(check(Part.VALUE, Result.SETTLED))).isEqualTo(Verification.UNDECIDED);
    }

    @Test
    void a_check_names_who_looked() {
        assertThatIllegalArgumentException().isThrownBy(() -> new Check(" ", Part.STEP, "", Result.UNDECIDED, ""));
    }

    private static Verification mark(Check... checks) {
        return Verification.of(List.of(checks));
    }

    private static Check check(Part part, Result result) {
        return new Check("rule", part, "claim", result, "");
    }
}
