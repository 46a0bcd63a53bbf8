package io.github.mmevol.prompts;

import io.github.mmevol.core.sample.BoundingBox;
import io.github.mmevol.core.sample.DetectedObject;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;

/** A sample's objects under the ids o1, o2 and so on, and the way from a box in a text to {@code {oN}}. */
record BoxIds(List<DetectedObject> objects) {
    private static final Pattern SPACES = Pattern.compile("\\s+");
    /** Half of the last digit that a text shows, and a little. */
    private static final double NEAR = 0.00051;

    /** The objects as a prompt lists them: {@code o1 cup [0.287, 0.045, 0.683, 0.715]}. */
    static List<String> lines(List<DetectedObject> objects) {
        List<String> lines = new ArrayList<>();
        for (DetectedObject object : objects) {
            String label = SPACES.matcher(object.label().strip()).replaceAll(" ");
            lines.add("o" + (lines.size() + 1) + " " + label + " " + object.box());
        }
        return lines;
    }

    /** The text with every box of a listed object written as {@code {oN}}; other numbers stay. */
    String shorten(String text) {
        StringBuilder shortened = new StringBuilder();
        int copied = 0;
        for (int at = objects.isEmpty() ? -1 : text.indexOf('['); at >= 0; at = text.indexOf('[', at + 1)) {
            BoxText.Coordinates numbers = BoxText.coordinates(text, at);
            int object = numbers == null ? -1 : index(numbers.values());
            if (numbers != null && object >= 0) {
                shortened
                        .append(text, copied, at)
                        .append("{o")
                        .append(object + 1)
                        .append('}');
                copied = numbers.end();
            }
        }
        return copied == 0
                ? text
                : shortened.append(text, copied, text.length()).toString();
    }

    /** The index of the object with this box; -1 if none has it. */
    private int index(List<Double> numbers) {
        for (int i = 0; i < objects.size(); i++) {
            BoundingBox box = objects.get(i).box();
            if (near(box.x1(), numbers.get(0))
                    && near(box.y1(), numbers.get(1))
                    && near(box.x2(), numbers.get(2))
                    && near(box.y2(), numbers.get(3))) {
                return i;
            }
        }
        return -1;
    }

    private static boolean near(double a, double b) {
        return Math.abs(a - b) <= NEAR;
    }
}
