package io.github.mmevol.examples.evolve;

import io.github.mmevol.core.dataset.DataSetWriter;
import io.github.mmevol.core.dataset.DataSets;
import io.github.mmevol.core.dataset.TrainingForm;
import io.github.mmevol.core.elimination.EvolvedSample;
import io.github.mmevol.core.sample.Sample;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** The options that say which files for trainers are written, and how. */
final class TrainingOptions {
    @Spec(Spec.Target.MIXEE)
    @SuppressWarnings("NullAway.Init")
    private CommandSpec spec;

    @Option(
            names = "--write",
            paramLabel = "FORM",
            split = ",",
            defaultValue = "llava",
            description = "Files for trainers: llava (llava.json), sharegpt (sharegpt.json and dataset_info.json, for"
                    + " LLaMA-Factory), messages (messages.jsonl, see --content), webdataset (tar archives with the images,"
                    + " in OUT/webdataset). Default: ${DEFAULT-VALUE}.")
    @SuppressWarnings("NullAway.Init")
    private List<Form> forms;

    @Option(
            names = "--turns",
            paramLabel = "HOW",
            defaultValue = "multi",
            description = "single instructions in a record, or the survivors of a round about an image as one"
                    + " conversation (multi). Default: ${DEFAULT-VALUE}.")
    @SuppressWarnings("NullAway.Init")
    private TrainingForm.Turns turns;

    @Option(
            names = "--answer",
            paramLabel = "HOW",
            defaultValue = "plain",
            description = "The answer alone (plain), the solving steps before it (steps), or these between <think> and"
                    + " </think> (think). Default: ${DEFAULT-VALUE}.")
    @SuppressWarnings("NullAway.Init")
    private TrainingForm.Answer answer;

    @Option(
            names = "--boxes",
            paramLabel = "HOW",
            defaultValue = "unit",
            description = "How boxes are written in question, steps and answer: unit (0 to 1), thousand (0 to 1000),"
                    + " pixels (of the original image) or none. Default: ${DEFAULT-VALUE}.")
    @SuppressWarnings("NullAway.Init")
    private TrainingForm.Boxes boxes;

    @Option(
            names = "--image-paths",
            paramLabel = "HOW",
            defaultValue = "as-is",
            description = "How images are named: as-is, absolute, or relative to the written file. Default:"
                    + " ${DEFAULT-VALUE}.")
    @SuppressWarnings("NullAway.Init")
    private String imagePaths;

    @Option(
            names = "--content",
            paramLabel = "HOW",
            defaultValue = "tags",
            description =
                    "How messages.jsonl gives image and text: tags (<image> in the text, for ms-swift), parts (for"
                            + " TRL) or data-url (parts with the image's bytes, for OpenAI). Default: ${DEFAULT-VALUE}.")
    @SuppressWarnings("NullAway.Init")
    private String content;

    @Option(
            names = "--split",
            paramLabel = "SHARE",
            defaultValue = "0",
            description = "Put all about this share of the images into a second file, for example llava-eval.json."
                    + " Default: ${DEFAULT-VALUE}, none.")
    private double split;

    @Option(
            names = "--text-only",
            description =
                    "Pass records without an image, which are not evolved, into the files for trainers as they are."
                            + " Default: leave them out.")
    private boolean textOnly;

    /** Whether records without an image, which nobody can evolve, are wanted. */
    boolean passesTextOn() {
        return textOnly;
    }

    /** Whether a file is to hold the bytes of images. */
    boolean holdsImages() {
        return wanted().contains(Form.WEBDATASET)
                || (wanted().contains(Form.MESSAGES) && content() == TrainingForm.Content.DATA_URL);
    }

    /** A file for trainers. */
    enum Form {
        LLAVA,
        SHAREGPT,
        MESSAGES,
        WEBDATASET
    }

    /** A writer of all of them. */
    DataSetWriter writer(Path out, DataSetWriter others) {
        TrainingForm form = form();
        DataSetWriter all = others;
        for (Form wanted : wanted()) {
            all = all.and(
                    switch (wanted) {
                        case LLAVA -> DataSets.writeLlavaJson(out.resolve("llava.json"), form);
                        case SHAREGPT -> DataSets.writeShareGpt(out, form);
                        case WEBDATASET -> DataSets.writeWebDataset(out.resolve("webdataset"), form);
                        case MESSAGES -> DataSets.writeMessagesJsonl(out.resolve("messages.jsonl"), form);
                    });
        }
        return split > 0 ? all : all.and(new SecondFiles(out, wanted()));
    }

