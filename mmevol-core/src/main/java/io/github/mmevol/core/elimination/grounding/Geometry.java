package io.github.mmevol.core.elimination.grounding;

import io.github.mmevol.core.sample.BoundingBox;
import io.github.mmevol.core.sample.DetectedObject;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** How boxes lie to each other. */
final class Geometry {
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
