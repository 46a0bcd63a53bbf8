package io.github.mmevol.core.internal.text;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.stream.Collectors;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.Chars;
import net.jqwik.api.constraints.StringLength;
import org.junit.jupiter.api.Test;

/** The fast ways to look at a text, beside plain ones. */
class TextsTest {
    @Test
    void characters_are_what_the_platform_says() {
        for (int c = 0; c <= Character.MAX_CODE_POINT; c++) {
            assertThat(Characters.isLetterOrDigit(c)).isEqualTo(Character.isLetterOrDigit(c));
            assertThat(Characters.isSpace(c)).isEqualTo(Character.isWhitespace(c) || Character.isSpaceChar(c));
            assertThat(Characters.isSymbol(c)).isEqualTo(isSymbol(c));
        }
    }

    @Property(tries = 2_000)
    void a_folded_text_has_single_spaces_plain_marks_and_small_letters(@ForAll String text) {
        assertFolded(text);
    }

    @Property(tries = 2_000)
    void so_has_one_of_few_characters(
            @ForAll
                    @Chars({
                        'A', 'z', ' ', '\t', '\u00a0', '`', '\u201c', '\u2019', '\u0130', '\u03a3', '\ud83d', '\ude00'
                    })
                    @StringLength(max = 12)
                    String text) {
        assertFolded(text);
        assertFingerprint(text);
    }

    @Property(tries = 2_000)
    void a_fingerprint_has_letters_digits_and_symbols_alone(@ForAll String text) {
        assertFingerprint(text);
    }

    private static void assertFolded(String text) {
        String spaced = text.codePoints()
                .mapToObj(c -> Character.isWhitespace(c) || Character.isSpaceChar(c) ? " " : Character.toString(c))
                .collect(Collectors.joining());
        String plain = spaced.replaceAll("[\u2018\u2019\u02bc\u00b4`]", "'").replaceAll("[\u201c\u201d\u201e]", "\"");
        assertThat(Texts.folded(text))
                .isEqualTo(LowerCase.of(plain.replaceAll(" +", " ").strip()));
    }

    private static void assertFingerprint(String text) {
        String kept = text.codePoints()
                .mapToObj(c -> Character.isLetterOrDigit(c) || isSymbol(c) ? Character.toString(c) : " ")
                .collect(Collectors.joining());
        assertThat(Texts.fingerprint(text))
                .isEqualTo(LowerCase.of(kept.replaceAll(" +", " ").strip()));
    }

    private static boolean isSymbol(int c) {
        int type = Character.getType(c);
        return type == Character.MATH_SYMBOL || type == Character.CURRENCY_SYMBOL || type == Character.OTHER_SYMBOL;
    }
}
