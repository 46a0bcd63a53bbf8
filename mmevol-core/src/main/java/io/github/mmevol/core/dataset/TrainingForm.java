package io.github.mmevol.core.dataset;

import java.util.Objects;

/**
 * How instructions are written for a trainer; {@link DataSets#writeLlavaJson}, {@link DataSets#writeShareGpt} and {@link
 * DataSets#writeMessagesJsonl} take it. Immutable and thread-safe.
 *
 * <pre>{@code
 * TrainingForm form = TrainingForm.builder()
 *         .boxes(TrainingForm.Boxes.THOUSAND)
 *         .answer(TrainingForm.Answer.THINK)
 *         .split(0.02)
 *         .build();
 * }</pre>
 */
public final class TrainingForm {
    private static final TrainingForm DEFAULTS = builder().build();

    /** How many instructions stand in a record. */
    public enum Turns {
        /** One. */
        SINGLE,
        /** The survivors of one round about one image, of each line of descent at most one. */
        MULTI
    }

    /** What the assistant says. */
    public enum Answer {
        /** The answer alone. */
        PLAIN,
        /** What the solving steps say, numbered, then the answer. */
        STEPS,
        /** The same with the steps between {@code <think>} and {@code </think>}; without steps the answer alone. */
        THINK
    }

    /**
     * How boxes are written in question, steps and answer. An instruction whose boxes cannot be rewritten without changing
     * what it says is left out; how many were, and how many answers lost their steps, is told in warnings.
     */
    public enum Boxes {
        /** As they stand: {@code [x1, y1, x2, y2]} in shares of the image, from 0 to 1. */
        UNIT,
        /** In whole thousandths of the image's width and height, from 0 to 1000. */
        THOUSAND,
        /** In pixels of the original image; its size is the sample's, else it is read from the file's header. */
        PIXELS,
        /**
         * Not at all: a box is cut out of steps and answers with the preposition before it (in English), so that "The woman
         * at [...] smiles" goes on as "The woman smiles". Where a step is no sentence without its box, as "The patch is at
         * [...]", the answer is written without its steps.
         */
        NONE
    }

    /** How images are named. */
    public enum ImagePaths {
        /** As the sample names them. */
        AS_IS,
        /** By absolute paths; as they are where the image is no file. */
        ABSOLUTE,
        /** Relative to the folder of the written file; as they are where the image is no file. */
        RELATIVE
    }

    /** How {@link DataSets#writeMessagesJsonl} gives the image and the text of a message. */
    public enum Content {
        /** A text that {@code <image>} heads, the image in {@code images}: for ms-swift and LLaMA-Factory. */
        TAGS,
        /** Parts of type {@code image} and {@code text}, the image in {@code images}: for TRL. */
        PARTS,
        /** Parts of type {@code image_url} and {@code text}, the image's bytes in the URL: for OpenAI and those like it. */
        DATA_URL
    }

    private final boolean seeds;
    private final boolean textOnly;
    private final boolean lastOfEachLine;
    private final Turns turns;
    private final Answer answer;
    private final Boxes boxes;
    private final ImagePaths imagePaths;
    private final Content content;
    private final double split;

    private TrainingForm(Builder b) {
        seeds = b.seeds;
        textOnly = b.textOnly;
        lastOfEachLine = b.lastOfEachLine;
        turns = b.turns;
        answer = b.answer;
        boxes = b.boxes;
        imagePaths = b.imagePaths;
        content = b.content;
        split = b.split;
    }

    /**
     * The survivors of all rounds in conversations of several turns, without the seeds, plain answers, boxes and image names
     * as they are, texts headed by {@code <image>}, all in one file.
     */
    public static TrainingForm ofDefaults() {
        return DEFAULTS;
    }

    /** A builder that starts with the values of {@link #ofDefaults()}. */
    public static Builder builder() {
        return new Builder();
    }

    boolean hasSeeds() {
        return seeds;
    }

    boolean hasTextOnly() {
        return textOnly;
    }

    boolean isLastOfEachLine() {
        return lastOfEachLine;
    }

    Turns turns() {
        return turns;
    }

    Answer answer() {
        return answer;
    }

    Boxes boxes() {
        return boxes;
    }

    ImagePaths imagePaths() {
        return imagePaths;
    }

    Content content() {
        return content;
    }

    double split() {
        return split;
    }

    /** Builds a {@link TrainingForm}; not thread-safe. */
    public static final class Builder {
        private boolean seeds;
        private boolean textOnly;
        private boolean lastOfEachLine;
        private Turns turns = Turns.MULTI;
        private Answer answer = Answer.PLAIN;
        private Boxes boxes = Boxes.UNIT;
        private ImagePaths imagePaths = ImagePaths.AS_IS;
        private Content content = Content.TAGS;
        private double split;

        private Builder() {}

        /**
         * Writes the seed instructions as well, in a record of their own; together with {@link #lastOfEachLine()} the seeds of
         * those lines in which nothing survived.
         */
        public Builder withSeeds() {
            seeds = true;
            return this;
        }

        /** Writes the seed instructions of samples without an image, which are not evolved, as they are. */
        public Builder withTextOnly() {
            textOnly = true;
            return this;
        }

        /**
         * Writes only the newest survivor of each line, all lines of a sample in one record. Where the lineage is not known,
         * the survivors of all rounds are written, a record for each round.
         */
        public Builder lastOfEachLine() {
            lastOfEachLine = true;
            return this;
        }

        /** How many instructions stand in a record; default {@link Turns#MULTI}. */
        public Builder turns(Turns turns) {
            this.turns = Objects.requireNonNull(turns, "turns");
            return this;
        }

        /** What the assistant says; default {@link Answer#PLAIN}. */
        public Builder answer(Answer answer) {
            this.answer = Objects.requireNonNull(answer, "answer");
            return this;
        }

        /** How boxes are written; default {@link Boxes#UNIT}. */
        public Builder boxes(Boxes boxes) {
            this.boxes = Objects.requireNonNull(boxes, "boxes");
            return this;
        }

        /** How images are named; default {@link ImagePaths#AS_IS}. */
        public Builder imagePaths(ImagePaths imagePaths) {
            this.imagePaths = Objects.requireNonNull(imagePaths, "imagePaths");
            return this;
        }

        /** How messages give image and text; default {@link Content#TAGS}. */
        public Builder content(Content content) {
            this.content = Objects.requireNonNull(content, "content");
            return this;
        }

        /**
         * Puts all about a share of the images into a second file, named like the first with {@code -eval} behind; default 0,
         * no second file; one that an earlier output left there stays, but for WebDataset archives. An image's name alone
         * decides, the same in every form and in every run; no image is looked at, so that copies under other names may lie
         * on both sides.
         *
         * @throws IllegalArgumentException unless from 0 to below 1
         */
        public Builder split(double share) {
            if (!(share >= 0 && share < 1)) {
                throw new IllegalArgumentException("a share to split off lies in 0..1, 1 not included: " + share);
            }
            split = share;
            return this;
        }

        /** The form. */
        public TrainingForm build() {
            return new TrainingForm(this);
        }
    }
}
