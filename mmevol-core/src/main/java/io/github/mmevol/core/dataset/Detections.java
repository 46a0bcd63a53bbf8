package io.github.mmevol.core.dataset;

import io.github.mmevol.core.sample.BoundingBox;
import io.github.mmevol.core.sample.DetectedObject;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.OptionalDouble;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** Reads the detected objects of a record: what lies a hair outside is moved to the edge, nonsense is refused. */
final class Detections {
    private Detections() {}

    static List<DetectedObject> parse(ObjectNode record, Tally tally) throws BadFieldException {
        List<DetectedObject> objects = new ArrayList<>();
        List<JsonNode> items = Fields.list(record.get("det"), "det");
        for (int i = 0; i < items.size(); i++) {
            String place = "det[" + i + "]";
            if (!(items.get(i) instanceof ObjectNode item)) {
                throw new BadFieldException(
                        place, "an object with label and bbox is expected, not " + RecordSource.kind(items.get(i)));
            }
            objects.add(object(item, place, tally));
        }
        return objects;
    }

    private static DetectedObject object(ObjectNode item, String place, Tally tally) throws BadFieldException {
        String label = Fields.text(item.get("label"), place + ".label");
        if (label.isBlank()) {
            throw new BadFieldException(place + ".label", "it is missing; name the object or leave it out");
        }
        double[] given = numbers(item.path("bbox"), place + ".bbox");
        BoundingBox box = box(given, place + ".bbox");
        String confidence =
                Fields.text(item.get("confidence"), place + ".confidence").strip();
        if (confidence.isEmpty()) {
            tally.clamped += moved(given, box) ? 1 : 0;
            return DetectedObject.of(label, box);
        }
        double value = number(confidence);
        double clamped = Math.min(1, Math.max(0, value));
        if (!(Math.abs(value - clamped) <= BoundingBox.CLAMP_TOLERANCE)) {
            throw new BadFieldException(place + ".confidence", "it must lie in 0..1, not '" + confidence + "'");
        }
        tally.clamped += moved(given, box) || clamped != value ? 1 : 0;
        return new DetectedObject(label, box, OptionalDouble.of(clamped));
    }

    private static double[] numbers(JsonNode bbox, String field) throws BadFieldException {
        if (!(bbox instanceof ArrayNode list) || list.size() != 4) {
            throw new BadFieldException(field, "a box is four numbers, [x1, y1, x2, y2], each from 0 to 1");
        }
        double[] numbers = new double[4];
        for (int i = 0; i < 4; i++) {
            JsonNode number = list.get(i);
            numbers[i] = number.isNumber() ? number.asDouble(Double.NaN) : number(Fields.text(number, field));
        }
        return numbers;
    }

    private static BoundingBox box(double[] n, String field) throws BadFieldException {
        try {
            return BoundingBox.clamped(n[0], n[1], n[2], n[3]);
        } catch (IllegalArgumentException e) {
            String text = Arrays.toString(n);
            double largest = Arrays.stream(n).max().orElse(0);
            if (largest > 1 + BoundingBox.CLAMP_TOLERANCE) {
                throw new BadFieldException(
                        field,
                        text + " are no shares from 0 to 1; if they are pixels, divide x by the image's width and y by"
                                + " its height");
            }
            throw new BadFieldException(
                    field,
                    text + " is no box; a box is [x1, y1, x2, y2] with shares from 0 to 1, x1 < x2 and y1 < y2;"
                            + " correct it or leave the object out");
        }
    }

    private static boolean moved(double[] given, BoundingBox box) {
        return given[0] != box.x1() || given[1] != box.y1() || given[2] != box.x2() || given[3] != box.y2();
    }

    /** The number that a text holds; NaN if none. */
    private static double number(String text) {
        try {
            return new BigDecimal(text.strip()).doubleValue();
        } catch (NumberFormatException e) {
            return Double.NaN;
        }
    }
}
