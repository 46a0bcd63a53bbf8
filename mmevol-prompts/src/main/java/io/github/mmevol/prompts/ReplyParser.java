package io.github.mmevol.prompts;

import io.github.mmevol.core.internal.json.Json;
import io.github.mmevol.core.model.FinishReason;
import io.github.mmevol.core.model.ModelResponse;
import io.github.mmevol.prompts.ItemFinder.Find;
import io.github.mmevol.prompts.ItemFinder.Shape;
import io.github.mmevol.prompts.JsonMender.Mended;
import io.github.mmevol.prompts.ParsedReply.Problem;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonParser;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * Gets the items out of a model's reply, whatever surrounds, wraps or spoils them. At each bracket that may begin the
 * answer the lenient JSON parser reads one value, and where it refuses, {@link JsonMender} does; what holds the expected
 * items is the answer. Work is bounded by a small multiple of the reply's length.
 */
final class ReplyParser {
    private static final int MAX_LENGTH = 4_000_000;
    private static final List<String> THINK_TAGS = List.of("think", "thinking", "thought", "reasoning");

    private final String arrayField;
    private final char[] text;
    private final WorkLimit work;
    private final List<Find> finds = new ArrayList<>();
    private boolean cutAtFirstBracket;

    private ReplyParser(String text, String arrayField) {
        this.arrayField = arrayField;
        this.text = text.toCharArray();
        this.work = new WorkLimit(text.length());
    }

    /**
     * Reads a reply.
     *
     * @param arrayField the name of the asked list: {@code instructions} or {@code verdicts}
     */
    static ParsedReply parse(ModelResponse response, String arrayField) {
        String text = response.text();
        if (text.length() > MAX_LENGTH) {
            return new ParsedReply(
                    List.of(),
                    Problem.UNPARSABLE,
                    "the reply has " + text.length() + " characters, more than any answer needs");
        }
        String answer = afterThinking(text);
        ReplyParser parser = new ReplyParser(answer, arrayField).scan();
        if (answer.length() < text.length() && parser.plainest().compareTo(Shape.LIST) < 0) {
            // what looked like the end of the reasoning may stand inside the answer, or the answer inside the reasoning
            ReplyParser whole = new ReplyParser(text, arrayField).scan();
            boolean plainer = parser.finds.isEmpty() || whole.plainest().compareTo(parser.plainest()) > 0;
            parser = plainer ? whole : parser;
        }
        List<ObjectNode> items =
                parser.chosen().stream().map(TexCommands::restored).toList();
        String start = Excerpt.of(answer);
        FinishReason reason = response.finishReason();
        if (reason.equals(FinishReason.REFUSAL)) {
            return new ParsedReply(items, Problem.REFUSAL, "the model declined: " + start);
        }
        if (reason.equals(FinishReason.CONTENT_FILTER)) {
            return new ParsedReply(items, Problem.CONTENT_FILTER, "a content filter stopped the reply");
        }
        if (reason.equals(FinishReason.LENGTH)) {
            return new ParsedReply(
                    items,
                    Problem.TRUNCATED,
                    "the reply was cut off by the token limit after " + items.size() + " whole items");
        }
        return parser.judge(items, answer, start);
    }

    private ParsedReply judge(List<ObjectNode> items, String answer, String start) {
        boolean cut = finds.stream().anyMatch(Find::cut);
        if (cut || (items.isEmpty() && cutAtFirstBracket)) {
            return new ParsedReply(
                    items, Problem.TRUNCATED, "the reply ends mid-way after " + items.size() + " whole items");
        }
        if (!items.isEmpty()) {
            return new ParsedReply(items, Problem.NONE, "");
        }
        if (answer.isBlank()) {
            return new ParsedReply(items, Problem.EMPTY, "the reply is empty");
        }
        if (!finds.isEmpty()) {
            return new ParsedReply(items, Problem.EMPTY, "the list of " + arrayField + " is empty");
        }
        if (RefusalText.refuses(answer)) {
            return new ParsedReply(items, Problem.REFUSAL, "the model declined: " + start);
        }
        return new ParsedReply(
                items, Problem.UNPARSABLE, "no JSON object with \"" + arrayField + "\" in the reply: " + start);
    }

