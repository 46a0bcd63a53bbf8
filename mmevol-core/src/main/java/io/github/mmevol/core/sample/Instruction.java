package io.github.mmevol.core.sample;

import io.github.mmevol.core.internal.json.RawFields;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/**
 * One question about an image with its answer and solving steps. Empty {@code steps}, {@code objects}, {@code skills},
 * {@code format} and {@code imagePosition} mean "not annotated".
 *
 * @param question what is asked
 * @param answer the reference answer
 * @param steps the solving steps in order
 * @param objects names of the objects the question is about
 * @param skills the atomic capabilities it exercises, in the spellings of {@link Vocabulary}
 * @param format its form: {@code Norm}, {@code complex reasoning}, {@code detailed description} or the id of a
 *     {@link Form}
 * @param imagePosition {@code single}, or the part of a 2x2 mosaic that it is about
 * @param extras fields of the record that this library does not know, name to raw JSON text, written back unchanged
 */
public record Instruction(
        String question,
        String answer,
        List<Step> steps,
        List<String> objects,
        List<String> skills,
        String format,
        String imagePosition,
        Map<String, String> extras) {

    /** Copies the collections. */
    public Instruction {
        Objects.requireNonNull(question, "question");
        Objects.requireNonNull(answer, "answer");
        Objects.requireNonNull(format, "format");
        Objects.requireNonNull(imagePosition, "imagePosition");
        steps = List.copyOf(Objects.requireNonNull(steps, "steps"));
        objects = List.copyOf(Objects.requireNonNull(objects, "objects"));
        skills = List.copyOf(Objects.requireNonNull(skills, "skills"));
        extras = RawFields.checked(extras);
    }

    /** A bare question and answer, nothing annotated. */
    public static Instruction of(String question, String answer) {
        return builder(question, answer).build();
    }

    /** Starts an instruction of which only question and answer are known. */
    public static Builder builder(String question, String answer) {
        return new Builder(question, answer);
    }

    /** A builder that starts with this instruction's values. */
    public Builder toBuilder() {
        return new Builder(question, answer)
                .steps(steps)
                .objects(objects)
                .skills(skills)
                .format(format)
                .imagePosition(imagePosition)
                .extras(extras);
    }

    /** Builds an {@link Instruction}; not thread-safe. */
    public static final class Builder {
        private String question;
        private String answer;
        private List<Step> steps = List.of();
        private List<String> objects = List.of();
        private List<String> skills = List.of();
        private String format = "";
        private String imagePosition = "";
        private Map<String, String> extras = Map.of();

        private Builder(String question, String answer) {
            this.question = Objects.requireNonNull(question, "question");
            this.answer = Objects.requireNonNull(answer, "answer");
        }

        /** Replaces the question. */
        public Builder question(String question) {
            this.question = Objects.requireNonNull(question, "question");
            return this;
        }

        /** Replaces the answer. */
        public Builder answer(String answer) {
            this.answer = Objects.requireNonNull(answer, "answer");
            return this;
        }

        /** The solving steps in order; default none. */
        public Builder steps(List<Step> steps) {
            this.steps = List.copyOf(Objects.requireNonNull(steps, "steps"));
            return this;
        }

        /** Names of the objects asked about; default none. */
        public Builder objects(List<String> objects) {
            this.objects = List.copyOf(Objects.requireNonNull(objects, "objects"));
            return this;
        }

        /** The skills exercised; default none. */
        public Builder skills(List<String> skills) {
            this.skills = List.copyOf(Objects.requireNonNull(skills, "skills"));
            return this;
        }

        /** The form; default empty, "not annotated". */
        public Builder format(String format) {
            this.format = Objects.requireNonNull(format, "format");
            return this;
        }

        /** The part of the image; default empty, "not annotated". */
        public Builder imagePosition(String imagePosition) {
            this.imagePosition = Objects.requireNonNull(imagePosition, "imagePosition");
            return this;
        }

        /**
         * Unknown fields, name to raw JSON text, for example {@code "note"} to {@code "\"seen twice\""}; default none.
         *
         * @throws IllegalArgumentException if a text is not JSON
         */
        public Builder extras(Map<String, String> extras) {
            this.extras = RawFields.checked(extras);
            return this;
        }

        /** The instruction. */
        public Instruction build() {
            return new Instruction(question, answer, steps, objects, skills, format, imagePosition, extras);
        }
    }
}
