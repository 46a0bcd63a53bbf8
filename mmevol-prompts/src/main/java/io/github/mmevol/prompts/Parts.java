package io.github.mmevol.prompts;

import java.util.ArrayList;
import java.util.List;

/** Lists in parts that fit one call. */
final class Parts {
    private Parts() {}

    /** The list in order, in parts of at most so many. */
    static <T> List<List<T>> of(List<T> list, int most) {
        List<List<T>> parts = new ArrayList<>();
        for (int start = 0; start < list.size(); start += most) {
            parts.add(list.subList(start, Math.min(list.size(), start + most)));
        }
        return parts;
    }
}
