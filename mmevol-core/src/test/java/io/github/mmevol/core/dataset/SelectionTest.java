package io.github.mmevol.core.dataset;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatNullPointerException;

import io.github.mmevol.core.elimination.EvolvedSample;
import io.github.mmevol.core.elimination.Outcome;
import io.github.mmevol.core.elimination.Verdict;
import io.github.mmevol.core.sample.Instruction;
import io.github.mmevol.core.sample.Sample;
import io.github.mmevol.core.sample.SampleKey;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

class SelectionTest {

    /** The survivors of a pass over samples with one survivor each. */
    private static List<Outcome> select(Selection selection, List<Outcome.Kept> survivors) {
        Selection.Pass pass = selection.start();
        List<Outcome> selected = new ArrayList<>();
        for (Outcome.Kept kept : survivors) {
            selected.addAll(pass.select(sample(List.of(kept))).outcomes());
        }
        return selected;
    }

    private static List<Boolean> keeps(Selection selection, Outcome.Kept... survivors) {
        return select(selection, List.of(survivors)).stream()
                .map(Outcome.Kept.class::isInstance)
                .toList();
    }

    private static EvolvedSample sample(List<? extends Outcome> outcomes) {
        Sample sample = Sample.builder("s")
                .image("a.jpg", () -> {
                    throw new java.io.IOException("no file");
                })
                .build();
        return new EvolvedSample(SampleKey.of(sample), sample, List.copyOf(outcomes));
    }

    private static Outcome.Kept kept(Instruction instruction, OptionalInt score, String direction) {
        return new Outcome.Kept(
                new Outcome.Origin("k.1.1", "k.0.1", 1, direction, "", ""), instruction, score, "better");
    }

    private static Outcome.Kept asking(String question) {
        return kept(Instruction.of(question, "An answer."), OptionalInt.of(5), "up");
    }

    private static Outcome.Kept of(String format, String... skills) {
        return kept(
                Instruction.builder("Why?", "So.")
                        .format(format)
                        .skills(List.of(skills))
                        .build(),
                OptionalInt.empty(),
                "up");
    }

    @Test
    void every_outcome_stays_in_its_place_and_what_was_lost_before_stays_as_it_was() {
        EvolvedSample evolved = Data.evolved();

        EvolvedSample selected = Selection.each("nothing", () -> (sample, kept) -> Verdict.reject("no", "never"))
                .start()
                .select(evolved);

        assertThat(selected.outcomes()).hasSameSizeAs(evolved.outcomes());
        assertThat(selected.kept()).isEmpty();
        for (int i = 0; i < selected.outcomes().size(); i++) {
            Outcome before = evolved.outcomes().get(i);
            Outcome after = selected.outcomes().get(i);
            assertThat(after.origin()).isEqualTo(before.origin());
            if (before instanceof Outcome.Kept kept) {
                assertThat(after)
                        .isEqualTo(new Outcome.Eliminated(
                                kept.origin(), kept.instruction(), "nothing", "no", "never", kept.score()));
            } else {
                assertThat(after).isEqualTo(before);
            }
        }
    }

    @Test
    void what_was_evolved_from_what_is_dropped_stays() {
        EvolvedSample selected = Selection.each(
                        "no-first-round",
                        () -> (sample, kept) -> kept.origin().round() == 1 ? Verdict.reject("first") : Verdict.pass())
                .start()
                .select(Data.evolved());

        assertThat(selected.kept()).extracting(kept -> kept.origin().round()).containsExactly(3);
    }

    @Test
    @SuppressWarnings("NullAway")
    void no_verdict_is_an_error_that_names_the_selection() {
        Selection.Pass pass =
                Selection.each("forgetful", () -> (sample, kept) -> null).start();
        assertThatNullPointerException()
                .isThrownBy(() -> pass.select(Data.evolved()))
                .withMessageContaining("the selection 'forgetful' gives no verdict");
        Selection none = Selection.each("empty", () -> null);
        assertThatNullPointerException().isThrownBy(none::start).withMessageContaining("'empty'");
    }

