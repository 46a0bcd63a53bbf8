package io.github.mmevol.core.elimination.grounding;

import io.github.mmevol.core.sample.BoundingBox;
import io.github.mmevol.core.sample.DetectedObject;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** How boxes lie to each other. */
final class Geometry {
    /** How far a part of the image may be rounded. */
    private static final double PART = 0.0051;

    private Geometry() {}

    /** The object whose box this is, but for rounding; null if there is none. */
    static @Nullable DetectedObject given(List<DetectedObject> objects, BoundingBox box, double tolerance) {
        DetectedObject best = null;
        double least = tolerance;
        for (DetectedObject object : objects) {
            double distance = distance(object.box(), box);
            if (distance <= least) {
                least = distance;
                best = object;
            }
        }
        return best;
    }

    /** The greatest difference between coordinates. */
    static double distance(BoundingBox a, BoundingBox b) {
        return Math.max(
                Math.max(Math.abs(a.x1() - b.x1()), Math.abs(a.y1() - b.y1())),
                Math.max(Math.abs(a.x2() - b.x2()), Math.abs(a.y2() - b.y2())));
    }

    /** What given boxes a box is made of; empty if of none. */
    static String origin(List<DetectedObject> objects, BoundingBox box, double tolerance) {
        if (distance(box, new BoundingBox(0, 0, 1, 1)) <= tolerance) {
            return "the whole image";
        }
        if (isPart(box, 2) || isPart(box, 3)) {
            return "a part of the image";
        }
        List<BoundingBox> inner = new ArrayList<>();
        List<BoundingBox> outer = new ArrayList<>();
        for (DetectedObject object : objects) {
            if (isInside(object.box(), box, tolerance)) {
                inner.add(object.box());
            }
            if (isInside(box, object.box(), tolerance)) {
                outer.add(object.box());
            }
        }
        if (inner.size() > 1 && distance(union(inner), box) <= tolerance) {
            return "the union of " + inner.size() + " annotated boxes";
        }
        if (outer.size() > 1 && isIntersection(outer, box, tolerance)) {
            return "the intersection of " + outer.size() + " annotated boxes";
        }
        return "";
    }

    /** The object whose box this is by its corner or its centre, its width and its height; null if there is none. */
    static @Nullable DetectedObject measured(List<DetectedObject> objects, BoxMention mention) {
        List<Double> values = mention.values();
        for (DetectedObject object : objects) {
            BoundingBox box = object.box();
            boolean sized = near(box.width(), values.get(2), mention) && near(box.height(), values.get(3), mention);
            boolean corner = near(box.x1(), values.get(0), mention) && near(box.y1(), values.get(1), mention);
            boolean centre = near((box.x1() + box.x2()) / 2, values.get(0), mention)
                    && near((box.y1() + box.y2()) / 2, values.get(1), mention);
            if (sized && (corner || centre)) {
                return object;
            }
        }
        return null;
    }

    private static boolean near(double side, double written, BoxMention mention) {
        return Math.abs(side - written) <= mention.tolerance();
    }

    /** Whether a box is a half, a quadrant or the like: all its sides divide the image into so many equal parts. */
    private static boolean isPart(BoundingBox box, int parts) {
        return Stream.of(box.x1(), box.y1(), box.x2(), box.y2())
                .allMatch(side -> Math.abs(side * parts - Math.round(side * parts)) <= PART * parts);
    }

    static boolean isInside(BoundingBox inner, BoundingBox outer, double tolerance) {
        return inner.x1() >= outer.x1() - tolerance
                && inner.y1() >= outer.y1() - tolerance
                && inner.x2() <= outer.x2() + tolerance
                && inner.y2() <= outer.y2() + tolerance;
    }

    private static BoundingBox union(List<BoundingBox> boxes) {
        BoundingBox union = boxes.get(0);
        for (BoundingBox box : boxes) {
            union = new BoundingBox(
                    Math.min(union.x1(), box.x1()),
                    Math.min(union.y1(), box.y1()),
                    Math.max(union.x2(), box.x2()),
                    Math.max(union.y2(), box.y2()));
        }
        return union;
    }

    private static boolean isIntersection(List<BoundingBox> boxes, BoundingBox box, double tolerance) {
        double x1 = 0;
        double y1 = 0;
        double x2 = 1;
        double y2 = 1;
        for (BoundingBox outer : boxes) {
            x1 = Math.max(x1, outer.x1());
            y1 = Math.max(y1, outer.y1());
            x2 = Math.min(x2, outer.x2());
            y2 = Math.min(y2, outer.y2());
        }
        return x1 < x2 && y1 < y2 && distance(new BoundingBox(x1, y1, x2, y2), box) <= tolerance;
    }

    /** Which share of a box lies in another one. */
    static double share(BoundingBox inner, BoundingBox outer) {
        double width = Math.min(inner.x2(), outer.x2()) - Math.max(inner.x1(), outer.x1());
        double height = Math.min(inner.y2(), outer.y2()) - Math.max(inner.y1(), outer.y1());
        return width <= 0 || height <= 0 ? 0 : width * height / inner.area();
    }
}
