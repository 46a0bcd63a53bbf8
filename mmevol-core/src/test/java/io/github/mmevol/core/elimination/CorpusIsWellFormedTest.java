package io.github.mmevol.core.elimination;

import static java.util.stream.Collectors.counting;
import static java.util.stream.Collectors.groupingBy;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.mmevol.core.sample.Form;
import io.github.mmevol.core.sample.Forms;
import io.github.mmevol.core.sample.Vocabulary;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Stream;
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
    /** Defects whose decision rests on the annotations and on English nouns. */
    private static final Set<String> ANNOTATED = Set.of("box-label", "count", "relation");

    private static final Set<String> KINDS = Set.of(
            "box-label",
            "count",
            "relation",
            "invented-box",
            "ungrounded-location",
            "arithmetic",
            "chain-value",
            "answer-differs-from-chain",
            "wrong-content",
            "other");

    private final JsonNode photographs = CorpusLine.photographs();
    private final List<CorpusLine> open = CorpusLine.of("open.jsonl");
    private final List<CorpusLine> heldOut = CorpusLine.of("held-out.jsonl");
    private final List<CorpusLine> all =
            Stream.of(open, heldOut).flatMap(List::stream).toList();
    private final List<CorpusLine> bad =
            all.stream().filter(line -> !line.good()).toList();

    @Nested
    class EachLine {
        @Test
        void hasAllFieldsAndNoOther() {
            assertThat(all)
                    .allSatisfy(line -> assertThat(line.json().propertyNames()).containsExactlyElementsOf(FIELDS));
        }

        @Test
        void hasAnIdOfItsOwnThatNamesItsHalf() {
            assertThat(all).extracting(line -> line.text("id")).doesNotHaveDuplicates();
            assertThat(open).allSatisfy(line -> assertThat(line.text("id")).matches("o-\\d{3}"));
            assertThat(heldOut).allSatisfy(line -> assertThat(line.text("id")).matches("h-\\d{3}"));
        }

        @Test
        void asksAQuestionOfItsOwn() {
            assertThat(all)
                    .extracting(line -> line.text("image") + " " + line.text("question"))
                    .doesNotHaveDuplicates();
        }

        @Test
        void keepsToTheKnownValues() {
            assertThat(all).allSatisfy(line -> {
                assertThat(photographs.has(line.text("image"))).isTrue();
                assertThat(TRUSTS).contains(line.text("trust"));
                assertThat(LANGUAGES).contains(line.text("language"));
                assertThat(DIRECTIONS).contains(line.text("direction"));
                assertThat(formats()).contains(line.text("format"));
                assertThat(Vocabulary.SKILLS).containsAll(line.texts("skills"));
                assertThat(line.texts("skills")).isNotEmpty();
                assertThat(line.text("note")).isNotBlank();
                assertThat(line.json().path("parent").path("question").stringValue())
                        .isNotBlank();
                assertThat(line.json().path("parent").path("answer").stringValue())
                        .isNotBlank();
            });
        }

        @Test
        void isOfOneOfTheFormsIfItsDirectionIsInteractive() {
            assertThat(all)
                    .filteredOn(line -> line.text("direction").equals("interactive"))
                    .allSatisfy(line -> assertThat(Forms.standard().find(line.text("format")))
                            .isPresent());
        }

        @Test
        void isGoodOrHasOneDefectWhoseWordsItSays() {
            assertThat(all)
                    .allSatisfy(line ->
                            assertThat(line.json().path("defect").isNull()).isEqualTo(line.good()));
            assertThat(bad).allSatisfy(line -> {
                assertThat(KINDS).contains(line.kind());
                assertThat(line.words()).anyMatch(words -> words.contains(line.span()));
            });
        }

        @Test
        void callsNothingDecidableThatItsAnnotationsLeaveOpen() {
            assertThat(bad)
                    .filteredOn(line -> line.decidable() && ANNOTATED.contains(line.kind()))
                    .allSatisfy(line -> {
                        assertThat(line.text("trust")).isNotEqualTo("noisy");
                        assertThat(line.text("language")).isEqualTo("en");
                        assertThat(line.boxes(photographs)).isNotEmpty();
                    });
            assertThat(bad)
                    .filteredOn(line -> line.kind().equals("wrong-content"))
                    .noneMatch(CorpusLine::decidable);
        }

        @Test
        void standsOnLegalBoxes() {
            assertThat(all)
                    .allSatisfy(line -> assertThat(line.boxes(photographs)).allSatisfy(box -> {
                        assertThat(box.path("label").stringValue()).isNotBlank();
                        double[] at = box.path("bbox").values().stream()
                                .mapToDouble(JsonNode::doubleValue)
                                .toArray();
                        assertThat(at).hasSize(4);
                        assertThat(at[0]).isGreaterThanOrEqualTo(0).isLessThan(at[2]);
                        assertThat(at[1]).isGreaterThanOrEqualTo(0).isLessThan(at[3]);
                        assertThat(Math.max(at[2], at[3])).isLessThanOrEqualTo(1);
                    }));
        }

        @Test
        void breaksNoRuleOfShapeUnlessThatIsItsDefect() {
            Forms forms = Forms.standard();
            Eliminator shape = Rules.form()
                    .then(Rules.controlToken())
                    .then(Rules.refusal(forms))
                    .then(Rules.promptLeak())
                    .then(Rules.answerShape(forms));
            assertThat(all)
                    .filteredOn(line -> line.good() || !line.kind().equals("other"))
                    .allSatisfy(line -> assertThat(Candidates.judge(shape, line.instruction()))
                            .isInstanceOf(Verdict.Pass.class));
        }
    }

    @Nested
    class TheWhole {
        @Test
        void isAsLargeAndAsMixedAsPromised() {
            assertThat(all).hasSizeGreaterThanOrEqualTo(420);
            assertThat(all).filteredOn(CorpusLine::good).hasSizeGreaterThanOrEqualTo(260);
            assertThat(bad).filteredOn(CorpusLine::decidable).hasSizeGreaterThan(bad.size() / 2);
            assertThat(all)
                    .filteredOn(line -> !line.text("language").equals("en"))
                    .hasSizeGreaterThanOrEqualTo(44);
            assertThat(all)
                    .filteredOn(line -> line.boxes(photographs).isEmpty())
                    .hasSizeGreaterThanOrEqualTo(20);
        }

        @Test
        void takesAllPhotographsAlike() {
            assertThat(number(all, line -> line.text("image")))
                    .containsOnlyKeys(photographs.propertyNames())
                    .allSatisfy((image, number) -> assertThat(number).isBetween(50L, 70L));
        }
    }

    @Nested
    class EachHalf {
        @Test
        void isOfTheSameSize() {
            assertThat(open).hasSameSizeAs(heldOut);
            assertThat(number(open, line -> "" + line.good())).isEqualTo(number(heldOut, line -> "" + line.good()));
        }

        @Test
        void hasEveryKindOfDefect() {
            assertThat(List.of(open, heldOut)).allSatisfy(half -> {
                List<CorpusLine> defective =
                        half.stream().filter(line -> !line.good()).toList();
                assertThat(number(defective, CorpusLine::kind))
                        .containsOnlyKeys(KINDS)
                        .allSatisfy((kind, number) -> assertThat(number).isGreaterThanOrEqualTo(3));
                assertThat(defective).filteredOn(CorpusLine::decidable).hasSizeGreaterThanOrEqualTo(50);
            });
        }

        @Test
        void hasEveryTrustDirectionAndForm() {
            assertThat(List.of(open, heldOut)).allSatisfy(half -> {
                assertThat(number(half, line -> line.text("trust")))
                        .containsOnlyKeys(TRUSTS)
                        .allSatisfy((trust, number) -> assertThat(number).isGreaterThanOrEqualTo(40));
                assertThat(number(half, line -> line.text("direction")))
                        .containsOnlyKeys(DIRECTIONS)
                        .allSatisfy((direction, number) -> assertThat(number).isGreaterThanOrEqualTo(50));
                assertThat(number(half, line -> line.text("format")))
                        .containsOnlyKeys(formats())
                        .allSatisfy((form, number) -> assertThat(number).isGreaterThanOrEqualTo(2));
            });
        }

        @Test
        void isGoodAndBadInOtherLanguagesToo() {
            assertThat(List.of(open, heldOut)).allSatisfy(half -> {
                assertThat(number(half, line -> line.text("language"))).containsOnlyKeys(LANGUAGES);
                assertThat(number(half, line -> line.text("language") + " " + line.good()))
                        .containsKeys("zh true", "zh false", "de true", "de false");
            });
        }
    }

    private static Set<String> formats() {
        Set<String> formats = new HashSet<>(Set.of("Norm", "complex reasoning", "detailed description"));
        Forms.standard().all().stream().map(Form::id).forEach(formats::add);
        return formats;
    }

    private static Map<String, Long> number(List<CorpusLine> lines, Function<CorpusLine, String> by) {
        return lines.stream().collect(groupingBy(by, counting()));
    }
}
