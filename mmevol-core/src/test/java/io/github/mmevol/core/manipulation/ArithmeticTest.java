package io.github.mmevol.core.manipulation;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.mmevol.core.manipulation.Arithmetic.Claim;
import io.github.mmevol.core.sample.Check;
import io.github.mmevol.core.sample.Instruction;
import io.github.mmevol.core.sample.Step;
import java.util.List;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.StringLength;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ArithmeticTest {

    @ParameterizedTest
    @ValueSource(
            strings = {
                "8 - 3 = 5",
                "So 120 + 95 + 180 = 395 visits.",
                "June has 240 visits and February 95, so the difference is 240 - 95 = 145.",
                "240 visits - 95 visits = 145 visits",
                "January (120) + February (95) = 215",
                "120 (January) + 95 (February) = 215",
                "395 / 3 = 131.67",
                "395 / 3 = 132",
                "395 / 3 is about 130",
                "(120 + 95 + 180) / 3 ≈ 131.7",
                "5 / 8 = 62.5 %",
                "5/8 × 100 = 62.5%",
                "5 / 8 = 0.625 = 62.5 percent",
                "5 ÷ 8 = 0.625",
                "3 × 4 = 12",
                "3 x 4 = 12",
                "3x4=12",
                "2 * (3 + 4) = 14",
                "1,200 + 300 = 1,500",
                "$3 × 2 = $6",
                "20 % of 50 is 10",
                "half of 240 is 120",
                "a third of 9 = 3",
                "two thirds of 9 is 6",
                "240 is twice 120",
                "Eight minus three is five.",
                "two plus two makes four",
                "12 divided by 4 equals 3",
                "8 − 3 = 5",
                "8 – 3 = 5",
                "1/2 + 1/4 = 3/4",
                "120 + 95 = 215, which leaves more than half",
                "从上面可以看到 120 + 95 = 215",
                "Das sind 120 + 95 = 215 Besuche.",
                "res_1 = 3 + 2 = 5",
                "'240' - '95' = 145",
                "0.484 - 0.320 = 0.164 of the width",
                "10 - 12 = -2",
                "20% + 30% = 50%",
            })
    void what_is_worked_out_rightly_is_right(String text) {
        assertThat(Arithmetic.claims(text)).isNotEmpty().allMatch(Claim::right);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            8 - 3 = 6 | 8 - 3 = 6 | 6 | 5
            So 120 + 95 + 180 = 405 visits. | 120 + 95 + 180 = 405 | 405 | 395
            240 visits - 95 visits = 155 visits | 240 visits - 95 visits = 155 | 155 | 145
            January (120) + February (95) = 225 | (120) + February (95) = 225 | 225 | 215
            395 / 3 = 135 | 395 / 3 = 135 | 135 | about 131.6667
            395 / 3 is about 150 | 395 / 3 is about 150 | 150 | about 131.6667
            5 of 8 are orange, which is 65 percent | 5 of 8 are orange, which is 65 percent | 65 percent | 62.5 %
            3 of 8 is 35 % | 3 of 8 is 35 % | 35 % | 37.5 %
            20 % of 50 is 12 | 20 % of 50 is 12 | 12 | 10
            Eight minus three is six. | Eight minus three is six | six | 5
            8-3=6 | 8-3=6 | 6 | 5
            2 * (3 + 4) = 10 | 2 * (3 + 4) = 10 | 10 | 14
            1,200 + 300 = 1,600 | 1,200 + 300 = 1,600 | 1,600 | 1500
            the total of 120, 95 and 180 is 405 | total of 120, 95 and 180 is 405 | 405 | 395
            the difference between 240 and 95 is 155 | difference between 240 and 95 is 155 | 155 | 145
            The mean of 120, 95 and 180 is 135. | mean of 120, 95 and 180 is 135 | 135 | about 131.6667
            the largest of 120, 95 and 180 is 120 | largest of 120, 95 and 180 is 120 | 120 | 180
            120, 95 and 180 add up to 405 | 120, 95 and 180 add up to 405 | 405 | 395
            adding 120 and 95 gives 225 | adding 120 and 95 gives 225 | 225 | 215
            subtracting 95 from 240 leaves 155 | subtracting 95 from 240 leaves 155 | 155 | 145
            240 is 155 more than 95 | 240 is 155 more than 95 | 155 | 145
            240 exceeds 95 by 155 | 240 exceeds 95 by 155 | 155 | 145
            visits rose from 120 to 240, an increase of 50 % | from 120 to 240, an increase of 50 % | 50 % | 100 %
            The sum of January (120), February (95) and March (180) is 405 | sum of January (120), February (95) and March (180) is 405 | 405 | 395
            一共是 120 + 95 = 225 | 120 + 95 = 225 | 225 | 215
            Das sind 120 + 95 = 225 Besuche. | 120 + 95 = 225 | 225 | 215
            """)
    void what_is_worked_out_wrongly_is_shown_with_what_is_right(
            String text, String span, String stated, String actual) {
        assertThat(Arithmetic.claims(text)).containsExactly(new Claim(span, stated, actual, false));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "There are 7 lights, 2 of them white.",
                "The building was open 2019-2024.",
                "2019–2024 = 5 years",
                "The score was 3-2.",
                "A 3-2 is enough.",
                "Call 555-1234 = home",
                "On 2024-05-03 = 12/05/2024",
                "It is 10:30 - 9:15 = 1:15.",
                "Add 1/2 cup of milk.",
                "24/7 is 7 days",
                "iPhone 4 + A5 = 9",
                "1 of 2",
                "x + 3 = 5",
                "Bar 1 + bar 2 = 215",
                "bars 3 and 5 add up to 400 visits",
                "the difference between bars 3 and 5 is 50",
                "The difference between 2019 and 2024 is 30 visits.",
                "visits rose from 2019 to 2024, an increase of 30",
                "a frame of 6 x 4 is 2 inches thick",
                "2 x 2 grid",
                "17 / 5 = 3 remainder 2",
                "90 minutes - 30 minutes = 1 hour",
                "2 / 3 = 66 %",
                "2/3 = 0.66",
                "5 / 8 = 62.5",
                "120 + 95 = 215 / 5 = 43",
                "120 + 10 % = 132",
                "3 + 2 = 5-6",
                "3 + 2 = 5 dozen",
                "8 weeks - 3 days = 53 days",
                "It is not 3 + 2 = 6.",
                "3 + 2 = 6 is wrong.",
                "The sign reads '2 + 2 = 5'.",
                "The note says \"3 + 4 = 8\" in chalk",
                "1.200 + 300 = 1.500",
                "1.200 + 300 = 1.600",
                "395 / 3 = 131,67",
                "from 10 to 11 o'clock, a drop of 5 degrees",
                "three and a half plus 2 is six",
                "Row 2 is 3 + 4 lamps wide.",
                "2 + 2 = four-ish",
                "5 of 8 are orange, so 37.5 % are white",
                "3 of 8 lamps is 20 % wider than the rest",
                "f(3 + 2) = 6",
                "2^3 + 1 = 7",
                "3 + 2 = 6 more than 0",
                "grounding_1(cup)->bbx_1",
                "[0.1, 0.2, 0.3, 0.4]",
                "In 2019, 120 and 95",
                "January - 120 + 95 = 200",
                "3.14 × 5² = 78.5 cm²",
                "3² + 4² = 25",
                "√25 = 5",
                "5 + 2³ = 13",
                "2 + ∛27 = 5",
                "2½ × 2 = 5 cups",
                "1½ cups + 1½ cups = 3 cups",
                "2 π × 3 = 18.85",
                "5 squared + 3 = 28",
                "the square root of 16 + 9 is 5",
                "log 100 + 3 = 5",
                "1\\,250 + 980 = 2\\,230",
                "2.4 million - 1.2 million = 1.2",
                "$1.2 + $0.3 million = $1.5 million",
                "2.5 thousand × 4 = 12,000",
                "$1 + 50¢ = $1.50",
                "3 × 25¢ = $0.75",
                "4 × 25 cents = $1.00",
                "3 dimes + 2 nickels = 40 cents",
                "2 coffees + 1 muffin = $9.50",
                "Two lattes and three muffins total $21.50.",
                "The total of 2 adult tickets and 3 child tickets is $45.",
                "Adding 2 coffees and 1 cake gives $14.50.",
                "Open 9-5 = 8 hours",
                "Two of the three glasses are 50% full.",
                "Three of the five items are 20% off.",
                "One of the two phones is 80% charged.",
                "1,500 is three times more than 500.",
                "240 visits is 2 times higher than 120 visits.",
                "120 is 1.5 times larger than 80.",
                "It rose from 10% to 15%, an increase of 5%.",
                "45% is 20% higher than 25%.",
            })
    void what_cannot_be_read_with_certainty_is_left_alone(String text) {
        assertThat(Arithmetic.claims(text)).filteredOn(claim -> !claim.right()).isEmpty();
        assertThat(Arithmetic.claims(text)).hasSizeLessThanOrEqualTo(1);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "The difference between 9 AM and 5 PM is 8 hours.",
                "The difference between 9 AM and 1 PM is 8 hours.",
                "The total of 1 hour and 30 minutes is 90 minutes.",
                "The total of 1 hour and 30 minutes is 31 minutes.",
                "The difference between 2 kg and 500 g is 1.5 kg.",
                "The difference between 1 January and 31 December is 364 days.",
                "The sum of 30 minutes and 45 minutes is 75 hours.",
                "2 hours + 30 minutes = 32 minutes",
                "90 minutes - 30 minutes = 60 hours",
            })
    void numbers_of_different_units_and_dates_are_neither_right_nor_wrong(String text) {
        assertThat(Arithmetic.claims(text)).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "2.4 million / 12 = 200,000 per month",
                "3 million + 500,000 = 3,500,000",
                "2.5 thousand × 4 = 10,000",
                "3 dozen eggs + 6 eggs = 42 eggs",
                "It rose from 800 thousand to 1.2 million, an increase of 50%.",
                "The ratio of 1.2 million to 300 thousand is 4.",
                "The sum of 1 million and 500 thousand is 1,500,000.",
                "$3.2 million + $1.5 million = $4.7 million",
                "3 weeks × 7 days = 21 days",
                "60 km / 2 hours = 30 km per hour",
                "10 cents + 20 cents = 30 cents",
                "2² and 9 + 16 = 25",
            })
    void words_that_multiply_a_number_are_read(String text) {
        assertThat(Arithmetic.claims(text)).hasSize(1).allMatch(Claim::right);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "$3.2 million + $1.5 million = $5.7 million",
                "3.2 billion minus 1.5 billion is 2.7 billion dollars",
                "10 cents + 20 cents = 40 cents",
                "1,250 + 980 = $2,330",
                "20 dollars minus 18.73 dollars is 1.37 dollars.",
                "5 cm × 4 cm = 21 cm²",
                "It rose from 10% to 15%, an increase of 40%.",
            })
    void a_wrong_result_of_large_numbers_and_prices_is_wrong(String text) {
        assertThat(Arithmetic.claims(text)).extracting(Claim::right).containsExactly(false);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "Total in 2024 = 120 + 95 + 180 + 240 = 635",
                "Area of rectangle 1 = 4 \u00d7 3 = 12",
                "Width of lamp 1 = 0.16 - 0.08 = 0.08.",
                "Step 2 = 8 \u00d7 2 = 16",
                "The probability of rolling 7 = 6/36 = 1/6",
                "The probability of a 6 = 1/6 \u2248 0.17",
                "10% of the 120 visitors = 0.1 \u00d7 120 = 12",
                "A discount of 20% on 50 = 0.2 \u00d7 50 = 10",
                "Total for a family of 4 = 2 \u00d7 12 + 2 \u00d7 7 = 38",
                "5 feet 11 inches = 5 \u00d7 12 + 11 = 71 inches",
                "2 weeks and 3 days = 2 \u00d7 7 + 3 = 17 days",
                "Parking for 3 hours = 2 + 2 \u00d7 1.50 = 5.00",
                "Sales on 3 May = 40 + 50 = 90",
                "4 rows of 6 seats = 4 \u00d7 6 = 24 seats",
                "The price: 2 = 4 + 5 = 9",
                "Fig. 3 = 4 + 5 = 9",
                "2 adults + 3 children = 2 \u00d7 12 + 3 \u00d7 7 = 45 dollars",
                "2 adult tickets + 3 child tickets = 2 \u00d7 12 + 3 \u00d7 7 = 45",
                "2 apples + 1 banana = 0.50 + 0.40 = 0.90",
                "2 coffees and 1 muffin = 2 \u00d7 3.50 + 2.50 = 9.50",
                "2023 + 2024 = 120 + 95 = 215",
                "2024 \u2212 2023 = 120 \u2212 95 = 25",
            })
    void what_a_sum_is_called_is_no_side_of_it(String text) {
        assertThat(Arithmetic.claims(text)).isNotEmpty().allMatch(Claim::right);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            Total in 2024 = 120 + 95 + 180 + 240 = 645 | 120 + 95 + 180 + 240 = 645
            1 h 30 min = 60 + 30 = 100 min | 60 + 30 = 100
            2 adults + 3 children = 2 × 12 + 3 × 7 = 47 dollars | 2 × 12 + 3 × 7 = 47
            2023 + 2024 = 120 + 95 = 225 | 120 + 95 = 225
            """)
    void what_follows_it_is_still_worked_out(String text, String span) {
        assertThat(Arithmetic.claims(text))
                .extracting(Claim::span, Claim::right)
                .containsExactly(org.assertj.core.groups.Tuple.tuple(span, false));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "$2.50 = 10 \u00d7 25 cents",
                "2 apples (2 \u00d7 0.25) + 3 bananas (3 \u00d7 0.40) = 0.50 + 1.20 = 1.70",
                "6|4 = 6 + 4 = 10",
                "1 - 5 + 3 = 8\n2 - 8 \u00d7 2 = 16",
                "3 packs of 6 + 2 = 20",
                "1010\u2082 = 8 + 2 = 10",
                "In binary: 1010 = 8 + 2 = 10",
                "In binary, 1 + 1 = 10.",
                "101 + 11 = 1000 in binary",
                "In base 2, 1 + 1 = 10.",
                "The pupil wrote 7 \u00d7 8 = 54 on the board. The right result is 56.",
                "The pupil put 7 \u00d7 8 = 54 on the board. The right result is 56.",
                "The line 120 + 95 = 220 comes last; it should be 215.",
                "The error is in the line 120 + 95 = 220.",
                "It shows \"2 + 2 = 5\".",
            })
    void what_is_only_told_of_is_not_wrong(String text) {
        assertThat(Arithmetic.claims(text)).allMatch(Claim::right);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "15 = 3 \u00d7 4",
                "The lamps are counted. 15 = 3 \u00d7 4.",
                "Bar 3 = 180 = 120 + 50",
                "120 + 95 = 225. The right bar has 240.",
                "120 visits + 95 visits = 200 + 25",
            })
    void a_number_that_begins_a_sentence_is_a_side(String text) {
        assertThat(Arithmetic.claims(text)).anyMatch(claim -> !claim.right());
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            Which equation on the board is wrong? | 7 \u00d7 8 = 54
            Read the second equation on the blackboard. | 7 \u00d7 8 = 54
            How would a student who ignores precedence calculate it? | 2 + 3 \u00d7 4 = 5 \u00d7 4 = 20
            Matchstick puzzle: what equation is shown? | 6 + 4 = 4
            What does the homework on the table say? | 3 + 4 = 8
            Find the mistake in the third row. | 7 \u00d7 8 = 54
            What is the sum in binary? | 1 + 1 = 10
            """)
    void what_is_asked_for_as_wrong_or_as_written_is_no_contradiction(String question, String answer) {
        assertThat(Arithmetic.verify(Instruction.of(question, answer)).contradictions())
                .isEmpty();
        assertThat(Arithmetic.verify(Instruction.of("What is the sum of the values shown?", "7 \u00d7 8 = 54"))
                        .contradictions())
                .hasSize(1);
    }

    @Test
    void each_part_of_a_chain_of_equations_is_looked_at() {
        assertThat(Arithmetic.claims("120 + 95 = 215 = 200 + 16"))
                .extracting(Claim::right)
                .containsExactly(true, false);
    }

    @Test
    void a_year_before_a_list_is_no_part_of_the_sum() {
        assertThat(Arithmetic.claims("In 2019, 120 and 95 add up to 215."))
                .extracting(Claim::right)
                .containsExactly(true);
    }

    @Test
    void a_right_sum_is_a_confirmed_step_or_answer_and_never_the_value() {
        Instruction instruction = Instruction.builder("By how many?", "240 - 95 = 145.")
                .steps(List.of(new Step("calculate(240 - 95)->res_1", "The difference is 240 - 95 = 145.")))
                .build();

        Findings findings = Arithmetic.verify(instruction);

        assertThat(findings.contradictions()).isEmpty();
        assertThat(findings.checks())
                .extracting(Check::part, Check::result)
                .containsExactly(
                        org.assertj.core.groups.Tuple.tuple(Check.Part.STEP, Check.Result.CONFIRMED),
                        org.assertj.core.groups.Tuple.tuple(Check.Part.ANSWER, Check.Result.CONFIRMED));
    }

    @Test
    void a_wrong_sum_contradicts_under_its_span() {
        Findings findings = Arithmetic.verify(Instruction.of("What is 3 and 2?", "It is 3 + 2 = 6."));

        assertThat(findings.contradictions())
                .containsExactly(new Findings.Contradiction("3 + 2 = 6", "it says 6 where 5 is right", "3 + 2 = 6"));
    }

    @Property(tries = 3_000)
    void no_text_surprises_it(@ForAll @StringLength(max = 200) String text) {
        assertThat(Arithmetic.claims(text)).isNotNull();
    }
}
