package io.github.mmevol.core.dataset;

import io.github.mmevol.core.sample.BoundingBox;
import io.github.mmevol.core.sample.DetectedObject;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalDouble;

/**
 * What an annotation, or a line of them, says of an image.
 *
 * @param caption empty if it is none
 * @param uncounted whether it tells that there is more than the objects say: a crowd, or something that cannot be read
 */
record AnnotationEntry(String caption, List<DetectedObject> objects, boolean uncounted) {
    static final AnnotationEntry UNCOUNTED = new AnnotationEntry("", List.of(), true);

    private static final int OBJECT = Integer.BYTES + 5 * Double.BYTES;

    AnnotationEntry {
        objects = List.copyOf(objects);
    }

    byte[] toBytes() {
        List<byte[]> labels = objects.stream()
                .map(object -> object.label().getBytes(StandardCharsets.UTF_8))
                .toList();
        byte[] text = caption.getBytes(StandardCharsets.UTF_8);
        int length = 1 + 2 * Integer.BYTES + text.length;
        for (byte[] label : labels) {
            length += OBJECT + label.length;
        }
        ByteBuffer bytes = ByteBuffer.allocate(length);
        bytes.put((byte) (uncounted ? 1 : 0)).putInt(text.length).put(text).putInt(objects.size());
        for (int i = 0; i < objects.size(); i++) {
            DetectedObject object = objects.get(i);
            BoundingBox box = object.box();
            bytes.putInt(labels.get(i).length).put(labels.get(i));
            bytes.putDouble(box.x1()).putDouble(box.y1()).putDouble(box.x2()).putDouble(box.y2());
            bytes.putDouble(object.confidence().orElse(Double.NaN));
        }
        return bytes.array();
    }

    static AnnotationEntry of(ByteBuffer bytes) {
        boolean uncounted = bytes.get() == 1;
        String caption = text(bytes);
        int count = bytes.getInt();
        List<DetectedObject> objects = new ArrayList<>(count);
        for (int i = 0; i < count; i++) {
            String label = text(bytes);
            BoundingBox box =
                    new BoundingBox(bytes.getDouble(), bytes.getDouble(), bytes.getDouble(), bytes.getDouble());
            double confidence = bytes.getDouble();
            objects.add(new DetectedObject(
                    label, box, Double.isNaN(confidence) ? OptionalDouble.empty() : OptionalDouble.of(confidence)));
        }
        return new AnnotationEntry(caption, objects, uncounted);
    }

    private static String text(ByteBuffer bytes) {
        int length = bytes.getInt();
        String text = new String(bytes.array(), bytes.arrayOffset() + bytes.position(), length, StandardCharsets.UTF_8);
        bytes.position(bytes.position() + length);
        return text;
    }
}
