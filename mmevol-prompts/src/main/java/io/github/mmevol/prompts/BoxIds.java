package io.github.mmevol.prompts;

import io.github.mmevol.core.sample.BoundingBox;
import io.github.mmevol.core.sample.DetectedObject;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A sample's objects under the ids o1, o2 and so on, and the way from a box in a text to {@code {oN}}. */
record BoxIds(List<DetectedObject> objects) {
    private static final String NUMBER = "\\s*(\\d{0,4}\\.?\\d{1,9})\\s*";
    private static final Pattern BOX =
            Pattern.compile("\\[" + NUMBER + "," + NUMBER + "," + NUMBER + "," + NUMBER + "\\]");
    /** Half of the last digit that a text shows, and a little. */
    private static final double NEAR = 0.00051;

    /** The objects as a prompt lists them: {@code o1 cup [0.287, 0.045, 0.683, 0.715]}. */
    static List<String> lines(List<DetectedObject> objects) {
        List<String> lines = new ArrayList<>();
        for (DetectedObject object : objects) {
            String label = object.label().strip().replaceAll("\\s+", " ");
            lines.add("o" + (lines.size() + 1) + " " + label + " " + object.box());
        }
        return lines;
    }

    /** The text with every box of a listed object written as {@code {oN}}; other numbers stay. */
    String shorten(String text) {
        return objects.isEmpty() || text.indexOf('[') < 0
                ? text
                : BOX.matcher(text).replaceAll(match -> {
                    double[] box = new double[4];
                    for (int i = 0; i < 4; i++) {
                        box[i] = Double.parseDouble(match.group(i + 1));
                    }
                    return Matcher.quoteReplacement(idOf(box, match.group()));
                });
    }

    private String idOf(double[] numbers, String otherwise) {
        for (int i = 0; i < objects.size(); i++) {
            BoundingBox box = objects.get(i).box();
            if (near(box.x1(), numbers[0])
                    && near(box.y1(), numbers[1])
                    && near(box.x2(), numbers[2])
                    && near(box.y2(), numbers[3])) {
                return "{o" + (i + 1) + "}";
            }
        }
        return otherwise;
    }

    private static boolean near(double a, double b) {
        return Math.abs(a - b) <= NEAR;
    }
}
