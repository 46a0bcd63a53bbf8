package io.github.mmevol.core.manipulation;

import io.github.mmevol.core.sample.BoundingBox;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Finds boxes written out in a text: four shares of the image in brackets, or alone. */
final class BoxReader {
    private static final int LONGEST_NUMBER = 12;

    private final String text;
    private int at;

    private BoxReader(String text) {
        this.text = text;
    }

    /** All boxes in brackets, in order. */
    static List<BoundingBox> boxes(String text) {
        BoxReader reader = new BoxReader(text);
        List<BoundingBox> boxes = new ArrayList<>();
        while (reader.at < text.length()) {
            int before = reader.at;
            char c = text.charAt(before);
            BoundingBox box = c == '[' || c == '(' ? reader.box() : null;
            if (box == null) {
                reader.at = before + 1;
            } else {
                boxes.add(box);
            }
        }
        return boxes;
    }

    /** The boxes of a text that holds nothing but boxes and what joins them; empty if it holds anything else. */
    static List<BoundingBox> onlyBoxes(String text) {
        BoxReader reader = new BoxReader(text);
        List<BoundingBox> boxes = new ArrayList<>();
        BoundingBox bare = reader.numbers();
        if (bare != null && text.substring(reader.at).isBlank()) {
            return List.of(bare);
        }
        reader.at = 0;
        while (reader.at < text.length()) {
            int before = reader.at;
            char c = text.charAt(before);
            BoundingBox box = c == '[' || c == '(' ? reader.box() : null;
            if (box != null) {
                boxes.add(box);
                continue;
            }
            boolean and = text.startsWith("and", before);
            if (!and && " ,;&[]()\n".indexOf(c) < 0) {
                return List.of();
            }
            reader.at = before + (and ? 3 : 1);
        }
        return boxes;
    }

    /** The box in the brackets that open here; null if they hold none. */
    private @Nullable BoundingBox box() {
        char closer = text.charAt(at) == '[' ? ']' : ')';
        at++;
        BoundingBox box = numbers();
        if (box == null || at >= text.length() || text.charAt(at) != closer) {
            return null;
        }
        at++;
        return box;
    }

    private @Nullable BoundingBox numbers() {
        double[] values = new double[4];
        for (int i = 0; i < 4; i++) {
            skipSpaces();
            int end = at;
            while (end < text.length() && end - at < LONGEST_NUMBER && "0123456789.".indexOf(text.charAt(end)) >= 0) {
                end++;
            }
            try {
                values[i] = Double.parseDouble(text.substring(at, end));
            } catch (NumberFormatException e) {
                return null;
            }
            at = end;
            skipSpaces();
            if (i < 3) {
                if (at >= text.length() || text.charAt(at) != ',') {
                    return null;
                }
                at++;
            }
        }
        try {
            return BoundingBox.clamped(values[0], values[1], values[2], values[3]);
        } catch (IllegalArgumentException e) {
            return null;
        }
    }

    private void skipSpaces() {
        while (at < text.length() && text.charAt(at) == ' ') {
            at++;
        }
    }
}
