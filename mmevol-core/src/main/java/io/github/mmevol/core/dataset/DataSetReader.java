package io.github.mmevol.core.dataset;

import io.github.mmevol.core.elimination.EvolvedSample;
import io.github.mmevol.core.sample.AnnotationTrust;
import io.github.mmevol.core.sample.Sample;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.ObjLongConsumer;

/**
 * Reads data files: a JSON array or JSON lines, packed by gzip or not, each record in MMEvol form, in LLaVA form (that of
 * ShareGPT4V and Cambrian too), or with {@code messages} as OpenAI, LLaMA-Factory, TRL and ms-swift have them; or a folder of
 * images, with {@code metadata.jsonl} ({@code file_name}, {@code text} for a caption) or without; or WebDataset archives
 * ({@code .tar}, or a folder of such), whose images stay in them. Immutable and thread-safe;
 * a setting gives a changed copy.
 *
 * <p>Skills, formats and image positions come in the spellings of {@link io.github.mmevol.core.sample.Vocabulary};
 * questions and answers stay as they are, but for the {@code <image>} token in the first human turn of a LLaVA record.
 * Fields that are not known are kept as {@code extras}, of records and of instructions. A record without an id takes
 * the image's name for one, or {@code record-N} with its index. In a record that names a key twice the last one
 * counts. System turns of a LLaVA record are kept in the sample's extras as {@code system_turns}.
 *
 * <p>A broken record, or a broken line, is skipped alone. Behind a syntax error in a JSON array nothing can be told
 * apart any more: what stands before is used, and the rest is one broken record.
 */
public final class DataSetReader {
    static final DataSetReader DEFAULTS = new DataSetReader(
            Optional.empty(),
            AnnotationTrust.PRECISE,
            false,
            broken -> {},
            false,
            odd -> {},
            (sample, line) -> {},
            report -> {});

    private final Optional<Path> images;
    private final AnnotationTrust trust;
    private final boolean captionsFromDescriptions;
    private final Consumer<BrokenRecord> onBroken;
    private final boolean stopOnBroken;
    private final Consumer<BrokenRecord> onOdd;
    private final ObjLongConsumer<Sample> onSample;
    private final Consumer<ReadReport> onEnd;

    private DataSetReader(
            Optional<Path> images,
            AnnotationTrust trust,
            boolean captionsFromDescriptions,
            Consumer<BrokenRecord> onBroken,
            boolean stopOnBroken,
            Consumer<BrokenRecord> onOdd,
            ObjLongConsumer<Sample> onSample,
            Consumer<ReadReport> onEnd) {
        this.images = images;
        this.trust = Objects.requireNonNull(trust, "trust");
        this.captionsFromDescriptions = captionsFromDescriptions;
        this.onBroken = Objects.requireNonNull(onBroken, "onBroken");
        this.stopOnBroken = stopOnBroken;
        this.onOdd = Objects.requireNonNull(onOdd, "onOdd");
        this.onSample = Objects.requireNonNull(onSample, "onSample");
        this.onEnd = Objects.requireNonNull(onEnd, "onEnd");
    }

    /** The folder that image names are looked up in, and that none may leave; default the data file's own folder. */
    public DataSetReader images(Path folder) {
        return new DataSetReader(
                Optional.of(Objects.requireNonNull(folder, "folder")),
                trust,
                captionsFromDescriptions,
                onBroken,
                stopOnBroken,
                onOdd,
                onSample,
                onEnd);
    }

    /**
     * How far the detected objects can be believed; default {@link AnnotationTrust#PRECISE}. A record's own
     * {@code annotation_trust} wins.
     */
    public DataSetReader trust(AnnotationTrust trust) {
        return new DataSetReader(
                images, trust, captionsFromDescriptions, onBroken, stopOnBroken, onOdd, onSample, onEnd);
    }

    /**
     * Takes the answer for the caption where the only question of a record about an image asks for nothing but a description
     * of it, as those of caption data sets do (in English) and the record has no caption; such a sample has no instructions.
     * Default not: a description is a question like any other.
     */
    public DataSetReader captionsFromDescriptions() {
        return new DataSetReader(images, trust, true, onBroken, stopOnBroken, onOdd, onSample, onEnd);
    }

    /**
     * Gets each broken record; default nobody. Broken records are logged as warnings (the first twenty of a file) and
     * skipped.
     */
    public DataSetReader onBroken(Consumer<BrokenRecord> listener) {
        return new DataSetReader(
                images, trust, captionsFromDescriptions, listener, stopOnBroken, onOdd, onSample, onEnd);
    }

    /** Ends the reading at the first broken record with a {@link BrokenRecordException}; default not. */
    public DataSetReader stopOnBroken() {
        return new DataSetReader(images, trust, captionsFromDescriptions, onBroken, true, onOdd, onSample, onEnd);
    }

    /**
     * Gets each oddity of a record that is used all the same, its place as {@link BrokenRecord#field()}: turns or
     * instructions that are left out as they have no question or no answer, a record of which none is left, an id that
     * stood for another image before (the first 131 072 ids of a file are remembered). Default nobody. They are logged as
     * warnings, the first five of a kind in a file, and counted.
     */
    public DataSetReader onOdd(Consumer<BrokenRecord> listener) {
        return new DataSetReader(
                images, trust, captionsFromDescriptions, onBroken, stopOnBroken, listener, onSample, onEnd);
    }

    /**
     * Gets each sample that {@link #read} gives, with the line of the file on which its record begins, right before the
     * stream gives it; default nobody.
     */
    public DataSetReader onSample(ObjLongConsumer<Sample> listener) {
        return new DataSetReader(
                images, trust, captionsFromDescriptions, onBroken, stopOnBroken, onOdd, listener, onEnd);
    }

    /** Gets the counts of each reading, once, when its stream has come to the end or is closed; default nobody. */
    public DataSetReader onEnd(Consumer<ReadReport> listener) {
        return new DataSetReader(
                images, trust, captionsFromDescriptions, onBroken, stopOnBroken, onOdd, onSample, listener);
    }

    /**
     * The samples of a file with their seed instructions ({@code conversations_v0} or {@code conversations}); evolved
     * instructions are left aside. The file is opened when a stream is.
     */
    public DataSet<Sample> read(Path file) {
        RecordParser parser = parser(file);
        RecordStream.Parser<Sample> told = (record, tally) -> {
            Sample sample = parser.sample(record, tally);
            onSample.accept(sample, record.line());
            return sample;
        };
        return RecordStream.of(file, told, this::broken, onOdd, onEnd);
    }

    /**
     * The samples of a file with the survivors of all rounds ({@code conversations_v1} and on), with scores and lineage
     * where the file has them; ids that it lacks are made from the sample's key. The file is opened when a stream is.
     */
    public DataSet<EvolvedSample> readEvolved(Path file) {
        RecordParser parser = parser(file);
        return RecordStream.of(file, parser::evolved, this::broken, onOdd, onEnd);
    }

    private void broken(BrokenRecord record) {
        onBroken.accept(record);
        if (stopOnBroken) {
            throw new BrokenRecordException(record);
        }
    }

    private RecordParser parser(Path file) {
        Objects.requireNonNull(file, "file");
        Path absolute = file.toAbsolutePath().normalize();
        Path folder = images.orElseGet(() ->
                Files.isDirectory(absolute) ? absolute : Objects.requireNonNullElse(absolute.getParent(), absolute));
        return new RecordParser(folder, trust, captionsFromDescriptions);
    }
}
