package io.github.mmevol.core.elimination;

import static java.util.stream.Collectors.counting;
import static java.util.stream.Collectors.groupingBy;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.mmevol.core.internal.json.Json;
import io.github.mmevol.core.sample.Form;
import io.github.mmevol.core.sample.Forms;
import io.github.mmevol.core.sample.Instruction;
import io.github.mmevol.core.sample.Step;
import io.github.mmevol.core.sample.Vocabulary;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

class CorpusIsWellFormedTest {
    private static final List<String> FIELDS = List.of(
            "id",
            "image",
            "boxes",
            "trust",
            "language",
            "direction",
            "format",
            "parent",
            "question",
            "answer",
            "steps",
            "objects",
            "skills",
            "good",
            "defect",
            "note");
    private static final Set<String> TRUSTS = Set.of("exhaustive", "precise", "noisy");
    private static final Set<String> LANGUAGES = Set.of("en", "zh", "de", "fr", "es");
    private static final Set<String> DIRECTIONS = Set.of("perceptual", "cognitive", "interactive");
    private static final Set<String> KINDS = Set.of(
            "invented-box",
            "box-label",
            "count",
            "relation",
            "arithmetic",
            "ungrounded-location",
            "chain-value",
            "answer-differs-from-chain",
            "wrong-content",
            "other");
    /** What rests on annotations, and on English nouns. */
    private static final Set<String> ANNOTATED = Set.of("box-label", "count", "relation");

    private static JsonNode photographs;
    private static List<JsonNode> open;
    private static List<JsonNode> heldOut;
    private static List<JsonNode> all;

    @BeforeAll
    static void read() throws IOException {
        photographs = Json.parse(text("photographs.json"));
        open = lines("open.jsonl");
        heldOut = lines("held-out.jsonl");
        all = Stream.of(open, heldOut).flatMap(List::stream).toList();
    }

    @Nested
    class EachLine {
        @Test
        void hasAllFieldsAndNoOther() {
            assertThat(all).allSatisfy(line -> assertThat(line.propertyNames()).containsExactlyElementsOf(FIELDS));
        }

        @Test
        void hasAnIdOfItsOwnThatNamesItsHalf() {
            assertThat(all).extracting(line -> text(line, "id")).doesNotHaveDuplicates();
            assertThat(open).allSatisfy(line -> assertThat(text(line, "id")).matches("o-\\d{3}"));
            assertThat(heldOut).allSatisfy(line -> assertThat(text(line, "id")).matches("h-\\d{3}"));
        }

        @Test
        void asksAQuestionOfItsOwn() {
            assertThat(all)
                    .extracting(line -> text(line, "image") + " " + text(line, "question"))
                    .doesNotHaveDuplicates();
        }

        @Test
        void keepsToTheKnownValues() {
            assertThat(all).allSatisfy(line -> {
                assertThat(photographs.has(text(line, "image"))).isTrue();
                assertThat(TRUSTS).contains(text(line, "trust"));
                assertThat(LANGUAGES).contains(text(line, "language"));
                assertThat(DIRECTIONS).contains(text(line, "direction"));
                assertThat(formats()).contains(text(line, "format"));
                assertThat(texts(line, "skills")).isNotEmpty().isSubsetOf(Vocabulary.SKILLS);
                assertThat(texts(line, "objects"))
                        .allSatisfy(name -> assertThat(name).isNotBlank());
                assertThat(text(line, "note")).isNotBlank();
                assertThat(text(line.path("parent"), "question")).isNotBlank();
                assertThat(text(line.path("parent"), "answer")).isNotBlank();
            });
        }

        @Test
        void hasAFormWhereItsDirectionIsInteractive() {
            assertThat(all)
                    .filteredOn(line -> text(line, "direction").equals("interactive"))
                    .allSatisfy(line -> assertThat(Forms.standard().find(text(line, "format")))
                            .isPresent());
        }

