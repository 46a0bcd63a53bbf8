package io.github.mmevol.core.dataset;

import io.github.mmevol.core.elimination.EvolvedSample;
import io.github.mmevol.core.sample.Sample;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.function.Function;
import tools.jackson.databind.node.ObjectNode;

/**
 * Readers and writers of data files. Reading recognises by their content MMEvol JSON, LLaVA JSON, messages, JSON lines of
 * each, and gzip of all; everything is streamed, with one record in memory at a time. What is written names images as the
 * samples do; {@link DataSetWriter#withImagesIn} writes those that are in memory, as data URLs are.
 *
 * <pre>{@code
 * DataSet<Sample> seeds = DataSets.read(Path.of("seeds.json"));
 * DataSetWriter out = DataSets.writeJsonl(Path.of("evolved.jsonl")).and(DataSets.writeLlavaJson(Path.of("llava.json")));
 * }</pre>
 */
public final class DataSets {
    private DataSets() {}

    /** The samples of a file with their seed instructions, read with the defaults of {@link #reader()}. */
    public static DataSet<Sample> read(Path file) {
        return reader().read(file);
    }

    /** The samples of a file with the survivors of all rounds, read with the defaults of {@link #reader()}. */
    public static DataSet<EvolvedSample> readEvolved(Path file) {
        return reader().readEvolved(file);
    }

    /**
     * A reader whose settings can be changed: images lie beside the data file, annotations are
     * {@linkplain io.github.mmevol.core.sample.AnnotationTrust#PRECISE precise}, broken records are logged and skipped.
     */
    public static DataSetReader reader() {
        return DataSetReader.DEFAULTS;
    }

    /**
     * Writes MMEvol JSON: each sample with its seeds in {@code conversations_v0} and the survivors of round N, with score
     * and lineage, in {@code conversations_vN}. Every sample is written, also one of which nothing was kept; the rounds go
     * up to the last one that kept something. {@link #readEvolved} gives back what was written.
     */
    public static DataSetWriter writeMmevolJson(Path file) {
        return naming(file, FileWriter.Layout.ARRAY, sample -> List.of(MmevolRecords.of(sample)));
    }

    /** Writes records that name images, and tells of those that are in no file. */
    private static DataSetWriter naming(
            Path file, FileWriter.Layout layout, Function<EvolvedSample, List<ObjectNode>> records) {
        Objects.requireNonNull(file, "file");
        return () -> {
            Losses losses = new Losses();
            FileWriter writer = new FileWriter(file, layout, sample -> {
                List<ObjectNode> made = records.apply(sample);
                losses.named(sample.sample(), made.size());
                return made;
            });
            return new TellingAppender(writer.open(), () -> {}, () -> losses.warn(file));
        };
    }

    /** Writes LLaVA JSON with the defaults of {@link TrainingForm}. */
    public static DataSetWriter writeLlavaJson(Path file) {
        return writeLlavaJson(file, TrainingForm.ofDefaults());
    }

    /**
     * Writes LLaVA JSON, ready to train on. A record is one image with the survivors of one round as a conversation of
     * several turns, so that an instruction and the one it came from never stand in the same record. {@code <image>} heads
     * the first human turn and stands nowhere else; a sample without an image gives records without {@code image}. A
     * record's {@code id} is the id of its first instruction and unique; {@code sample_id} is the sample's own. Unknown
     * fields are not written, so that each key has one type throughout.
     */
    public static DataSetWriter writeLlavaJson(Path file, TrainingForm form) {
        return new TrainingWriter(file, FileWriter.Layout.ARRAY, form, TrainingRecords::llava, true);
    }

    /**
     * Writes {@code sharegpt.json} into a folder, and {@code dataset_info.json} by which LLaMA-Factory finds it as {@code
     * mmevol} (the split-off file as {@code mmevol_eval}); other entries of that file stay. The records are those of {@link
     * #writeLlavaJson} with {@code messages} (from {@code user} and {@code assistant}) and a list of {@code images}, empty
     * where there is none.
     */
    public static DataSetWriter writeShareGpt(Path folder, TrainingForm form) {
        Objects.requireNonNull(folder, "folder");
        Path file = folder.resolve("sharegpt.json");
        DatasetInfo info = new DatasetInfo(folder.resolve("dataset_info.json"));
        TrainingWriter records = new TrainingWriter(file, FileWriter.Layout.ARRAY, form, TrainingRecords::tagged, true);
        return () -> {
            info.read();
            return new TellingAppender(records.open(), () -> {}, () -> info.write(file, form.split() > 0));
        };
    }

    /**
     * Writes a line of JSON with {@code messages} for each conversation, as OpenAI, TRL or ms-swift read it: see {@link
     * TrainingForm.Content}. The records are those of {@link #writeShareGpt}; with {@link TrainingForm.Content#DATA_URL} they
     * hold {@code messages} alone.
     */
    public static DataSetWriter writeMessagesJsonl(Path file, TrainingForm form) {
        Objects.requireNonNull(form, "form");
        return new TrainingWriter(
                file,
                FileWriter.Layout.LINES,
                form,
                switch (form.content()) {
                    case TAGS -> TrainingRecords::tagged;
                    case PARTS -> TrainingRecords::parted;
                    case DATA_URL -> TrainingRecords::embedded;
                },
                form.content() != TrainingForm.Content.DATA_URL);
    }

    /**
     * Writes WebDataset archives {@code mmevol-000000.tar} and on into a folder, each of some 500 MB: for each conversation
     * its image file and a JSON file with the fields of {@link #writeShareGpt}. What is split off goes to {@code
     * mmevol-eval-000000.tar} and on. {@link #read} reads the folder, or one archive.
     */
    public static DataSetWriter writeWebDataset(Path folder, TrainingForm form) {
        return writeWebDataset(folder, form, 500_000_000);
    }

    /**
     * The same with archives of another size.
     *
     * @param largest how many bytes an archive has when the next one is begun
     */
    static DataSetWriter writeWebDataset(Path folder, TrainingForm form, long largest) {
        Objects.requireNonNull(folder, "folder");
        Objects.requireNonNull(form, "form");
        return () -> {
            Losses losses = new Losses();
            TarWriter train = new TarWriter(folder, "mmevol", form, largest, false, losses);
            // without a split it stays empty, which removes the archives of an earlier one
            TarWriter eval = new TarWriter(folder, "mmevol-eval", form, largest, true, losses);
            return new TellingAppender(
                    train.and(eval).open(),
                    () -> losses.requireReadable(train.archive(0)),
                    () -> losses.warn(train.archive(0)));
        };
    }

    /**
     * Writes a line of JSON for each kept instruction, with its lineage and its extra fields; {@code score} is null where there
     * is none, {@code verification} and {@code checks} tell how far its claims are known to be true, {@code objects_grounded}
     * and {@code objects_unseen} which of its objects are annotated.
     */
    public static DataSetWriter writeJsonl(Path file) {
        return naming(file, FileWriter.Layout.LINES, AttemptRecords::kept);
    }

    /**
     * Writes a line of JSON for each instruction that was eliminated or failed: the keys of {@link #writeJsonl} as far as
     * known, {@code outcome} ({@code eliminated} or {@code failed}), {@code by}, {@code why} and {@code evidence}.
     * What is not known is empty, or null for the score.
     */
    public static DataSetWriter writeEliminatedJsonl(Path file) {
        return new FileWriter(file, FileWriter.Layout.LINES, AttemptRecords::lost);
    }
}
