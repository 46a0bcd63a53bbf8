package io.github.mmevol.examples.benchmarks;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** A table with a title above and a note below, as Markdown. */
final class Table {
    private final String title;
    private final List<List<String>> rows = new ArrayList<>();
    private String note = "";

    Table(String title, String... columns) {
        this.title = title;
        rows.add(List.of(columns));
    }

    /** Adds a row: texts, whole numbers, and doubles, which are shown with three significant digits or more, or not at all if not a number. Missing cells stay empty. */
    Table row(Object... cells) {
        List<String> texts = new ArrayList<>();
        for (Object cell : cells) {
            texts.add(cell instanceof Double number ? shown(number) : String.valueOf(cell));
        }
        while (texts.size() < rows.get(0).size()) {
            texts.add("");
        }
        rows.add(texts);
        return this;
    }

    Table note(String text) {
        note = text;
        return this;
    }

    private static String shown(double number) {
        if (Double.isNaN(number)) {
            return "";
        }
        int decimals = Math.abs(number) >= 100 ? 0 : Math.abs(number) >= 10 ? 1 : Math.abs(number) >= 1 ? 2 : 3;
        return String.format(Locale.ROOT, "%." + decimals + "f", number);
    }

    @Override
    public String toString() {
        StringBuilder text = new StringBuilder("### ").append(title).append("\n\n");
        for (int i = 0; i < rows.size(); i++) {
            text.append("| ").append(String.join(" | ", rows.get(i))).append(" |\n");
            if (i == 0) {
                text.append("| --- ".repeat(rows.get(0).size())).append("|\n");
            }
        }
        return text + (note.isEmpty() ? "" : "\n" + note + "\n");
    }
}
