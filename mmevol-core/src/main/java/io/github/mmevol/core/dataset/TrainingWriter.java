package io.github.mmevol.core.dataset;

import io.github.mmevol.core.elimination.EvolvedSample;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.function.Function;
import tools.jackson.databind.node.ObjectNode;

/**
 * Writes conversations to a file, and those about a share of the images to a second one.
 *
 * @param shape makes a record
 * @param named whether records have ids and the names of images
 */
record TrainingWriter(Path file, FileWriter.Layout layout, TrainingForm form, Shape shape, boolean named)
        implements DataSetWriter {

    /** How a record is made of a conversation. */
    @FunctionalInterface
    interface Shape {
        /**
         * The record of a conversation.
         *
         * @throws IOException if the image of which it is to hold the bytes cannot be read
         */
        ObjectNode record(Dialogue dialogue) throws IOException;
    }

    TrainingWriter {
        Objects.requireNonNull(file, "file");
        Objects.requireNonNull(form, "form");
    }

    /** The file that all about a share of the images goes to. */
    static Path evalFile(Path file) {
        String name = Objects.requireNonNull(file.getFileName(), "file name").toString();
        int dot = name.lastIndexOf('.');
        return file.resolveSibling(dot > 0 ? name.substring(0, dot) + "-eval" + name.substring(dot) : name + "-eval");
    }

    @Override
    public Appender open() {
        Losses losses = new Losses();
        Path folder =
                Objects.requireNonNullElse(file.toAbsolutePath().normalize().getParent(), file);
        Dialogues dialogues = new Dialogues(form, folder, named, losses);
        Function<EvolvedSample, List<ObjectNode>> records = sample -> {
            List<ObjectNode> made = new ArrayList<>();
            for (Dialogue dialogue : dialogues.of(sample)) {
                try {
                    made.add(shape.record(dialogue));
                    losses.written();
                    if (named && dialogue.hasImage()) {
                        losses.named(sample.sample(), 1);
                    }
                } catch (IOException e) {
                    losses.unreadable(e);
                }
            }
            return made;
        };
        DataSetWriter train =
                new FileWriter(file, layout, sample -> isEval(sample) ? List.of() : records.apply(sample));
        DataSetWriter all = form.split() == 0
                ? train
                : train.and(new FileWriter(
                        evalFile(file), layout, sample -> isEval(sample) ? records.apply(sample) : List.of()));
        return new TellingAppender(all.open(), () -> losses.requireReadable(file), () -> losses.warn(file));
    }

    private boolean isEval(EvolvedSample evolved) {
        return isEval(evolved, form);
    }

    /** Whether a sample goes into the second file. */
    static boolean isEval(EvolvedSample evolved, TrainingForm form) {
        if (form.split() == 0) {
            return false;
        }
        String image = evolved.sample().image();
        String name = image.isEmpty() ? evolved.key().value().split("~", 2)[0] : image;
        return (Hash64.of(name) >>> 11) * 0x1.0p-53 < form.split();
    }
}