        @Test
        void hasNothingWrongOrExactlyOneDefect() {
            assertThat(all)
                    .allSatisfy(line -> assertThat(line.path("defect").isNull())
                            .isEqualTo(line.path("good").booleanValue()));
            assertThat(bad()).allSatisfy(line -> {
                assertThat(KINDS).contains(kind(line));
                assertThat(line.path("defect").path("decidable").isBoolean()).isTrue();
                assertThat(words(line)).anyMatch(words -> words.contains(text(line.path("defect"), "span")));
            });
        }

        @Test
        void claimsNothingDecidableThatItsAnnotationsCannotDecide() {
            assertThat(bad())
                    .filteredOn(line -> decidable(line) && ANNOTATED.contains(kind(line)))
                    .allSatisfy(line -> {
                        assertThat(text(line, "trust")).isNotEqualTo("noisy");
                        assertThat(text(line, "language")).isEqualTo("en");
                        assertThat(boxes(line)).isNotEmpty();
                    });
            assertThat(bad())
                    .filteredOn(line -> kind(line).equals("wrong-content"))
                    .noneMatch(CorpusIsWellFormedTest::decidable);
        }

        @Test
        void standsOnLegalBoxes() {
            assertThat(all)
                    .allSatisfy(line -> assertThat(boxes(line)).allSatisfy(box -> {
                        assertThat(text(box, "label")).isNotBlank();
                        JsonNode corners = box.path("bbox");
                        assertThat(corners).hasSize(4).allMatch(c -> c.doubleValue() >= 0 && c.doubleValue() <= 1);
                        assertThat(corners.get(0).doubleValue())
                                .isLessThan(corners.get(2).doubleValue());
                        assertThat(corners.get(1).doubleValue())
                                .isLessThan(corners.get(3).doubleValue());
                    }));
        }

        @Test
        void breaksNoRuleOfShapeIfItIsGood() {
            Eliminator shape = Rules.form()
                    .then(Rules.controlToken())
                    .then(Rules.refusal(Forms.standard()))
                    .then(Rules.promptLeak())
                    .then(Rules.answerShape(Forms.standard()));
            assertThat(good())
                    .allSatisfy(line -> assertThat(Candidates.judge(shape, evolved(line)))
                            .as(line.toString())
                            .isInstanceOf(Verdict.Pass.class));
        }
    }

    @Nested
    class TheWhole {
        @Test
        void isAsLargeAndAsMixedAsPromised() {
            assertThat(all).hasSizeGreaterThanOrEqualTo(420);
            assertThat(good()).hasSizeGreaterThanOrEqualTo(260);
            assertThat(bad()).hasSizeGreaterThanOrEqualTo(140);
            assertThat(bad().stream().filter(CorpusIsWellFormedTest::decidable).count())
                    .isGreaterThan(bad().size() / 2);
            assertThat(all)
                    .filteredOn(line -> !text(line, "language").equals("en"))
                    .hasSizeGreaterThanOrEqualTo(44);
            assertThat(all).filteredOn(line -> boxes(line).isEmpty()).hasSizeGreaterThanOrEqualTo(20);
        }

        @Test
        void takesAllPhotographsAlike() {
            assertThat(number(all, line -> text(line, "image")))
                    .containsOnlyKeys(photographs.propertyNames())
                    .allSatisfy((image, number) -> assertThat(number).isBetween(50L, 70L));
        }
    }

    @Nested
    class EachHalf {
        @Test
        void isOfTheSameSize() {
            assertThat(open).hasSameSizeAs(heldOut);
            assertThat(open.stream().filter(CorpusIsWellFormedTest::isGood).count())
                    .isEqualTo(heldOut.stream()
                            .filter(CorpusIsWellFormedTest::isGood)
                            .count());
        }

        @Test
        void hasEveryKindOfDefect() {
            assertThat(bothHalves()).allSatisfy(half -> {
                List<JsonNode> bad = half.stream().filter(line -> !isGood(line)).toList();
                assertThat(number(bad, CorpusIsWellFormedTest::kind))
                        .containsOnlyKeys(KINDS)
                        .allSatisfy((kind, number) -> assertThat(number).isGreaterThanOrEqualTo(3));
                assertThat(bad).filteredOn(CorpusIsWellFormedTest::decidable).hasSizeGreaterThanOrEqualTo(50);
            });
        }

