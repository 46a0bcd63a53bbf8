package io.github.mmevol.core.internal.text;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.mmevol.core.internal.text.Token.Kind;
import java.util.List;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.Chars;
import net.jqwik.api.constraints.StringLength;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class TokensTest {

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            145 | 145
            1,200 | 1200
            1,234,567 | 1234567
            0.484 | 0.484
            .5 | 0.5
            145cm | 145
            $3 | 3
            twelve | 12
            twenty-three | 23
            one hundred and five | 105
            two thousand three hundred | 2300
            \u4e24\u767e\u4e8c\u5341\u6b21 | 220
            \u5341\u4e8c | 12
            \u4e09\u4e2a | 3
            \u4e00\u4e07\u4e8c\u5343 | 12000
            \u51718\u4e2a | 8
            """)
    void numbers_are_read_in_digits_and_words(String text, String value) {
        assertThat(Tokens.of(text))
                .filteredOn(token -> token.is(Kind.NUMBER))
                .singleElement()
                .satisfies(token -> assertThat(token.value()).isEqualByComparingTo(value));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "10:30",
                "2024-05-03",
                "12/05/2024",
                "1.2.3",
                "131,67",
                "A4",
                "3rd",
                "1990s",
                "4K",
                "#5",
                "two-thirds",
                "3-storey",
                "v1.5",
                "2x",
                "res_1",
                "No.5",
                "99999999999999999999",
                "\u7b2c\u4e8c\u5341\u4e94",
                "\u5341\u4e8c\u6708"
            })
    void what_only_looks_like_a_number_is_none(String text) {
        assertThat(Tokens.of(text)).noneMatch(token -> token.is(Kind.NUMBER));
    }

    @Test
    void a_dash_is_a_minus_a_range_a_bullet_an_arrow_or_the_end_of_a_clause() {
        assertThat(kinds("8 - 3")).containsExactly(Kind.NUMBER, Kind.MINUS, Kind.NUMBER);
        assertThat(kinds("8 \u2212 3")).containsExactly(Kind.NUMBER, Kind.MINUS, Kind.NUMBER);
        assertThat(kinds("8\u20133")).containsExactly(Kind.NUMBER, Kind.DASH, Kind.NUMBER);
        assertThat(kinds("- 8")).containsExactly(Kind.NUMBER);
        assertThat(kinds("8 -> 3")).containsExactly(Kind.NUMBER, Kind.ARROW, Kind.NUMBER);
        assertThat(kinds("8 \u2014 3")).containsExactly(Kind.NUMBER, Kind.STOP, Kind.NUMBER);
        assertThat(Tokens.of("3-2").get(1).tight()).isTrue();
        assertThat(Tokens.of("3 - 2").get(1).tight()).isFalse();
    }

    @Test
    void an_x_between_numbers_multiplies() {
        assertThat(kinds("3 x 4")).containsExactly(Kind.NUMBER, Kind.TIMES, Kind.NUMBER);
        assertThat(kinds("3x4")).containsExactly(Kind.NUMBER, Kind.TIMES, Kind.NUMBER);
        assertThat(kinds("x + 4")).containsExactly(Kind.WORD, Kind.PLUS, Kind.NUMBER);
    }

    @Test
    void marks_of_markdown_and_latex_are_understood() {
        assertThat(kinds("**8** - `3`")).containsExactly(Kind.NUMBER, Kind.MINUS, Kind.NUMBER);
        assertThat(kinds("8 \\times 3")).containsExactly(Kind.NUMBER, Kind.TIMES, Kind.NUMBER);
        assertThat(kinds("* 8 * 3")).containsExactly(Kind.NUMBER, Kind.TIMES, Kind.NUMBER);
    }

    @Test
    void powers_fractions_and_roots_are_odd_and_change_nothing_behind_a_unit() {
        assertThat(kinds("5\u00b2 + 2\u00bd")).containsExactly(Kind.NUMBER, Kind.ODD, Kind.PLUS, Kind.NUMBER, Kind.ODD);
        assertThat(kinds("(3)\u2074")).containsExactly(Kind.OPEN, Kind.NUMBER, Kind.CLOSE, Kind.ODD);
        assertThat(kinds("\u221b8")).containsExactly(Kind.ODD, Kind.NUMBER);
        assertThat(kinds("16 cm\u00b2")).containsExactly(Kind.NUMBER, Kind.WORD);
        assertThat(kinds("1\\,250")).containsExactly(Kind.NUMBER, Kind.ODD, Kind.NUMBER);
        assertThat(Tokens.of("50\u00a2").get(1).word()).isEqualTo("cents");
    }

    @Test
    void boxes_and_quotations_are_one_piece() {
        assertThat(kinds("at [0.1, 0.2, 0.3, 0.4] 'STOP 8'")).containsExactly(Kind.WORD, Kind.BOX, Kind.QUOTE);
        assertThat(kinds("[1, 2]")).containsExactly(Kind.OPEN, Kind.NUMBER, Kind.COMMA, Kind.NUMBER, Kind.CLOSE);
        assertThat(Tokens.of("the man's 'EXIT' sign")).extracting(Token::word).contains("man's", "EXIT");
        assertThat(kinds("5'10")).containsExactly(Kind.NUMBER, Kind.NUMBER);
    }

    @Test
    void a_number_that_begins_with_its_point_has_no_other() {
        assertThat(kinds(".5")).containsExactly(Kind.NUMBER);
        assertThat(kinds(".1.1")).containsExactly(Kind.ODD);
        assertThat(kinds(".1,234")).containsExactly(Kind.ODD);
    }

    @Test
    void a_backslash_may_be_the_last_character() {
        assertThat(kinds("path \\")).containsExactly(Kind.WORD, Kind.ODD);
    }

    @Test
    @Timeout(10)
    void takes_time_linear_in_the_text() {
        for (String piece : List.of("[", "'", "\u201c", "1,", "1-", "one ", "a", "\u4e00", "*", "\\", "1.", "x", "-")) {
            assertThat(Tokens.of(piece.repeat(200_000 / piece.length()))).isNotNull();
        }
    }

    @Property(tries = 3_000)
    void pieces_follow_each_other_in_the_text(@ForAll String text) {
        assertPiecesFollowEachOther(text);
    }

    @Property(tries = 10_000)
    void pieces_follow_each_other_in_a_text_of_signs(
            @ForAll
                    @Chars({'\\', '-', '>', '=', '*', '[', ']', '(', ',', '.', ' ', '\n', '"', '\'', 'x', '1', '%'})
                    @StringLength(max = 12)
                    String text) {
        assertPiecesFollowEachOther(text);
    }

    private static void assertPiecesFollowEachOther(String text) {
        int end = 0;
        for (Token token : Tokens.of(text)) {
            assertThat(token.start()).isGreaterThanOrEqualTo(end);
            assertThat(token.end()).isGreaterThan(token.start()).isLessThanOrEqualTo(text.length());
            end = token.end();
        }
    }

    @Test
    void a_text_is_read_once_where_that_is_asked_for_and_anew_afterwards() {
        List<Token> before = Tokens.of("two cups");
        List<Token> once = Tokens.once(() -> {
            List<Token> first = Tokens.of("two cups");
            assertThat(Tokens.of("two cups")).isSameAs(first);
            return first;
        });
        assertThat(once).isEqualTo(before);
        assertThat(Tokens.of("two cups")).isEqualTo(before).isNotSameAs(once);
    }

    private static List<Kind> kinds(String text) {
        return Tokens.of(text).stream().map(Token::kind).toList();
    }
}
