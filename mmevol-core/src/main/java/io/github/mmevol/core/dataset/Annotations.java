package io.github.mmevol.core.dataset;

import io.github.mmevol.core.sample.AnnotationTrust;
import io.github.mmevol.core.sample.DetectedObject;
import io.github.mmevol.core.sample.Sample;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Captions and objects from files of their own, joined to samples by image: COCO's {@code instances_*.json} and {@code
 * captions_*.json} (boxes in pixels), and JSON lines {@code {image, caption, det}}, gzipped or not. A sample keeps the caption
 * and the objects that it has; what it lacks is filled in.
 *
 * <p>An image is known by the name that both sides give it; failing that by the name without its folders, unless two
 * annotated images have that in common. A box that marks a crowd ({@code iscrowd}), or that cannot be used, is left out, and
 * as nobody knows how much is missing then, the objects of that sample are {@link AnnotationTrust#PRECISE} at best.
 *
 * <p>Reading goes through each file once or twice and holds some 60 to 130 bytes an image; the annotations themselves lie in
 * a temporary file, which {@link #close()} deletes. Thread-safe after reading.
 */
public final class Annotations implements AutoCloseable {
    private final AnnotationTrust trust;
    private final AnnotationIndex index;
    private final AtomicLong byPath = new AtomicLong();
    private final AtomicLong byName = new AtomicLong();
    private final AtomicLong missed = new AtomicLong();

    /**
     * What was found, and what was not.
     *
     * @param images annotated images in the files
     * @param annotations captions and objects in the files that can be used
     * @param crowds boxes that mark a crowd, left out
     * @param broken annotations that cannot be used: of no known image, of no known category, or with no box
     * @param byPath samples joined by the image's name as it stands, since the files were read
     * @param byName samples joined by the name without folders
     * @param missed samples with an image that is not annotated
     */
    public record Report(
            long images, long annotations, long crowds, long broken, long byPath, long byName, long missed) {}

    private Annotations(AnnotationTrust trust, AnnotationIndex index) {
        this.trust = trust;
        this.index = index;
    }

    /**
     * Reads the files.
     *
     * @param trust how far the objects can be believed
     * @throws UncheckedIOException if one cannot be read or is in none of the forms
     */
    public static Annotations read(AnnotationTrust trust, Path... files) {
        Objects.requireNonNull(trust, "trust");
        AnnotationIndex index = AnnotationIndex.make();
        try {
            for (Path file : files) {
                AnnotationFile.read(file, index);
            }
            index.finish();
            return new Annotations(trust, index);
        } catch (RuntimeException e) {
            index.close();
            throw e;
        }
    }

    /** The samples with the annotations of their images. */
    public DataSet<Sample> join(DataSet<Sample> samples) {
        Objects.requireNonNull(samples, "samples");
        return () -> samples.stream().map(this::join);
    }

    /** The sample with the annotations of its image. */
    public Sample join(Sample sample) {
        if (sample.image().isEmpty()) {
            return sample;
        }
        int image = index.byPath(sample.image());
        if (image >= 0) {
            byPath.incrementAndGet();
        } else {
            image = index.byName(sample.image());
            (image >= 0 ? byName : missed).incrementAndGet();
        }
        return image < 0 ? sample : joined(sample, image);
    }

    /** What was found so far. */
    public Report report() {
        return new Report(
                index.images(),
                index.annotations(),
                index.crowds(),
                index.broken(),
                byPath.get(),
                byName.get(),
                missed.get());
    }

    /** Deletes the temporary file; joining is not possible any more. */
    @Override
    public void close() {
        index.close();
    }

    private Sample joined(Sample sample, int image) {
        StringBuilder caption = new StringBuilder();
        List<DetectedObject> objects = new ArrayList<>();
        boolean uncounted = false;
        try {
            for (AnnotationEntry entry : index.entries(image)) {
                uncounted |= entry.uncounted();
                String text = entry.caption().strip();
                if (!text.isEmpty()) {
                    caption.append(caption.isEmpty() ? "" : " ").append(text);
                }
                objects.addAll(entry.objects());
            }
        } catch (IOException e) {
            throw new UncheckedIOException("cannot read the annotations back: " + e.getMessage(), e);
        }
        boolean filled = sample.objects().isEmpty() && (!objects.isEmpty() || uncounted);
        AnnotationTrust known = uncounted && trust == AnnotationTrust.EXHAUSTIVE ? AnnotationTrust.PRECISE : trust;
        return sample.with(b -> {
            if (sample.caption().isEmpty()) {
                b.caption(caption.toString());
            }
            if (filled) {
                b.objects(objects).trust(known);
            }
            if (sample.width() == 0 && sample.height() == 0) {
                b.size(index.width(image), index.height(image));
            }
        });
    }
}
