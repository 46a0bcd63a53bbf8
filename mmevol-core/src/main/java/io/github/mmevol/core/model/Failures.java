package io.github.mmevol.core.model;

import java.util.List;

/** The failures of one call: the last real cause is what the caller sees. */
final class Failures {
    private Failures() {}

    /** The last one, with the earlier ones suppressed. */
    static ModelException withEarlier(ModelException last, List<ModelException> earlier) {
        for (ModelException failure : earlier) {
            if (failure != last) {
                last.addSuppressed(failure);
            }
        }
        return last;
    }
}
