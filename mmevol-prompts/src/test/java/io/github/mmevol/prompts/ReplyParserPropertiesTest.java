package io.github.mmevol.prompts;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.mmevol.core.internal.json.Json;
import io.github.mmevol.core.model.ModelResponse;
import io.github.mmevol.prompts.ParsedReply.Problem;
import io.github.mmevol.prompts.contract.MessyReplies;
import io.github.mmevol.prompts.contract.MessyReplies.Kind;
import io.github.mmevol.prompts.contract.MessyReplies.MessyReply;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.ShrinkingMode;
import net.jqwik.api.constraints.IntRange;
import tools.jackson.databind.node.ObjectNode;

/** Whatever the text inside strings, and however the reply is spoiled around it, the text comes back unchanged. */
class ReplyParserPropertiesTest {
    private static final List<String> NASTY = List.of(
            "\"",
            "'",
            "\\",
            "\n",
            "\t",
            "{",
            "}",
            "[",
            "]",
            ":",
            ", ",
            "\",",
            "\"}",
            "//",
            "/*",
            "*/",
            "#",
            "**",
            "```json\n",
            "```",
            "https://example.org/a?b=c//d#e",
            "\u201cquoted\u201d",
            "\u2018it\u2019s\u2019",
            "\u00abguillemets\u00bb",
            "{o1}",
            "[0.100, 0.200, 0.300, 0.400]",
            "{\"instructions\": [",
            "</think>",
            "<think>",
            "True",
            "None",
            "...",
            "\u65e5\u672c\u8a9e",
            "\u0627\u0644\u0639\u0631\u0628\u064a\u0629",
            "\ud83d\udc31\u200d\ud83d\udc64",
            "e\u0301",
            "\u0000",
            "\u2028",
            "\\(x^2\\)",
            "said \"stop\" twice",
            " and ");

    @Property(tries = 3000, seed = "20260901")
    void instructions_survive_every_recoverable_mess(
            @ForAll("instructions") List<ObjectNode> items, @ForAll("messes") Kind kind, @ForAll long seed) {
        MessyReply reply = messy(items, "instructions", kind, seed);
        ParsedReply parsed = ReplyParser.parse(reply.response(), "instructions");
        assertThat(parsed.problem()).as(reply.text()).isEqualTo(Problem.NONE);
        assertThat(parsed.items()).as(reply.text()).isEqualTo(items);
    }

    @Property(tries = 500, seed = "20260902")
    void a_mess_around_a_mess_is_no_worse(
            @ForAll("instructions") List<ObjectNode> items,
            @ForAll("writing") Kind inner,
            @ForAll("surrounding") Kind outer,
            @ForAll long seed) {
        String placeholder = "{\"instructions\": []}";
        String around = MessyReplies.of(placeholder, outer, new Random(seed)).text();
        String text = around.replace(
                placeholder, messy(items, "instructions", inner, seed).text());
        assertThat(ReplyParser.parse(ModelResponse.of(text), "instructions").items())
                .as(text)
                .isEqualTo(items);
    }

    @Property(tries = 1000, seed = "20260903")
    void verdicts_read_the_same_however_they_are_spelled(
            @ForAll("verdicts") List<ObjectNode> items, @ForAll("anyRecoverable") Kind kind, @ForAll long seed) {
        MessyReply reply = messy(items, "verdicts", kind, seed);
        List<String> asked =
                items.stream().map(item -> item.path("id").asString()).toList();
        MatchedItems matched =
                MatchedItems.of(ReplyParser.parse(reply.response(), "verdicts").items(), asked);
        assertThat(matched.byId().values().stream().map(item -> VerdictReader.read(item, List.of())))
                .as(reply.text())
                .isEqualTo(items.stream()
                        .map(item -> VerdictReader.read(item, List.of()))
                        .toList());
        assertThat(matched.surplus()).isZero();
    }

    @Property(tries = 1000, seed = "20260904")
    void a_reply_cut_anywhere_keeps_exactly_its_whole_items(
            @ForAll("instructions") List<ObjectNode> items, @ForAll @IntRange(max = 1000) int permille) {
        String json = reply(items, "instructions");
        int end = (int) ((long) json.length() * permille / 1000);
        ParsedReply parsed = ReplyParser.parse(ModelResponse.of(json.substring(0, end)), "instructions");
        List<ObjectNode> whole = new ArrayList<>();
        int itemEnd = "{\"instructions\":[".length();
        for (ObjectNode item : items) {
            itemEnd += Json.write(item).length();
            if (itemEnd <= end) {
                whole.add(item);
            }
            itemEnd++;
        }
        assertThat(parsed.items()).isEqualTo(whole);
        assertThat(parsed.problem() == Problem.NONE).isEqualTo(end == json.length());
    }

