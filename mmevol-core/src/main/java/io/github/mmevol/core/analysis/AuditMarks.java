package io.github.mmevol.core.analysis;

import io.github.mmevol.core.dataset.Selection;
import io.github.mmevol.core.internal.json.Json;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;

/** What people marked in the sheet or the table of an {@link Audit}. Immutable and thread-safe. */
public final class AuditMarks {
    private static final Set<String> GOOD = Set.of("1", "good", "yes", "y", "true");
    private static final Set<String> BAD = Set.of("0", "bad", "no", "n", "false");

    /**
     * What was said of one instruction.
     *
     * @param id the instruction's id
     * @param text a fingerprint of its question, steps and answer
     * @param weight how many instructions it stands for
     * @param round the round it was evolved in
     * @param direction the direction it was evolved in
     * @param by who eliminated it; empty if it was kept
     * @param score its score, where it has one
     * @param question whether the question is good; empty if not marked
     * @param answer whether the answer is good; empty if not marked
     * @param note what people wrote about it; may be empty
     */
    public record Mark(
            String id,
            String text,
            double weight,
            int round,
            String direction,
            String by,
            OptionalInt score,
            Optional<Boolean> question,
            Optional<Boolean> answer,
            String note) {
        /** @throws IllegalArgumentException if the weight is not positive */
        public Mark {
            Objects.requireNonNull(id, "id");
            Objects.requireNonNull(text, "text");
            Objects.requireNonNull(direction, "direction");
            Objects.requireNonNull(by, "by");
            Objects.requireNonNull(score, "score");
            Objects.requireNonNull(question, "question");
            Objects.requireNonNull(answer, "answer");
            Objects.requireNonNull(note, "note");
            if (!(weight > 0 && weight < Double.POSITIVE_INFINITY)) {
                throw new IllegalArgumentException("a weight is positive: " + weight);
            }
        }

        /** Whether the instruction is good: bad where either is, good where both are, else not known. */
        public Optional<Boolean> good() {
            if (question.equals(Optional.of(false)) || answer.equals(Optional.of(false))) {
                return Optional.of(false);
            }
            return question.isPresent() && answer.isPresent() ? Optional.of(true) : Optional.empty();
        }

        /** Whether it was kept. */
        public boolean kept() {
            return by.isEmpty();
        }

        /** This mark and another one of the same instruction: what either calls bad is bad. */
        private Mark and(Mark other) {
            String notes = note.isEmpty() || other.note.isEmpty() || note.equals(other.note)
                    ? note + (note.isEmpty() ? other.note : "")
                    : note + "; " + other.note;
            return new Mark(
                    id,
                    text,
                    weight,
                    round,
                    direction,
                    by,
                    score,
                    worse(question, other.question),
                    worse(answer, other.answer),
                    notes);
        }

        private static Optional<Boolean> worse(Optional<Boolean> one, Optional<Boolean> other) {
            return one.equals(Optional.of(false)) || other.isEmpty() ? one : other;
        }
    }

    private final List<Mark> marks;

    private AuditMarks(List<Mark> marks) {
        this.marks = List.copyOf(marks);
    }

    /** Marks that were made elsewhere, for example in a labelling tool of your own. */
    public static AuditMarks of(List<Mark> marks) {
        Objects.requireNonNull(marks, "marks");
        Map<String, Mark> byInstruction = new LinkedHashMap<>();
        marks.forEach(mark -> byInstruction.merge(mark.id() + " " + mark.text(), mark, Mark::and));
        return new AuditMarks(List.copyOf(byInstruction.values()));
    }

    /**
     * Reads JSON files that a sheet exported and CSV tables in which somebody filled {@code question_good} and
     * {@code answer_good} (1 or 0, yes or no, good or bad), whichever it is. Of several people's files, what one calls bad
     * is bad.
     *
     * @throws UncheckedIOException if a file cannot be read or is neither; the message says where and what
     */
    public static AuditMarks read(Path... files) {
        Objects.requireNonNull(files, "files");
        List<Mark> marks = new ArrayList<>();
        for (Path file : files) {
            try {
                String text = text(Files.readAllBytes(file));
                marks.addAll(text.stripLeading().startsWith("{") ? fromJson(text) : fromTable(text));
            } catch (IOException | JacksonException | IllegalArgumentException e) {
                String why = "cannot read the marks in " + file + ": " + e.getMessage();
                throw new UncheckedIOException(why, e instanceof IOException io ? io : new IOException(why, e));
            }
        }
        return of(marks);
    }

