package io.github.mmevol.prompts;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.mmevol.core.internal.json.Json;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.node.ObjectNode;

class MatchedItemsTest {
    private static final List<String> ASKED = List.of("q1", "q2", "q3");

    @ParameterizedTest
    @ValueSource(
            strings = {
                "\"q2\"",
                "\"Q2\"",
                "2",
                "\"2\"",
                "\"#2\"",
                "\"q-2\"",
                "\"q02\"",
                "\"Question 2:\"",
                "\"instruction_2\"",
                "\" q2. \""
            })
    void an_id_is_known_in_every_spelling(String id) {
        assertThat(matched("{\"id\": " + id + "}", "{\"id\": \"q1\"}")).isEqualTo(Map.of("q2", 0, "q1", 1));
    }

    @Test
    void items_come_back_in_the_order_asked() {
        MatchedItems matched = MatchedItems.of(items("{\"id\": \"q3\"}", "{\"id\": \"q1\"}"), ASKED);
        assertThat(matched.byId().keySet()).containsExactly("q1", "q3");
        assertThat(matched.surplus()).isZero();
    }

    @Test
    void a_missing_item_shifts_no_other() {
        assertThat(matched("{\"id\": \"q1\"}", "{\"id\": \"q3\"}")).isEqualTo(Map.of("q1", 0, "q3", 1));
    }

    @Test
    void items_without_ids_are_taken_in_order_if_there_are_as_many_as_asked() {
        assertThat(matched("{}", "{}", "{}")).isEqualTo(Map.of("q1", 0, "q2", 1, "q3", 2));
    }

    @Test
    void items_without_ids_are_not_taken_if_there_are_more_or_fewer() {
        assertThat(matched("{}", "{}")).isEmpty();
        assertThat(matched("{}", "{}", "{}", "{}")).isEmpty();
        assertThat(MatchedItems.of(items("{}", "{}"), ASKED).surplus()).isEqualTo(2);
    }

    @Test
    void what_has_no_id_fills_the_places_that_ids_leave() {
        assertThat(matched("{\"id\": \"q1\"}", "{}", "{\"id\": \"q3\"}")).isEqualTo(Map.of("q1", 0, "q2", 1, "q3", 2));
        assertThat(matched("{\"id\": \"q1\"}", "{}")).isEqualTo(Map.of("q1", 0));
    }

    @Test
    void of_partly_wrong_ids_the_right_ones_count() {
        MatchedItems matched =
                MatchedItems.of(items("{\"id\": \"q2\"}", "{\"id\": \"x7\"}", "{\"id\": \"q9\"}"), ASKED);
        assertThat(matched.byId()).containsOnlyKeys("q2");
        assertThat(matched.surplus()).isEqualTo(2);
    }

    @Test
    void of_two_items_with_one_id_the_first_counts() {
        MatchedItems matched = MatchedItems.of(
                items("{\"id\": \"q1\", \"n\": 1}", "{\"id\": \"Q1\", \"n\": 2}", "{\"id\": \"q2\"}"), ASKED);
        assertThat(matched.byId().get("q1").path("n").intValue()).isEqualTo(1);
        assertThat(matched.byId()).containsOnlyKeys("q1", "q2");
        assertThat(matched.surplus()).isEqualTo(1);
    }

    @Test
    void a_single_item_answers_a_single_question_whatever_its_id() {
        assertThat(MatchedItems.of(items("{\"id\": \"q1\"}"), List.of("q4")).byId())
                .containsOnlyKeys("q4");
    }

    @Test
    void ids_that_count_from_zero_are_moved_up() {
        assertThat(matched("{\"id\": 0}", "{\"id\": 1}", "{\"id\": 2}")).isEqualTo(Map.of("q1", 0, "q2", 1, "q3", 2));
    }

    @Test
    void custom_ids_match_by_their_letters_and_digits() {
        assertThat(MatchedItems.of(items("{\"id\": \"A-7\"}", "{\"id\": \"b8\"}"), List.of("a7", "b8"))
                        .byId())
                .containsOnlyKeys("a7", "b8");
    }

    /** Asked id to the index of its item. */
    private static Map<String, Integer> matched(String... json) {
        List<ObjectNode> items = items(json);
        return MatchedItems.of(items, ASKED).byId().entrySet().stream()
                .collect(Collectors.toMap(Map.Entry::getKey, entry -> {
                    int index = 0;
                    while (items.get(index) != entry.getValue()) {
                        index++;
                    }
                    return index;
                }));
    }

    private static List<ObjectNode> items(String... json) {
        List<ObjectNode> items = new ArrayList<>();
        for (String item : json) {
            items.add((ObjectNode) Json.parse(item));
        }
        return items;
    }
}
