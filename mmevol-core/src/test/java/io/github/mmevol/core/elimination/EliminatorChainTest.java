package io.github.mmevol.core.elimination;

import static io.github.mmevol.core.elimination.Verdict.fail;
import static io.github.mmevol.core.elimination.Verdict.pass;
import static io.github.mmevol.core.elimination.Verdict.reject;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.mockito.ArgumentMatchers.any;
import static org.mockito.Mockito.mock;
import static org.mockito.Mockito.never;
import static org.mockito.Mockito.verify;
import static org.mockito.Mockito.verifyNoMoreInteractions;
import static org.mockito.Mockito.when;

import io.github.mmevol.core.elimination.Verdict.Fail;
import io.github.mmevol.core.elimination.Verdict.Pass;
import io.github.mmevol.core.elimination.Verdict.Reject;
import io.github.mmevol.core.evolution.Candidate;
import io.github.mmevol.core.evolution.Round;
import io.github.mmevol.core.model.HttpFailure;
import io.github.mmevol.core.model.ModelException;
import io.github.mmevol.core.sample.Check;
import io.github.mmevol.core.sample.Instruction;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.concurrent.CancellationException;
import java.util.function.Function;
import org.junit.jupiter.api.Test;

class EliminatorChainTest {
    private static final Round ROUND = Round.of(1, Candidates.SAMPLE);
    private static final Candidate ONE = Candidates.of("1", Instruction.of("one", "1"));
    private static final Candidate TWO = Candidates.of("2", Instruction.of("two", "2"));
    private static final Candidate THREE = Candidates.of("3", Instruction.of("three", "3"));

    @Test
    void what_is_rejected_is_never_asked_about_again() {
        Eliminator first = Eliminator.each("first", c -> c.id().equals("2") ? reject("no") : pass());
        Eliminator second = stage("second");
        when(second.judge(any(), any())).thenReturn(List.of(pass(7, "good"), reject("bad", "there")));

        List<Verdict> verdicts = first.then(second).judge(List.of(ONE, TWO, THREE), ROUND);

        verify(second).judge(List.of(ONE, THREE), ROUND);
        assertThat(verdicts)
                .containsExactly(
                        pass(7, "good"),
                        new Reject("first", "no", "", OptionalInt.empty()),
                        new Reject("second", "bad", "there", OptionalInt.empty()));
    }

    @Test
    void a_stage_is_not_asked_at_all_when_nothing_passed() {
        Eliminator never = stage("never");

        Eliminator chain = Eliminator.each("all", c -> reject("no")).then(never);
        chain.judge(List.of(ONE, TWO), ROUND);

        verify(never, never()).judge(any(), any());
    }

    @Test
    void each_stage_is_asked_once_about_all_that_passed() {
        Eliminator first = stage("first");
        when(first.judge(any(), any())).thenReturn(List.of(pass(), pass(), pass()));

        Eliminator.chain(List.of(first)).judge(List.of(ONE, TWO, THREE), ROUND);

        verify(first).judge(List.of(ONE, TWO, THREE), ROUND);
        verify(first).name();
        verifyNoMoreInteractions(first);
    }

    @Test
    void each_stage_sees_what_the_ones_before_found_and_may_settle_it() {
        Check given = new Check("box", Check.Part.STEP, "[0, 0, 1, 1]", Check.Result.CONFIRMED, "o1");
        Check disputed = new Check("count", Check.Part.VALUE, "three", Check.Result.DISPUTED, "2 boxes");
        Check settled = disputed.withResult(Check.Result.SETTLED, "the judge counts three");
        Eliminator rules = Eliminator.each("rules", c -> pass().checks(List.of(given, disputed)));
        Eliminator judge = Eliminator.each("judge", c -> {
            assertThat(c.checks()).containsExactly(given, disputed);
            return pass(6, "fine").checks(List.of(settled));
        });
        Eliminator last = Eliminator.each("last", c -> pass());

        List<Verdict> verdicts = rules.then(judge).then(last).judge(List.of(ONE), ROUND);

        assertThat(verdicts).containsExactly(pass(6, "fine").checks(List.of(given, settled)));
    }

    @Test
    void a_stage_that_throws_fails_only_what_it_was_asked_about() {
        Eliminator first = Eliminator.each("first", c -> c.id().equals("2") ? reject("no") : pass());
        Eliminator broken = eliminator("broken", c -> {
            throw new IllegalStateException("out of order");
        });

        List<Verdict> verdicts = first.then(broken).judge(List.of(ONE, TWO), ROUND);

        assertThat(verdicts.get(0)).isInstanceOfSatisfying(Fail.class, fail -> {
            assertThat(fail.by()).isEqualTo("broken");
            assertThat(fail.why()).contains("out of order");
        });
        assertThat(verdicts.get(1)).isEqualTo(new Reject("first", "no", "", OptionalInt.empty()));
    }

    @Test
    void a_rule_that_throws_fails_only_the_candidate_it_threw_at() {
        Eliminator fragile = Eliminator.each("fragile", c -> {
            if (c.id().equals("2")) {
                throw new IllegalArgumentException("what is this?");
            }
            return pass();
        });

        List<Verdict> verdicts = Eliminator.chain(List.of(fragile)).judge(List.of(ONE, TWO, THREE), ROUND);

        assertThat(verdicts).element(0).isInstanceOf(Pass.class);
        assertThat(verdicts).element(2).isInstanceOf(Pass.class);
        assertThat(verdicts.get(1)).isInstanceOfSatisfying(Fail.class, fail -> {
            assertThat(fail.by()).isEqualTo("fragile");
            assertThat(fail.why()).contains("what is this?");
        });
    }

