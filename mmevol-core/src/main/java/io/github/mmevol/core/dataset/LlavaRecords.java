package io.github.mmevol.core.dataset;

import io.github.mmevol.core.elimination.EvolvedSample;
import io.github.mmevol.core.elimination.Outcome;
import io.github.mmevol.core.internal.json.Json;
import io.github.mmevol.core.sample.Instruction;
import io.github.mmevol.core.sample.Sample;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** The LLaVA form of a sample: conversations in which no line of instructions stands twice. */
record LlavaRecords(Set<LlavaOption> options) {

    /**
     * An instruction to write.
     *
     * @param line the id of the oldest known ancestor
     */
    private record Turn(String id, String line, int round, String question, String answer) {}

    List<ObjectNode> of(EvolvedSample evolved) {
        boolean lineageKnown = evolved.kept().stream()
                .noneMatch(kept -> kept.origin().parentId().isEmpty());
        List<Turn> turns = turns(evolved);
        Map<Integer, List<Turn>> groups = new LinkedHashMap<>();
        if (options.contains(LlavaOption.LAST_OF_EACH_LINE) && lineageKnown) {
            Set<String> parents = new HashSet<>();
            evolved.kept().forEach(kept -> parents.add(kept.origin().parentId()));
            groups.put(
                    0,
                    turns.stream().filter(turn -> !parents.contains(turn.id())).toList());
        } else {
            turns.forEach(turn -> groups.computeIfAbsent(turn.round(), round -> new ArrayList<>())
                    .add(turn));
        }
        List<ObjectNode> records = new ArrayList<>();
        for (List<Turn> group : groups.values()) {
            pack(group).forEach(conversation -> records.add(record(evolved.sample(), conversation)));
        }
        return records;
    }

    /** All that can be written, by round: the seeds if they are wanted, then the survivors. */
    private List<Turn> turns(EvolvedSample evolved) {
        List<Turn> turns = new ArrayList<>();
        if (options.contains(LlavaOption.WITH_SEEDS)) {
            int ordinal = 0;
            for (Instruction seed : evolved.sample().instructions()) {
                String id = evolved.key().instruction(0, ++ordinal);
                add(turns, id, id, 0, seed);
            }
        }
        Map<String, String> lines = new HashMap<>();
        for (Outcome.Kept kept : evolved.kept()) {
            String parent = kept.origin().parentId();
            String id = kept.origin().id();
            String line = parent.isEmpty() ? id : lines.getOrDefault(parent, parent);
            lines.put(id, line);
            add(turns, id, line, kept.origin().round(), kept.instruction());
        }
        return turns;
    }

    private static void add(List<Turn> turns, String id, String line, int round, Instruction instruction) {
        String question = clean(instruction.question());
        String answer = clean(instruction.answer());
        if (!question.isBlank() && !answer.isBlank()) {
            turns.add(new Turn(id, line, round, question, answer));
        }
    }

    /** Conversations as few as can be in which each line stands at most once. */
    private static List<List<Turn>> pack(List<Turn> turns) {
        List<List<Turn>> conversations = new ArrayList<>();
        for (Turn turn : turns) {
            List<Turn> place = null;
            for (List<Turn> conversation : conversations) {
                if (place == null
                        && conversation.stream().noneMatch(other -> other.line().equals(turn.line()))) {
                    place = conversation;
                }
            }
            if (place == null) {
                place = new ArrayList<>();
                conversations.add(place);
            }
            place.add(turn);
        }
        return conversations;
    }

    private static ObjectNode record(Sample sample, List<Turn> turns) {
        ObjectNode record = Json.object();
        record.put("id", turns.get(0).id());
        record.put("sample_id", sample.id());
        boolean hasImage = !sample.image().isEmpty();
        if (hasImage) {
            record.put("image", sample.image());
        }
        ArrayNode conversation = record.putArray("conversations");
        for (Turn turn : turns) {
            boolean first = conversation.isEmpty();
            String question = first && hasImage ? Conversation.IMAGE_TOKEN + "\n" + turn.question() : turn.question();
            Records.turn(conversation, "human", question);
            Records.turn(conversation, "gpt", turn.answer());
        }
        return record;
    }

    /** A text that a trainer can encode: no image token, no half of a surrogate pair. */
    private static String clean(String text) {
        StringBuilder whole = new StringBuilder(text.length());
        Conversation.withoutImageToken(text)
                .codePoints()
                .forEach(c -> whole.appendCodePoint(
                        c >= Character.MIN_SURROGATE && c <= Character.MAX_SURROGATE ? '\uFFFD' : c));
        return whole.toString();
    }
}