        @Test
        void hasEveryTrustDirectionFormAndLanguage() {
            assertThat(bothHalves()).allSatisfy(half -> {
                assertThat(number(half, line -> text(line, "trust")))
                        .containsOnlyKeys(TRUSTS)
                        .allSatisfy((trust, number) -> assertThat(number).isGreaterThanOrEqualTo(40));
                assertThat(number(half, line -> text(line, "direction")))
                        .containsOnlyKeys(DIRECTIONS)
                        .allSatisfy((direction, number) -> assertThat(number).isGreaterThanOrEqualTo(50));
                assertThat(number(half, line -> text(line, "format")))
                        .containsOnlyKeys(formats())
                        .allSatisfy((form, number) -> assertThat(number).isGreaterThanOrEqualTo(2));
                assertThat(number(half, line -> text(line, "language"))).containsOnlyKeys(LANGUAGES);
            });
        }

        @Test
        void isBadAndGoodInOtherLanguagesToo() {
            assertThat(bothHalves()).allSatisfy(half -> {
                assertThat(number(
                                half.stream()
                                        .filter(CorpusIsWellFormedTest::isGood)
                                        .toList(),
                                line -> text(line, "language")))
                        .containsKeys("zh", "de");
                assertThat(number(half.stream().filter(line -> !isGood(line)).toList(), line -> text(line, "language")))
                        .containsKeys("zh", "de");
            });
        }
    }

    private static List<List<JsonNode>> bothHalves() {
        return List.of(open, heldOut);
    }

    private static List<JsonNode> good() {
        return all.stream().filter(CorpusIsWellFormedTest::isGood).toList();
    }

    private static List<JsonNode> bad() {
        return all.stream()
                .filter(Predicate.not(CorpusIsWellFormedTest::isGood))
                .toList();
    }

    private static boolean isGood(JsonNode line) {
        return line.path("good").booleanValue();
    }

    private static boolean decidable(JsonNode line) {
        return line.path("defect").path("decidable").booleanValue();
    }

    private static String kind(JsonNode line) {
        return text(line.path("defect"), "kind");
    }

    private static Set<String> formats() {
        Set<String> formats = new HashSet<>(Set.of("Norm", "complex reasoning", "detailed description"));
        Forms.standard().all().stream().map(Form::id).forEach(formats::add);
        return formats;
    }

    private static List<JsonNode> boxes(JsonNode line) {
        JsonNode boxes = line.path("boxes");
        if (boxes.isArray()) {
            return List.copyOf(boxes.values());
        }
        assertThat(boxes.stringValue()).isIn("bundled", "none");
        return boxes.stringValue().equals("none")
                ? List.of()
                : List.copyOf(
                        photographs.path(text(line, "image")).path("boxes").values());
    }

    /** Everything the instruction says, text by text. */
    private static List<String> words(JsonNode line) {
        List<String> words = new ArrayList<>(List.of(text(line, "question"), text(line, "answer")));
        line.path("steps").forEach(step -> {
            words.add(text(step, "manipulation"));
            words.add(text(step, "description"));
        });
        return words;
    }

    private static Instruction evolved(JsonNode line) {
        return Instruction.builder(text(line, "question"), text(line, "answer"))
                .steps(line.path("steps").values().stream()
                        .map(step -> new Step(text(step, "manipulation"), text(step, "description")))
                        .toList())
                .format(text(line, "format"))
                .build();
    }

    private static Map<String, Long> number(List<JsonNode> lines, Function<JsonNode, String> by) {
        return lines.stream().collect(groupingBy(by, counting()));
    }

    private static List<String> texts(JsonNode line, String field) {
        return line.path(field).values().stream().map(JsonNode::stringValue).toList();
    }

    private static String text(JsonNode node, String field) {
        return node.path(field).stringValue();
    }

    private static List<JsonNode> lines(String file) throws IOException {
        return text(file).lines().map(Json::parse).toList();
    }

    private static String text(String file) throws IOException {
        try (InputStream in = CorpusIsWellFormedTest.class.getResourceAsStream("corpus/" + file)) {
            assertThat(in).as(file).isNotNull();
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        }
    }
}