    @Test
    void a_call_that_brings_no_reply_fails_the_candidates() {
        Eliminator unlucky = eliminator("unlucky", c -> {
            throw new ModelException.Timeout("no reply within 60 s", null);
        });

        assertThat(Eliminator.chain(List.of(unlucky)).judge(List.of(ONE, TWO), ROUND))
                .containsExactly(
                        new Fail("unlucky", "no reply within 60 s"), new Fail("unlucky", "no reply within 60 s"));
    }

    @Test
    void what_ends_the_run_passes_through() {
        ModelException quota = new ModelException.Quota(new HttpFailure("no quota", 429, "", "", Optional.empty()));
        Round.BrokenOff stopped = new Round.BrokenOff("stopped");
        for (RuntimeException end : List.of(quota, stopped)) {
            Eliminator ending = eliminator("ending", c -> {
                throw end;
            });
            assertThatThrownBy(() -> Eliminator.chain(List.of(ending)).judge(List.of(ONE), ROUND))
                    .isSameAs(end);
        }
    }

    @Test
    void a_stage_whose_own_work_is_cancelled_or_that_returns_null_fails_its_candidates() {
        Eliminator cancelled = eliminator("cancelled", c -> {
            throw new CancellationException("timed out");
        });
        assertThat(Eliminator.chain(List.of(cancelled)).judge(List.of(ONE), ROUND))
                .containsExactly(
                        new Fail("cancelled", "the eliminator failed: " + new CancellationException("timed out")));
        Eliminator nothing = eliminator("nothing", c -> null);
        assertThat(Eliminator.chain(List.of(nothing)).judge(List.of(ONE, TWO), ROUND))
                .containsExactly(
                        new Fail("nothing", "the eliminator returned null"),
                        new Fail("nothing", "the eliminator returned null"));
        Eliminator forgetful = Eliminator.each("forgetful", c -> c.id().equals("2") ? null : pass());
        assertThat(Eliminator.chain(List.of(forgetful)).judge(List.of(ONE, TWO), ROUND))
                .containsExactly(pass(), new Fail("forgetful", "the eliminator returned null as the verdict"));
    }

    @Test
    void too_few_or_too_many_verdicts_fail_all_they_could_belong_to() {
        for (int count : new int[] {0, 1, 3}) {
            Eliminator miscounting = eliminator("miscounting", c -> Collections.<Verdict>nCopies(count, pass()));

            assertThat(Eliminator.chain(List.of(miscounting)).judge(List.of(ONE, TWO), ROUND))
                    .hasSize(2)
                    .allSatisfy(verdict -> assertThat(verdict)
                            .isEqualTo(new Fail("miscounting", count + " verdicts for 2 candidates")));
        }
    }

    @Test
    void the_next_stage_sees_the_corrected_wording_and_the_last_one_is_given_out() {
        Instruction corrected = Instruction.of("one?", "1");
        Instruction again = Instruction.of("one!?", "1");
        Eliminator first = Eliminator.each("first", c -> pass().revised(corrected));
        Eliminator second = stage("second");
        when(second.judge(any(), any())).thenReturn(List.of(pass(6, "fine")));
        Eliminator third = stage("third");
        when(third.judge(any(), any())).thenReturn(List.of(pass().revised(again)));

        List<Verdict> verdicts = first.then(second).then(third).judge(List.of(ONE), ROUND);

        verify(second).judge(List.of(ONE.withEvolved(corrected)), ROUND);
        verify(third).judge(List.of(ONE.withEvolved(corrected)), ROUND);
        assertThat(verdicts).containsExactly(pass(6, "fine").revised(again));
    }

    @Test
    void a_later_score_stands_and_an_earlier_one_is_kept_where_none_follows() {
        Eliminator six = Eliminator.each("six", c -> pass(6, "six"));
        Eliminator eight = Eliminator.each("eight", c -> pass(8, "eight"));
        Eliminator silent = Eliminator.each("silent", c -> pass());

        assertThat(six.then(eight).then(silent).judge(List.of(ONE), ROUND)).containsExactly(pass(8, "eight"));
    }

    @Test
    void who_said_so_is_filled_in_but_never_overwritten() {
        Eliminator inner = Eliminator.each("inner", c -> reject("no")).then(Eliminator.each("idle", c -> pass()));
        Eliminator failing = Eliminator.each("failing", c -> fail("no reply"));
        Eliminator named = Eliminator.each("named", c -> new Reject("someone", "no", "", OptionalInt.of(2)));

        assertThat(inner.then(failing).judge(List.of(ONE), ROUND))
                .containsExactly(new Reject("inner", "no", "", OptionalInt.empty()));
        assertThat(Eliminator.chain(List.of(failing)).judge(List.of(ONE), ROUND))
                .containsExactly(new Fail("failing", "no reply"));
        assertThat(Eliminator.chain(List.of(named)).judge(List.of(ONE), ROUND))
                .containsExactly(new Reject("someone", "no", "", OptionalInt.of(2)));
    }

    @Test
    void a_chain_is_named_after_its_stages() {
        assertThat(Rules.all().name())
                .isEqualTo("form+control-token+refusal+prompt-leak+answer-shape+duplicate+ungrounded-location+count"
                        + "+relation+box+box-label+arithmetic+chain");
    }

    private static Eliminator stage(String name) {
        Eliminator stage = mock(Eliminator.class);
        when(stage.name()).thenReturn(name);
        return stage;
    }

    private static Eliminator eliminator(String name, Function<List<Candidate>, List<Verdict>> judge) {
        return new Eliminator() {
            @Override
            public String name() {
                return name;
            }

            @Override
            public List<Verdict> judge(List<Candidate> candidates, Round round) {
                return judge.apply(candidates);
            }
        };
    }
}