    @Property(tries = 2000, seed = "20260905", shrinking = ShrinkingMode.BOUNDED)
    void no_text_at_all_breaks_the_parser(@ForAll("nastyText") String text, @ForAll("fields") String field) {
        assertThat(ReplyParser.parse(ModelResponse.of(text), field)).isNotNull();
    }

    @Property(tries = 500, seed = "20260906")
    void what_the_mender_reads_of_plain_json_is_what_the_parser_reads(@ForAll("instructions") List<ObjectNode> items) {
        String json = reply(items, "instructions");
        JsonMender.Mended mended = JsonMender.read(json.toCharArray(), 0, new WorkLimit(json.length()));
        assertThat(mended).isNotNull();
        assertThat(mended.value()).isEqualTo(Json.parse(json));
        assertThat(mended.end()).isEqualTo(json.length());
        assertThat(mended.open()).isEmpty();
    }

    private static MessyReply messy(List<ObjectNode> items, String field, Kind kind, long seed) {
        return MessyReplies.of(reply(items, field), kind, new Random(seed));
    }

    private static String reply(List<ObjectNode> items, String field) {
        ObjectNode reply = Json.object();
        reply.putArray(field).addAll(items);
        return Json.write(reply);
    }

    @Provide
    Arbitrary<Kind> anyRecoverable() {
        return Arbitraries.of(Kind.class).filter(Kind::recoverable);
    }

    /** Those that leave fields as they are; other spellings and missing ids are met where items are matched. */
    @Provide
    Arbitrary<Kind> messes() {
        return anyRecoverable().filter(kind -> kind != Kind.OTHER_SPELLINGS && kind != Kind.NO_IDS);
    }

    @Provide
    Arbitrary<Kind> writing() {
        return Arbitraries.of(
                Kind.CLEAN,
                Kind.COMMENTS,
                Kind.TRAILING_COMMAS,
                Kind.TYPOGRAPHIC_QUOTES,
                Kind.RAW_LINE_BREAKS,
                Kind.PYTHON,
                Kind.UNESCAPED_QUOTES,
                Kind.MISSING_COMMAS,
                Kind.BOLD);
    }

    @Provide
    Arbitrary<Kind> surrounding() {
        return Arbitraries.of(Kind.FENCED, Kind.PROSE, Kind.PROSE_WITH_BRACKETS, Kind.THINKING, Kind.UNOPENED_THINKING);
    }

    @Provide
    Arbitrary<String> fields() {
        return Arbitraries.of("instructions", "verdicts");
    }

    @Provide
    Arbitrary<String> nastyText() {
        Arbitrary<String> pieces = Arbitraries.oneOf(
                Arbitraries.of(NASTY),
                Arbitraries.strings().ofMaxLength(8).filter(ReplyParserPropertiesTest::wellFormed),
                Arbitraries.strings().alpha().ofMinLength(1).ofMaxLength(8));
        return pieces.list().ofMaxSize(12).map(texts -> String.join("", texts));
    }

    private static boolean wellFormed(String text) {
        return text.chars().noneMatch(c -> Character.isSurrogate((char) c));
    }

    @Provide
    Arbitrary<List<ObjectNode>> instructions() {
        Arbitrary<String> text = nastyText();
        Arbitrary<List<String>> texts = text.list().ofMaxSize(3);
        Arbitrary<ObjectNode> one = Combinators.combine(text, text, texts, texts, texts)
                .as((question, answer, steps, objects, skills) -> {
                    ObjectNode item = Json.object();
                    item.put("id", "");
                    item.put("question", question);
                    steps.forEach(step -> item.withArray("steps")
                            .addObject()
                            .put("manipulation", "None")
                            .put("description", step));
                    objects.forEach(item.withArray("objects")::add);
                    skills.forEach(item.withArray("skills")::add);
                    return item.put("format", "Norm").put("answer", answer);
                });
        return numbered(one);
    }

    @Provide
    Arbitrary<List<ObjectNode>> verdicts() {
        Arbitrary<String> yesNo = Arbitraries.of("yes", "no");
        Arbitrary<ObjectNode> one = Combinators.combine(
                        nastyText(),
                        yesNo,
                        yesNo,
                        yesNo,
                        yesNo,
                        Arbitraries.integers().between(0, 10))
                .as((reason, right, needed, posed, improved, score) -> Json.object()
                        .put("id", "")
                        .put("reason", reason)
                        .put("answer_right", right)
                        .put("needs_image", needed)
                        .put("well_posed", posed)
                        .put("improved", improved)
                        .put("score", score));
        return numbered(one);
    }

    private static Arbitrary<List<ObjectNode>> numbered(Arbitrary<ObjectNode> one) {
        return one.list().ofMinSize(1).ofMaxSize(4).map(items -> {
            List<ObjectNode> numbered = new ArrayList<>();
            items.forEach(item -> numbered.add(item.deepCopy().put("id", "q" + (numbered.size() + 1))));
            return numbered;
        });
    }
}
