package io.github.mmevol.core.analysis;

import io.github.mmevol.core.dataset.DataSet;
import io.github.mmevol.core.dataset.DataSetWriter;
import io.github.mmevol.core.elimination.EvolvedSample;
import io.github.mmevol.core.model.ImageEncoder;
import io.github.mmevol.core.store.RunStore;
import io.github.mmevol.core.store.StoredSample;
import java.nio.file.Path;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Stream;

/**
 * A sample of what a run kept and eliminated, for people to mark: is the question good, is the answer good. Half of it
 * was kept and half eliminated, as far as there is enough of both; within a half each stratum (round, direction, who
 * eliminated, band of the score) gets the same number, so that the rare is seen too, and each instruction carries the
 * weight that makes up for it. What is drawn depends on the seed and the data alone. Failed attempts are never drawn.
 *
 * <pre>{@code
 * Audit.of(450).write(store, folder);              // audit.html and audit.csv
 * AuditMarks marks = AuditMarks.read(exported);    // what people marked in either
 * AuditAgreement agreement = marks.agreement();
 * pipelineBuilder.selections(marks.overrides());   // their word counts
 * }</pre>
 *
 * <p>{@code audit.html} is one file that asks nothing of any server: images, boxes, parent and evolved instruction side by
 * side, the verdict hidden until both marks are set; marks stay in the browser and are exported as JSON. {@code audit.csv}
 * has the same instructions for a spreadsheet. Memory and the sheet's size grow with the size of the audit, not with the
 * data: some 0.1 MB for each image. Immutable and thread-safe.
 */
public final class Audit {
    /** The name under which people eliminate, and of their checks. */
    public static final String NAME = "audit";

    private static final Set<String> NO_QUALITY = Set.of(
            "eval-guard", "verified-only", "near-duplicate", "semantic-duplicate", "skeleton-cap", "balance", "target");

    private final int size;
    private final long seed;
    private final ImageEncoder images;
    private final Set<String> leftOut;

    private Audit(int size, long seed, ImageEncoder images, Set<String> leftOut) {
        this.size = size;
        this.seed = seed;
        this.images = Objects.requireNonNull(images, "images");
        this.leftOut = Set.copyOf(leftOut);
    }

    /**
     * An audit with seed 42 and images within 640 pixels. What the {@linkplain io.github.mmevol.core.dataset.Selection
     * selections} drop is left out: that says nothing of its quality.
     *
     * @param size how many instructions, at least 1; the paper had 450 marked
     */
    public static Audit of(int size) {
        if (size < 1) {
            throw new IllegalArgumentException("an audit has at least one instruction: " + size);
        }
        return new Audit(size, 42, ImageEncoder.builder().longestSide(640).build(), NO_QUALITY);
    }

    /** What the drawing and the order of the sheet depend on; default 42. */
    public Audit seed(long seed) {
        return new Audit(size, seed, images, leftOut);
    }

    /** How images are made ready for the sheet; default within 640 pixels. */
    public Audit images(ImageEncoder images) {
        return new Audit(size, seed, images, leftOut);
    }

    /** Who eliminated what is not drawn, by name; default the selections of this library. */
    public Audit leavingOut(Set<String> eliminators) {
        return new Audit(size, seed, images, eliminators);
    }

    /** Draws from a stored run, and writes {@code audit.html} and {@code audit.csv} into a folder. */
    public void write(RunStore store, Path folder) {
        Objects.requireNonNull(store, "store");
        write(() -> store.samples().map(StoredSample::evolved), folder);
    }

    /** Draws from evolved samples, and writes {@code audit.html} and {@code audit.csv} into a folder. */
    public void write(DataSet<EvolvedSample> samples, Path folder) {
        Objects.requireNonNull(samples, "samples");
        try (Stream<EvolvedSample> stream = samples.stream();
                DataSetWriter.Appender appender = writer(folder).open()) {
            stream.forEachOrdered(appender::append);
            appender.commit();
        }
    }

    /** Draws from what a pipeline writes; {@code audit.html} and {@code audit.csv} come into a folder on commit. */
    public DataSetWriter writer(Path folder) {
        Objects.requireNonNull(folder, "folder");
        return () -> new AuditAppender(new AuditDraw(size, seed, leftOut), new AuditFiles(folder, images));
    }
}

record AuditAppender(AuditDraw draw, AuditFiles files) implements DataSetWriter.Appender {
    @Override
    public void append(EvolvedSample sample) {
        draw.offer(sample);
    }

    @Override
    public void commit() {
        files.write(draw.items());
    }

    @Override
    public void close() {}
}
