package io.github.mmevol.core.store;

import io.github.mmevol.core.sample.ImageSource;
import io.github.mmevol.core.sample.Sample;
import java.util.concurrent.atomic.AtomicBoolean;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Tells once in a session that a store cannot keep where images come from. */
final class UnkeptImages {
    private static final Logger LOG = LoggerFactory.getLogger(RunStore.class);

    private final AtomicBoolean told = new AtomicBoolean();

    /** There is somebody who knows where they come from. */
    void known() {
        told.set(true);
    }

    /** Looks at a sample that is to be stored. */
    void check(Sample sample) {
        ImageSource image = sample.imageSource();
        if (image != ImageSource.none() && image.location().isEmpty() && told.compareAndSet(false, true)) {
            LOG.warn(
                    "the run store keeps the name of the image '{}' alone (sample '{}'), as its source has no location: what"
                            + " is written from the store cannot hold such images, unless the pipeline's store is told where"
                            + " they come from, by store.imagesFrom(name -> source)",
                    sample.image(),
                    sample.id());
        }
    }
}