    @Test
    void what_comes_with_a_pass_is_ignored() {
        Outcome.Kept kept = asking("Why?");
        assertThat(select(
                        Selection.each(
                                "corrector",
                                () -> (sample, k) -> new Verdict.Pass(
                                        OptionalInt.of(1), "fine", Optional.of(Instruction.of("X?", "Y.")), List.of())),
                        List.of(kept)))
                .containsExactly(kept);
    }

    @Test
    void what_a_test_fails_on_has_failed() {
        assertThat(select(
                        Selection.each("unsure", () -> (sample, kept) -> Verdict.fail("who knows")),
                        List.of(asking("Why?"))))
                .singleElement()
                .isEqualTo(new Outcome.Failed(
                        asking("Why?").origin(), Optional.of(asking("Why?").instruction()), "unsure", "who knows"));
    }

    @Test
    void a_selection_sees_what_the_ones_before_it_keep() {
        List<String> seen = new ArrayList<>();
        Selection noCups = Selection.each(
                "no-cups",
                () -> (sample, kept) ->
                        kept.instruction().question().contains("cup") ? Verdict.reject("a cup") : Verdict.pass());
        Selection watching = Selection.each("watching", () -> (sample, kept) -> {
            seen.add(kept.instruction().question());
            return Verdict.pass();
        });

        select(noCups.then(watching), List.of(asking("A cup?"), asking("A plate?")));

        assertThat(seen).containsExactly("A plate?");
    }

    @Test
    void none_keeps_all() {
        EvolvedSample sample = Data.evolved();

        assertThat(Selection.inOrder(List.of()).start().select(sample)).isEqualTo(sample);
        assertThat(Selection.inOrder(List.of()).start().room()).isEmpty();
    }

    @Nested
    class ATarget {
        @Test
        void keeps_the_first_ones_and_says_how_many_more_it_takes() {
            Selection.Pass pass = Selection.target(3).start();
            assertThat(pass.room()).hasValue(3);

            EvolvedSample first = pass.select(sample(List.of(asking("1?"), asking("2?"))));
            assertThat(pass.room()).hasValue(1);
            EvolvedSample second = pass.select(sample(List.of(asking("3?"), asking("4?"))));

            assertThat(first.kept()).hasSize(2);
            assertThat(second.kept())
                    .extracting(kept -> kept.instruction().question())
                    .containsExactly("3?");
            assertThat(pass.room()).hasValue(0);
        }

        @Test
        void counts_what_the_ones_before_keep() {
            Selection.Pass pass =
                    Selection.skeletonCap(1).then(Selection.target(2)).start();

            pass.select(sample(List.of(asking("Where is the cup?"), asking("Where is the spoon?"))));

            assertThat(pass.room()).hasValue(1);
        }

        @Test
        void the_least_room_of_several_counts() {
            assertThat(Selection.target(3).then(Selection.target(2)).start().room())
                    .isEqualTo(OptionalLong.of(2));
        }

        @Test
        void is_at_least_1() {
            assertThatIllegalArgumentException().isThrownBy(() -> Selection.target(0));
        }
    }

    @Nested
    class ABalance {
        @Test
        void by_score_caps_each_score() {
            Outcome.Kept five = asking("Why?");
            Outcome.Kept six = kept(five.instruction(), OptionalInt.of(6), "up");
            Outcome.Kept unscored = kept(five.instruction(), OptionalInt.empty(), "up");

            assertThat(keeps(Selection.balance(Balance.SCORE, 2), five, five, six, five, unscored, six, six))
                    .containsExactly(true, true, true, false, true, true, false);
        }

        @Test
        void by_form_caps_each_form_in_whatever_spelling() {
            assertThat(keeps(
                            Selection.balance(Balance.FORM, 1),
                            of("multi_choice"),
                            of("multi-choice"),
                            of("Norm"),
                            of(""),
                            of("")))
                    .containsExactly(true, false, true, true, false);
        }

