package io.github.mmevol.core.analysis;

import static io.github.mmevol.core.analysis.Evolutions.eliminated;
import static io.github.mmevol.core.analysis.Evolutions.instruction;
import static io.github.mmevol.core.analysis.Evolutions.kept;
import static io.github.mmevol.core.analysis.Evolutions.origin;
import static io.github.mmevol.core.analysis.Evolutions.sample;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;
import static org.assertj.core.api.Assertions.within;

import io.github.mmevol.core.analysis.AuditAgreement.Row;
import io.github.mmevol.core.analysis.AuditMarks.Mark;
import io.github.mmevol.core.dataset.DataSet;
import io.github.mmevol.core.elimination.EvolvedSample;
import io.github.mmevol.core.elimination.Outcome;
import io.github.mmevol.core.sample.Check;
import io.github.mmevol.core.sample.Verification;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class AuditMarksTest {
    private static final Optional<Boolean> GOOD = Optional.of(true);
    private static final Optional<Boolean> BAD = Optional.of(false);
    private static final Optional<Boolean> OPEN = Optional.empty();

    @TempDir
    Path folder;

    private static Mark mark(String id, double weight, String direction, String by, int score, boolean good) {
        return new Mark(
                id, "t", weight, 1, direction, by, OptionalInt.of(score), Optional.of(good), Optional.of(good), "");
    }

    /** So many marks that are alike. */
    private static List<Mark> marks(int count, double weight, String by, int score, boolean good) {
        List<Mark> marks = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            marks.add(mark(by + score + good + i, weight, "cognitive", by, score, good));
        }
        return marks;
    }

    @SafeVarargs
    private static AuditAgreement agreement(List<Mark>... marks) {
        List<Mark> all = new ArrayList<>();
        for (List<Mark> some : marks) {
            all.addAll(some);
        }
        return AuditMarks.of(all).agreement();
    }

    private static Row row(AuditAgreement agreement, String by, String direction) {
        return agreement.eliminators().stream()
                .filter(row -> row.by().equals(by) && row.direction().equals(direction))
                .findFirst()
                .orElseThrow();
    }

    @Nested
    class Reading {
        private Path file(String text) throws Exception {
            return Files.writeString(folder.resolve("marks"), text);
        }

        @Test
        void a_table_that_a_spreadsheet_has_saved_is_read() throws Exception {
            Path file = file("\ufeffid;text;weight;round;direction;by;score;question_good;answer_good;note;question\r\n"
                    + "a.1.1;tbeef;2,5;1;cognitive;;7;1;0;\"\"\"two\"\"; or\nthree\";What?\r\n"
                    + ";;;;;;;;;;\r\n"
                    + "b.1.1;tcafe;1;2;perceptual;judge;;Yes;;;What?\r\n");

            assertThat(AuditMarks.read(file).marks())
                    .containsExactly(
                            new Mark(
                                    "a.1.1",
                                    "tbeef",
                                    2.5,
                                    1,
                                    "cognitive",
                                    "",
                                    OptionalInt.of(7),
                                    GOOD,
                                    BAD,
                                    "\"two\"; or\nthree"),
                            new Mark(
                                    "b.1.1",
                                    "tcafe",
                                    1,
                                    2,
                                    "perceptual",
                                    "judge",
                                    OptionalInt.empty(),
                                    GOOD,
                                    OPEN,
                                    ""));
        }

        @ParameterizedTest
        @CsvSource({
            "',', '\n', '', UTF-8",
            "',', '\r', '', UTF-8",
            "';', '\r\n', '\uFEFF', UTF-8",
            "'\t', '\r\n', '\uFEFF', UTF-16LE",
            "'\t', '\n', '\uFEFF', UTF-16BE",
            "',', '\r\n', '', windows-1252"
        })
        void every_spreadsheet_s_way_of_saving_is_read(String between, String end, String mark, String charset)
                throws Exception {
            String table = String.join(
                    end,
                    "\"id\",text,weight,round,direction,by,score,question_good,answer_good,note".replace(",", between),
                    "\"a.1.1\",tbeef,1,1,cognitive,,7,TRUE,FALSE,\"one\"\"\"".replace(",", between),
                    "b.1.1,tcafe,1,2,perceptual,judge,,,,".replace(",", between),
                    "");

            assertThat(AuditMarks.read(Files.write(folder.resolve("marks"), (mark + table).getBytes(charset)))
                            .marks())
                    .extracting(Mark::id, Mark::question, Mark::answer, Mark::note)
                    .containsExactly(tuple("a.1.1", GOOD, BAD, "one\""), tuple("b.1.1", OPEN, OPEN, ""));
        }

        @Test
        void an_exported_file_that_an_editor_gave_a_byte_order_mark_is_read() throws Exception {
            assertThat(AuditMarks.read(file("\ufeff{\"marks\": []}")).marks()).isEmpty();
        }

        @Test
        void a_quotation_mark_that_is_left_open_does_not_swallow_the_rest() throws Exception {
            Path file = file("id,text,weight,round,direction,question_good,answer_good,note\n"
                    + "a.1.1,t,1,1,up,1,1,fine\nb.1.1,t,1,1,up,1,1,\"open\nc.1.1,t,1,1,up,0,0,bad\n");

            assertThatThrownBy(() -> AuditMarks.read(file))
                    .hasMessageContaining("row 3: a quotation mark is left open");
        }

        @Test
        void what_a_sheet_exports_is_read() throws Exception {
            Path file = file(
                    "{\"audit\": \"x\", \"marks\": [{\"id\": \"a.1.1\", \"text\": \"tbeef\", \"weight\": 2.5, \"round\": 1,"
                            + " \"direction\": \"cognitive\", \"by\": \"\", \"score\": 7, \"question\": 1, \"answer\": 0, \"note\": \"two\"},"
                            + " {\"id\": \"b.1.1\", \"text\": \"tcafe\", \"weight\": 1, \"round\": 2, \"direction\": \"perceptual\","
                            + " \"by\": \"judge\", \"score\": null, \"question\": null, \"answer\": null, \"note\": \"\"}]}");

            assertThat(AuditMarks.read(file).marks())
                    .containsExactly(
                            new Mark("a.1.1", "tbeef", 2.5, 1, "cognitive", "", OptionalInt.of(7), GOOD, BAD, "two"),
                            new Mark(
                                    "b.1.1",
                                    "tcafe",
                                    1,
                                    2,
                                    "perceptual",
                                    "judge",
                                    OptionalInt.empty(),
                                    OPEN,
                                    OPEN,
                                    ""));
        }

        @Test
        void of_several_people_what_one_calls_bad_is_bad() throws Exception {
            String head = "id,text,weight,round,direction,by,score,question_good,answer_good,note\n";
            Path one = Files.writeString(folder.resolve("one.csv"), head + "a.1.1,t,1,1,cognitive,,7,1,1,fine\n");
            Path two = Files.writeString(folder.resolve("two.csv"), head + "a.1.1,t,1,1,cognitive,,7,,0,miscounted\n");

            Mark both = AuditMarks.read(one, two).marks().get(0);
            assertThat(both.question()).isEqualTo(GOOD);
            assertThat(both.answer()).isEqualTo(BAD);
            assertThat(both.note()).isEqualTo("fine; miscounted");
            assertThat(AuditMarks.read(two, one).marks().get(0).good()).isEqualTo(BAD);
        }

        @Test
        void a_mark_that_cannot_be_read_is_named_with_its_row() throws Exception {
            Path file = file("id,text,weight,round,direction,by,score,question_good,answer_good,note\n"
                    + "a.1.1,t,1,1,cognitive,,7,maybe,1,\n");

            assertThatThrownBy(() -> AuditMarks.read(file))
                    .isInstanceOf(UncheckedIOException.class)
                    .hasMessage(
                            "cannot read the marks in " + file + ": row 2: question_good takes 1 or 0, not 'maybe'");
        }

        @Test
        void a_file_of_something_else_is_refused() throws Exception {
            assertThatThrownBy(() -> AuditMarks.read(file("what,is,this\n1,2,3\n")))
                    .isInstanceOf(UncheckedIOException.class);
            assertThatThrownBy(() -> AuditMarks.read(file("{\"samples\": []}")))
                    .hasMessageContaining("no list \"marks\"");
            assertThatThrownBy(() -> AuditMarks.read(folder.resolve("none"))).hasMessageContaining("none");
        }

        @Test
        void the_table_of_an_audit_is_read_back_unmarked() throws Exception {
            Audit.of(10).write(DataSet.of(List.of(sample("a", kept("a", 1, "cognitive", 7)))), folder);

            assertThat(AuditMarks.read(folder.resolve("audit.csv")).marks())
                    .containsExactly(new Mark(
                            "a.1.1",
                            AuditItem.fingerprint(instruction("a", 1)),
                            1,
                            1,
                            "cognitive",
                            "",
                            OptionalInt.of(7),
                            OPEN,
                            OPEN,
                            ""));
        }
    }

    @Nested
    class Agreeing {
        @Test
        void accuracy_and_kappa_are_those_of_the_four_cells() {
            // Cohen's own kind of example: 40 of 50 alike, 0.6 and 0.6 said good
            Row row = row(
                    agreement(
                            marks(25, 1, "", 5, true),
                            marks(5, 1, "", 5, false),
                            marks(5, 1, "judge", 5, true),
                            marks(15, 1, "judge", 5, false)),
                    "judge",
                    "cognitive");

            assertThat(row.marked()).isEqualTo(50);
            assertThat(List.of(row.keptGood(), row.keptBad(), row.eliminatedGood(), row.eliminatedBad()))
                    .containsExactly(25, 5, 5, 15);
            assertThat(row.accuracy().value()).isCloseTo(0.8, within(1e-9));
            assertThat(row.accuracy().low()).isCloseTo(0.6696, within(1e-4)); // Wilson, 40 of 50
            assertThat(row.accuracy().high()).isCloseTo(0.8876, within(1e-4));
            assertThat(row.kappa().orElseThrow().value()).isCloseTo((0.8 - 0.52) / 0.48, within(1e-9));
        }

        @Test
        void weights_make_up_for_the_drawing() {
            // each kept one stands for nine, each eliminated one for itself
            Row row = row(
                    agreement(marks(10, 9, "", 5, true), marks(10, 1, "judge", 5, true)),
                    AuditAgreement.ALL,
                    AuditAgreement.ALL);

            assertThat(row.accuracy().value()).isCloseTo(0.9, within(1e-9));
            // 100 squared by 820: no more certain than some twelve marks of one weight
            assertThat(row.accuracy().low()).isLessThan(0.65);
        }

        @Test
        void a_rule_is_held_against_what_it_eliminated_and_what_was_kept() {
            AuditAgreement agreement =
                    agreement(marks(8, 1, "", 5, true), marks(2, 1, "count", 5, false), marks(2, 1, "judge", 5, true));

            assertThat(row(agreement, "count", AuditAgreement.ALL).accuracy().value())
                    .isEqualTo(1);
            assertThat(row(agreement, "judge", AuditAgreement.ALL).accuracy().value())
                    .isCloseTo(0.8, within(1e-9));
            assertThat(row(agreement, AuditAgreement.ALL, AuditAgreement.ALL).marked())
                    .isEqualTo(12);
        }

        @Test
        void kappa_is_not_told_where_one_side_says_the_same_of_all() {
            Row row = row(agreement(marks(8, 1, "", 5, true)), AuditAgreement.ALL, AuditAgreement.ALL);

            assertThat(row.accuracy().value()).isEqualTo(1);
            assertThat(row.kappa()).isEmpty();
        }

        @Test
        void a_mark_of_only_one_part_decides_where_it_is_bad() {
            Mark bad = new Mark("a", "t", 1, 1, "cognitive", "", OptionalInt.empty(), BAD, OPEN, "");
            Mark open = new Mark("b", "t", 1, 1, "cognitive", "", OptionalInt.empty(), GOOD, OPEN, "");

            assertThat(AuditMarks.of(List.of(bad, open)).agreement().marked()).isEqualTo(1);
            assertThat(AuditMarks.of(List.of(open)).agreement().eliminators()).isEmpty();
        }

        @Test
        void the_share_of_good_ones_among_the_kept_is_told_by_direction() {
            AuditAgreement agreement = AuditMarks.of(List.of(
                            mark("a", 1, "cognitive", "", 5, true),
                            mark("b", 3, "interactive", "", 5, false),
                            mark("c", 1, "interactive", "judge", 5, true)))
                    .agreement();

            assertThat(agreement.kept())
                    .extracting(AuditAgreement.Quality::direction)
                    .containsExactly("all", "cognitive", "interactive");
            assertThat(agreement.kept().get(0).good().value()).isCloseTo(0.25, within(1e-9));
            assertThat(agreement.kept().get(2).marked()).isEqualTo(1);
        }

        @Test
        void the_min_score_that_agrees_best_is_found_for_each_direction() {
            AuditAgreement agreement = agreement(
                    marks(4, 1, "", 3, false),
                    marks(3, 1, "", 5, false),
                    marks(1, 1, "", 5, true),
                    marks(6, 1, "", 6, true),
                    marks(5, 1, "", 8, true),
                    marks(9, 1, "judge", 2, true));

            assertThat(agreement.minScores())
                    .containsExactly(new AuditAgreement.Threshold("cognitive", 6, 19, 18.0 / 19));
        }

        @Test
        void where_all_that_was_kept_is_good_the_least_score_stays() {
            assertThat(agreement(marks(4, 1, "", 3, true), marks(4, 1, "", 9, true))
                            .minScores())
                    .extracting(AuditAgreement.Threshold::minScore)
                    .containsExactly(3);
        }

        /** Draws audits of a run whose truth is known, and counts how often the intervals hold it. */
        @Test
        void the_intervals_hold_the_truth_about_as_often_as_they_say() {
            Random random = new Random(11);
            List<EvolvedSample> run = new ArrayList<>();
            List<Boolean> truth = new ArrayList<>();
            for (int i = 0; i < 4000; i++) {
                boolean kept = random.nextInt(10) < 6;
                String name = "s" + i;
                String direction = random.nextBoolean() ? "cognitive" : "perceptual";
                run.add(sample(
                        name,
                        kept
                                ? kept(name, 1, direction, 1 + random.nextInt(10))
                                : eliminated(name, 1, direction, "judge")));
                truth.add(random.nextInt(100) < (kept ? 88 : 25));
            }
            Row whole = row(marked(run, truth, 4000, 1), AuditAgreement.ALL, AuditAgreement.ALL);
            int accuracy = 0;
            int kappa = 0;
            int times = 300;
            for (int seed = 0; seed < times; seed++) {
                Row drawn = row(marked(run, truth, 150, seed), AuditAgreement.ALL, AuditAgreement.ALL);
                accuracy += holds(drawn.accuracy(), whole.accuracy().value());
                kappa += holds(
                        drawn.kappa().orElseThrow(), whole.kappa().orElseThrow().value());
            }
            assertThat(accuracy).isBetween(times * 90 / 100, times);
            assertThat(kappa).isBetween(times * 90 / 100, times);
        }

        private int holds(AuditAgreement.Estimate estimate, double value) {
            return estimate.low() <= value && value <= estimate.high() ? 1 : 0;
        }

        private AuditAgreement marked(List<EvolvedSample> run, List<Boolean> truth, int size, long seed) {
            AuditDraw draw = new AuditDraw(size, seed, Set.of());
            run.forEach(draw::offer);
            List<Mark> marks = new ArrayList<>();
            for (AuditDraw.Drawn drawn : draw.items()) {
                AuditItem item = drawn.item();
                boolean good = truth.get(Integer.parseInt(item.sample().id().substring(1)));
                marks.add(new Mark(
                        item.origin().id(),
                        "t",
                        drawn.weight(),
                        1,
                        item.origin().direction(),
                        item.by(),
                        item.score(),
                        Optional.of(good),
                        Optional.of(good),
                        ""));
            }
            return AuditMarks.of(marks).agreement();
        }
    }

    @Nested
    class Overriding {
        private Outcome after(Outcome outcome, Optional<Boolean> question, Optional<Boolean> answer, String text) {
            Mark mark =
                    new Mark("a.1.1", text, 1, 1, "cognitive", "", OptionalInt.empty(), question, answer, "seen twice");
            EvolvedSample selected =
                    AuditMarks.of(List.of(mark)).overrides().start().select(sample("a", outcome));
            assertThat(selected.outcomes()).hasSize(1);
            return selected.outcomes().get(0);
        }

        private final String same = AuditItem.fingerprint(instruction("a", 1));

        @Test
        void what_was_kept_and_is_marked_bad_is_eliminated_by_the_audit() {
            Outcome.Kept kept = kept("a", 1, "cognitive", 7);

            assertThat(after(kept, GOOD, BAD, same))
                    .isEqualTo(new Outcome.Eliminated(
                            kept.origin(),
                            kept.instruction(),
                            "audit",
                            "people marked the answer bad",
                            "seen twice",
                            OptionalInt.of(7)));
        }

        @Test
        void what_was_eliminated_and_is_marked_good_is_kept_again_with_a_check() {
            Outcome kept = after(eliminated("a", 1, "cognitive", "judge"), GOOD, GOOD, same);

            assertThat(kept).isInstanceOfSatisfying(Outcome.Kept.class, k -> {
                assertThat(k.instruction()).isEqualTo(instruction("a", 1));
                assertThat(k.reason()).isEqualTo("marked good by people; judge had said: it is wrong");
                assertThat(k.checks())
                        .containsExactly(new Check(
                                "audit",
                                Check.Part.VALUE,
                                "Answer 1",
                                Check.Result.CONFIRMED,
                                "marked good by people: seen twice"));
                assertThat(k.verification()).isEqualTo(Verification.VERIFIED);
            });
        }

        @Test
        void what_is_rightly_kept_or_eliminated_stays() {
            assertThat(after(kept("a", 1, "cognitive", 7), GOOD, GOOD, same))
                    .isInstanceOfSatisfying(
                            Outcome.Kept.class, k -> assertThat(k.checks()).hasSize(1));
            Outcome eliminated = eliminated("a", 1, "cognitive", "judge");
            assertThat(after(eliminated, BAD, OPEN, same)).isSameAs(eliminated);
        }

        @Test
        void a_half_mark_and_a_mark_of_another_text_change_nothing() {
            Outcome kept = kept("a", 1, "cognitive", 7);

            assertThat(after(kept, GOOD, OPEN, same)).isSameAs(kept);
            assertThat(after(kept, BAD, BAD, "tbeef")).isSameAs(kept);
        }

        @Test
        void a_failed_attempt_stays_failed() {
            Outcome failed = new Outcome.Failed(origin("a", 1, "cognitive"), Optional.empty(), "refusal", "it refused");

            assertThat(after(failed, GOOD, GOOD, same)).isSameAs(failed);
        }

        @Test
        void a_pass_over_nothing_marked_leaves_all_as_it_is() {
            EvolvedSample sample = sample("a", kept("a", 1, "cognitive", 7));

            assertThat(AuditMarks.of(Collections.emptyList())
                            .overrides()
                            .start()
                            .select(sample))
                    .isEqualTo(sample);
        }
    }
}
