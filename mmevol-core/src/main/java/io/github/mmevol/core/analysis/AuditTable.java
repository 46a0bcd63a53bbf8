package io.github.mmevol.core.analysis;

import io.github.mmevol.core.sample.Instruction;
import io.github.mmevol.core.sample.Step;
import java.io.IOException;
import java.io.Writer;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/** An audit as a table for spreadsheets; what would be taken for a formula gets an apostrophe in front. */
final class AuditTable {
    private static final List<String> COLUMNS = List.of(
            "id",
            "image",
            "parent_question",
            "parent_answer",
            "question",
            "steps",
            "answer",
            "question_good",
            "answer_good",
            "note",
            "text",
            "weight",
            "round",
            "direction",
            "outcome",
            "by",
            "score",
            "why");

    private AuditTable() {}

    static void write(List<AuditDraw.Drawn> items, Writer out) throws IOException {
        out.write('\ufeff'); // without it, spreadsheets take UTF-8 for something else
        row(COLUMNS, out);
        for (AuditDraw.Drawn drawn : items) {
            AuditItem item = drawn.item();
            Instruction instruction = item.instruction();
            row(
                    List.of(
                            item.origin().id(),
                            item.sample().image(),
                            item.parent().map(Instruction::question).orElse(""),
                            item.parent().map(Instruction::answer).orElse(""),
                            instruction.question(),
                            instruction.steps().stream().map(AuditTable::line).collect(Collectors.joining("\n")),
                            instruction.answer(),
                            "",
                            "",
                            "",
                            AuditItem.fingerprint(instruction),
                            String.valueOf(drawn.weight()),
                            String.valueOf(item.origin().round()),
                            item.origin().direction(),
                            item.by().isEmpty() ? "kept" : "eliminated",
                            item.by(),
                            item.score().isPresent()
                                    ? String.valueOf(item.score().getAsInt())
                                    : "",
                            item.why()),
                    out);
        }
    }

    private static String line(Step step) {
        return (step.hasManipulation() ? step.manipulation() + ": " : "") + step.description();
    }

    private static void row(List<String> cells, Writer out) throws IOException {
        out.write(cells.stream().map(AuditTable::cell).collect(Collectors.joining(",")));
        out.write("\r\n");
    }

    private static String cell(String text) {
        String harmless = !text.isEmpty() && "=+-@\t\r".indexOf(text.charAt(0)) >= 0 ? "'" + text : text;
        boolean plain = harmless.chars().noneMatch(c -> c == ',' || c == '"' || c == '\n' || c == '\r' || c == ';');
        return plain ? harmless : '"' + harmless.replace("\"", "\"\"") + '"';
    }

    /**
     * The cells of each row of a table whose first row tells what parts its cells: comma, semicolon or tab.
     *
     * @throws IllegalArgumentException if a quotation mark is left open
     */
    static List<List<String>> read(String text) {
        String table = text.replace("\r\n", "\n").replace('\r', '\n');
        String heading = table.lines().findFirst().orElse("");
        char between = heading.indexOf('\t') >= 0 ? '\t' : heading.indexOf(';') >= 0 ? ';' : ',';
        List<List<String>> rows = new ArrayList<>();
        List<String> row = new ArrayList<>();
        StringBuilder cell = new StringBuilder();
        boolean quoted = false;
        for (int i = 0; i < table.length(); i++) {
            char c = table.charAt(i);
            if (quoted) {
                if (c != '"') {
                    cell.append(c);
                } else if (i + 1 < table.length() && table.charAt(i + 1) == '"') {
                    cell.append(c);
                    i++;
                } else {
                    quoted = false;
                }
            } else if (c == '"' && cell.isEmpty()) {
                quoted = true;
            } else if (c == between || c == '\n') {
                row.add(cell.toString());
                cell.setLength(0);
                if (c == '\n') {
                    rows.add(row);
                    row = new ArrayList<>();
                }
            } else {
                cell.append(c);
            }
        }
        if (quoted) {
            throw new IllegalArgumentException("row " + (rows.size() + 1) + ": a quotation mark is left open");
        }
        if (!cell.isEmpty() || !row.isEmpty()) {
            row.add(cell.toString());
            rows.add(row);
        }
        return rows;
    }
}