    /** The text behind a block of reasoning, also where the block's opening tag was left to the prompt. */
    private static String afterThinking(String text) {
        String stripped = text.stripLeading();
        for (String tag : THINK_TAGS) {
            String close = "</" + tag + ">";
            if (stripped.startsWith("<" + tag + ">")) {
                int end = stripped.indexOf(close);
                return stripped.substring(end < 0 ? tag.length() + 2 : end + close.length());
            }
            int end = text.indexOf(close);
            // before the first bracket it can only end a block, behind it it may stand in a string
            if (end >= 0 && text.lastIndexOf('{', end) < 0) {
                return text.substring(end + close.length());
            }
        }
        return text;
    }

    private ReplyParser scan() {
        boolean first = true;
        int at = 0;
        while (at < text.length && !work.exhausted()) {
            if (text[at] != '{' && text[at] != '[') {
                at++;
                continue;
            }
            int end = mayBegin(at) ? read(at, first) : at;
            first = false;
            at = Math.max(at + 1, end);
        }
        return this;
    }

    /** Whether what follows a bracket can be the inside of an object, or of a list of objects. */
    private boolean mayBegin(int bracket) {
        int next = nonBlank(bracket + 1);
        if (next == text.length) {
            return true;
        }
        if (text[bracket] == '[') {
            return "{[]/#nN".indexOf(text[next]) >= 0;
        }
        int nameEnd = next;
        while (nameEnd < text.length && (Character.isLetterOrDigit(text[nameEnd]) || text[nameEnd] == '_')) {
            nameEnd++;
        }
        int colon = nonBlank(nameEnd);
        return nameEnd > next
                ? colon == text.length || text[colon] == ':'
                : MessyText.isQuote(text[next]) || "*/#".indexOf(text[next]) >= 0;
    }

    private int nonBlank(int from) {
        int at = from;
        while (at < text.length && MessyText.blank(text[at])) {
            at++;
        }
        return at;
    }

    /** Reads the value that begins at {@code start}; gives where it ends, or {@code start} if it is of no use. */
    private int read(int start, boolean first) {
        work.attempt();
        try (JsonParser parser = Json.lenient().createParser(text, start, text.length - start)) {
            try {
                JsonNode value = Json.tree(() -> Json.lenient().readTree(parser));
                keep(ItemFinder.find(value, arrayField, Set.of()));
                return start + (int) parser.currentLocation().getCharOffset();
            } catch (JacksonException e) {
                work.spend(parser.currentLocation().getCharOffset());
            }
        }
        Mended mended = JsonMender.read(text, start, work);
        if (mended == null) {
            return start;
        }
        cutAtFirstBracket |= first && !mended.open().isEmpty();
        return keep(ItemFinder.find(mended.value(), arrayField, mended.open())) ? mended.end() : start;
    }

    private boolean keep(@Nullable Find find) {
        if (find == null) {
            return false;
        }
        finds.add(find);
        return true;
    }

    private Shape plainest() {
        return finds.stream().map(Find::shape).max(Shape::compareTo).orElse(Shape.SINGLE);
    }

    /**
     * The items of the plainest finds. Several are parts of one answer if they share no id; else they are drafts, of
     * which the last one that is no shorter counts.
     */
    private List<ObjectNode> chosen() {
        Shape plainest = plainest();
        List<ObjectNode> chosen = new ArrayList<>();
        for (Find find : finds) {
            if (find.shape() != plainest) {
                continue;
            }
            if (plainest == Shape.SINGLE || continues(chosen, find.items())) {
                chosen.addAll(find.items());
            } else if (find.items().size() >= chosen.size()) {
                chosen = new ArrayList<>(find.items());
            }
        }
        return chosen;
    }

    private static boolean continues(List<ObjectNode> before, List<ObjectNode> after) {
        Set<String> ids = ids(before);
        Set<String> more = ids(after);
        return ids.size() == before.size() && more.size() == after.size() && Collections.disjoint(ids, more);
    }

    private static Set<String> ids(List<ObjectNode> items) {
        Set<String> ids = new HashSet<>();
        for (ObjectNode item : items) {
            if (item.hasNonNull("id")) {
                ids.add(LocalId.normal(item.path("id").asString("")));
            }
        }
        return ids;
    }
}
