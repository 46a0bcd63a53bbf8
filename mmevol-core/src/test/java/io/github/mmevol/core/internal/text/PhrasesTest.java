package io.github.mmevol.core.internal.text;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.List;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.CharRange;
import net.jqwik.api.constraints.Size;
import net.jqwik.api.constraints.StringLength;
import org.junit.jupiter.api.Test;

class PhrasesTest {
    @Property(tries = 2_000)
    void the_first_place_is_found_where_any_of_them_begins(
            @ForAll @Size(max = 4)
                    List<@StringLength(min = 1, max = 4) @CharRange(from = 'a', to = 'c') String> phrases,
            @ForAll @StringLength(max = 30) @CharRange(from = 'a', to = 'd') String text) {
        int first = phrases.stream()
                .mapToInt(text::indexOf)
                .filter(at -> at >= 0)
                .min()
                .orElse(-1);

        assertThat(new Phrases(phrases).find(text)).isEqualTo(first);
    }

    @Test
    void all_that_begin_at_a_place_are_told_in_their_order() {
        Phrases phrases = new Phrases(List.of("the given boxes", "the given box", "box"));

        assertThat(phrases.find("in the given boxes")).isEqualTo(3);
        assertThat(phrases.at("in the given boxes", 3)).containsExactly("the given boxes", "the given box");
        assertThat(phrases.all()).containsExactly("the given boxes", "the given box", "box");
    }

    @Test
    void none_is_found_where_there_are_none_and_an_empty_one_is_refused() {
        assertThat(new Phrases(List.of()).find("text")).isNegative();
        assertThatIllegalArgumentException().isThrownBy(() -> new Phrases(List.of("a", "")));
    }
}