        @Test
        void by_skill_drops_what_has_a_skill_of_which_there_is_enough() {
            List<Outcome> selected = select(
                    Selection.balance(Balance.SKILL, 1),
                    List.of(of("", "OCR"), of("", "Calculating Ability", "OCR Ability"), of("", "counting"), of("")));

            assertThat(selected).extracting(Outcome.Kept.class::isInstance).containsExactly(true, false, true, true);
            assertThat(selected.get(1)).isInstanceOfSatisfying(Outcome.Eliminated.class, eliminated -> {
                assertThat(eliminated.by()).isEqualTo("balance");
                assertThat(eliminated.why()).isEqualTo("there are 1 of this kind already");
                assertThat(eliminated.evidence()).isEqualTo("OCR Ability");
            });
        }

        @Test
        void by_direction_caps_each_direction() {
            Outcome.Kept up = asking("Why?");
            Outcome.Kept side = kept(up.instruction(), OptionalInt.empty(), "side");

            assertThat(keeps(Selection.balance(Balance.DIRECTION, 1), up, side, up, side))
                    .containsExactly(true, true, false, false);
        }

        @Test
        void keeps_at_least_1_of_each() {
            assertThatIllegalArgumentException().isThrownBy(() -> Selection.balance(Balance.FORM, 0));
        }
    }

    @Test
    void a_skeleton_cap_counts_one_template_on_all_photographs() {
        assertThat(select(
                        Selection.skeletonCap(2),
                        List.of(
                                asking("Where is the cup?"),
                                asking("Where is the red spoon?"),
                                asking("What is the man holding?"),
                                asking("Where is the lamp?"))))
                .satisfies(outcomes -> {
                    assertThat(outcomes)
                            .extracting(Outcome.Kept.class::isInstance)
                            .containsExactly(true, true, true, false);
                    assertThat(((Outcome.Eliminated) outcomes.get(3)).evidence())
                            .isEqualTo("where is the _");
                });
    }

    @Nested
    class SemanticDuplicates {
        /** Cups lie in one direction, lamps in another; what speaks of both lies between. */
        private final TextEmbedder embedder = text ->
                new float[] {text.contains("cup") || text.contains("mug") ? 2 : 0, text.contains("lamp") ? 3 : 0, 0.1f};

        @Test
        void are_dropped_from_the_threshold_on() {
            List<Outcome> selected = select(
                    Selection.semanticDuplicates(embedder, 0.95),
                    List.of(asking("A cup?"), asking("A lamp?"), asking("A mug?"), asking("A cup, a lamp?")));

            assertThat(selected).extracting(Outcome.Kept.class::isInstance).containsExactly(true, true, false, true);
            assertThat(selected.get(2)).isInstanceOfSatisfying(Outcome.Eliminated.class, eliminated -> {
                assertThat(eliminated.by()).isEqualTo("semantic-duplicate");
                assertThat(eliminated.why()).contains("cosine 1.000");
                assertThat(eliminated.evidence()).isEqualTo("k.1.1");
            });
        }

        @Test
        void are_sought_within_one_image_and_one_part_of_it() {
            Selection.Pass pass = Selection.semanticDuplicates(embedder, 0.95).start();
            EvolvedSample sample = sample(List.of(asking("A cup?")));
            Sample other =
                    sample.sample().with(b -> b.image("b.jpg", sample.sample().imageSource()));
            Outcome.Kept part = kept(
                    Instruction.builder("A cup?", "So.")
                            .imagePosition("top left")
                            .build(),
                    OptionalInt.empty(),
                    "up");

            assertThat(pass.select(sample).kept()).hasSize(1);
            assertThat(pass.select(new EvolvedSample(sample.key(), other, sample.outcomes()))
                            .kept())
                    .hasSize(1);
            assertThat(pass.select(sample(List.of(part))).kept()).hasSize(1);
        }

        @Test
        void need_a_threshold_that_is_a_cosine() {
            assertThatIllegalArgumentException().isThrownBy(() -> Selection.semanticDuplicates(embedder, 0));
            assertThatIllegalArgumentException().isThrownBy(() -> Selection.semanticDuplicates(embedder, 1.1));
        }
    }
}