    /** What is written, or removed, by name. */
    List<String> names() {
        List<String> names = new ArrayList<>();
        for (Form form : wanted()) {
            names.addAll(names(form));
            if (SecondFiles.NAMES.containsKey(form)) {
                names.add(SecondFiles.NAMES.get(form));
            }
        }
        return names;
    }

    private static List<String> names(Form form) {
        return switch (form) {
            case LLAVA -> List.of("llava.json");
            case SHAREGPT -> List.of("sharegpt.json", "dataset_info.json");
            case MESSAGES -> List.of("messages.jsonl");
            case WEBDATASET -> List.of("webdataset");
        };
    }

    /**
     * Removes the files that an earlier run split off from those that this one writes: what they hold is in these.
     *
     * @param forms what this run writes
     */
    private record SecondFiles(Path out, Set<Form> forms) implements DataSetWriter {
        private static final Map<Form, String> NAMES = Map.of(
                Form.LLAVA,
                "llava-eval.json",
                Form.SHAREGPT,
                "sharegpt-eval.json",
                Form.MESSAGES,
                "messages-eval.jsonl");

        @Override
        public Appender open() {
            return new Appender() {
                @Override
                public void append(EvolvedSample sample) {}

                @Override
                public void commit() {
                    forms.forEach(SecondFiles.this::remove);
                }

                @Override
                public void close() {}
            };
        }

        private void remove(Form form) {
            String name = NAMES.get(form);
            try {
                if (name != null) {
                    Files.deleteIfExists(out.resolve(name));
                }
            } catch (IOException e) {
                throw new UncheckedIOException("cannot remove the earlier " + name + ": " + e.getMessage(), e);
            }
        }
    }

    /** Refuses what cannot be meant, before anything is done. */
    void check() {
        form();
    }

    void printFiles(Path out, PrintWriter console) {
        for (Form form : wanted()) {
            console.println(
                    switch (form) {
                        case LLAVA -> "  llava.json       conversations ready to train on (LLaVA form)";
                        case SHAREGPT ->
                            "  sharegpt.json    the same for LLaMA-Factory, with dataset_info.json (dataset mmevol)";
                        case WEBDATASET ->
                            "  webdataset       the same as tar archives, with the images"
                                    + (split > 0 ? "; mmevol-eval-*.tar are split off" : "");
                        case MESSAGES -> "  messages.jsonl   the same as messages, one conversation a line";
                    });
            String second = SecondFiles.NAMES.get(form);
            if (split > 0 && second != null) {
                console.println("  " + second + "  split off: "
                        + splitOff(
                                records(out.resolve(second)),
                                records(out.resolve(names(form).get(0)))));
            }
        }
    }

    private String splitOff(long second, long first) {
        return second == 0
                ? "nothing, for --split " + split + " drew none of the images; all " + first
                        + " records are in the other"
                : second + " records, " + first + " are in the other";
    }

    private static long records(Path file) {
        try (Stream<Sample> records = DataSets.read(file).stream()) {
            return records.count();
        }
    }

    private Set<Form> wanted() {
        return EnumSet.copyOf(forms);
    }

    private TrainingForm form() {
        try {
            TrainingForm.Builder form = textOnly ? TrainingForm.builder().withTextOnly() : TrainingForm.builder();
            return form.turns(turns)
                    .answer(answer)
                    .boxes(boxes)
                    .imagePaths(named(TrainingForm.ImagePaths.class, "--image-paths", imagePaths))
                    .content(content())
                    .split(split)
                    .build();
        } catch (IllegalArgumentException e) {
            throw usage("--split: " + e.getMessage());
        }
    }

    private TrainingForm.Content content() {
        return named(TrainingForm.Content.class, "--content", content);
    }

    private <E extends Enum<E>> E named(Class<E> type, String option, String name) {
        for (E value : EnumSet.allOf(type)) {
            if (value.name().replace('_', '-').equalsIgnoreCase(name.strip())) {
                return value;
            }
        }
        throw usage(option + " does not know '" + name + "'; see --help");
    }

    private ParameterException usage(String message) {
        return new ParameterException(spec.commandLine(), message);
    }
}