    /** Without its byte order mark; a spreadsheet's "Unicode text" is UTF-16. */
    private static String text(byte[] bytes) {
        boolean wide = bytes.length > 1 && (bytes[0] == (byte) 0xff || bytes[0] == (byte) 0xfe);
        String text = new String(bytes, wide ? StandardCharsets.UTF_16 : StandardCharsets.UTF_8);
        return text.startsWith("\ufeff") ? text.substring(1) : text;
    }

    private static List<Mark> fromJson(String text) {
        List<Mark> marks = new ArrayList<>();
        JsonNode list = Json.tree(() -> Json.data().readTree(text)).path("marks");
        if (!list.isArray()) {
            throw new IllegalArgumentException("it has no list \"marks\", as a sheet exports it");
        }
        for (JsonNode item : list) {
            Map<String, String> cells = new HashMap<>();
            item.properties()
                    .forEach(p -> cells.put(
                            p.getKey(),
                            p.getValue().isNull() ? "" : p.getValue().asString()));
            marks.add(mark(cells, "mark " + (marks.size() + 1), "question", "answer"));
        }
        return marks;
    }

    private static List<Mark> fromTable(String text) {
        List<List<String>> rows = AuditTable.read(text);
        List<String> names = rows.isEmpty() ? List.of() : rows.get(0);
        List<Mark> marks = new ArrayList<>();
        for (int i = 1; i < rows.size(); i++) {
            Map<String, String> cells = new HashMap<>();
            for (int c = 0; c < Math.min(names.size(), rows.get(i).size()); c++) {
                cells.put(names.get(c).strip(), rows.get(i).get(c).strip());
            }
            if (cells.values().stream().anyMatch(cell -> !cell.isEmpty())) {
                marks.add(mark(cells, "row " + (i + 1), "question_good", "answer_good"));
            }
        }
        if (!names.contains("id") || !names.contains("question_good")) {
            throw new IllegalArgumentException("it is neither JSON nor a table with the columns of audit.csv");
        }
        return marks;
    }

    private static Mark mark(Map<String, String> cells, String place, String question, String answer) {
        try {
            String score = cells.getOrDefault("score", "");
            return new Mark(
                    text(cells, "id"),
                    text(cells, "text"),
                    Double.parseDouble(text(cells, "weight").replace(',', '.')),
                    Integer.parseInt(text(cells, "round")),
                    text(cells, "direction"),
                    cells.getOrDefault("by", ""),
                    score.isEmpty() ? OptionalInt.empty() : OptionalInt.of(Integer.parseInt(score)),
                    good(cells, question),
                    good(cells, answer),
                    cells.getOrDefault("note", ""));
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException(place + ": " + e.getMessage(), e);
        }
    }

    private static String text(Map<String, String> cells, String name) {
        String text = cells.getOrDefault(name, "");
        if (text.isEmpty()) {
            throw new IllegalArgumentException(name + " is missing");
        }
        return text;
    }

    private static Optional<Boolean> good(Map<String, String> cells, String name) {
        String word = cells.getOrDefault(name, "").toLowerCase(Locale.ROOT);
        if (word.isEmpty()) {
            return Optional.empty();
        }
        if (!GOOD.contains(word) && !BAD.contains(word)) {
            throw new IllegalArgumentException(name + " takes 1 or 0, not '" + word + "'");
        }
        return Optional.of(GOOD.contains(word));
    }

    /** One mark for each instruction, the unmarked ones too. */
    public List<Mark> marks() {
        return marks;
    }

    /** How far the eliminators agree with people. */
    public AuditAgreement agreement() {
        return Agreements.of(marks);
    }

    /**
     * The people's word over the eliminators': what was kept and is marked bad is eliminated ({@code audit}), what was
     * eliminated and is marked good is kept again, and what is marked good has a {@linkplain
     * io.github.mmevol.core.sample.Check check} by {@code audit} that confirms its answer. A mark counts for the very text it
     * was made of, and for no other one with the same id. Comes before other selections.
     */
    public Selection overrides() {
        Map<String, Mark> byId = new HashMap<>();
        marks.stream()
                .filter(mark -> mark.good().isPresent())
                .forEach(mark -> byId.put(mark.id() + " " + mark.text(), mark));
        return () -> new OverridePass(byId);
    }
}
