package io.github.mmevol.core.dataset;

import io.github.mmevol.core.elimination.Outcome;
import io.github.mmevol.core.elimination.Verdict;
import io.github.mmevol.core.internal.text.TextPrint;
import io.github.mmevol.core.model.ImageEncoder;
import io.github.mmevol.core.model.ImageFingerprint;
import io.github.mmevol.core.sample.ImageSource;
import io.github.mmevol.core.sample.Sample;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.function.BiFunction;

/**
 * What evaluations use, and what therefore is not to be trained on: questions and images. A question hits what is near to
 * it as in {@link Selection#nearDuplicates()}, of whatever image it is asked; an image hits all that is asked of one that
 * {@linkplain ImageFingerprint#isNear is near}. Short, common questions hit widely: where their images are guarded, leave
 * them out. Takes some 0.7 kB for each question. Immutable and thread-safe.
 */
public final class EvalGuard {
    private final List<String> questions;
    private final SeenTexts texts = new SeenTexts();
    private final Map<String, String> files;
    private final List<String> looked;
    private final Looks looks = new Looks();

    private EvalGuard(Builder b) {
        questions = List.copyOf(b.questions);
        for (String question : questions) {
            TextPrint print = TextPrint.of(question, "");
            texts.add(print, MinHash.bands(print), 0);
        }
        files = Map.copyOf(b.files);
        looked = List.copyOf(b.looked);
        b.looks.forEach(looks::add);
    }

    /** Starts a guard that guards nothing yet. */
    public static Builder builder() {
        return new Builder();
    }

    /** How many questions and image hashes are guarded. */
    public int size() {
        return questions.size() + files.size() + looked.size();
    }

    /** A test of the instructions of one output. */
    BiFunction<Sample, Outcome.Kept, Verdict> start() {
        Pictures pictures = new Pictures();
        Map<Integer, Optional<String>> images = new HashMap<>();
        return (sample, kept) -> {
            Optional<String> question = questionNear(kept.instruction().question());
            if (question.isPresent()) {
                return Verdict.reject("an evaluation asks this", question.get());
            }
            if (files.isEmpty() && looked.isEmpty()) {
                return Verdict.pass();
            }
            Optional<String> image = images.computeIfAbsent(
                    pictures.number(sample),
                    number -> pictures.fingerprint(number).flatMap(this::imageNear));
            return image.isPresent() ? Verdict.reject("an evaluation uses this image", image.get()) : Verdict.pass();
        };
    }

    private Optional<String> questionNear(String question) {
        TextPrint print = TextPrint.of(question, "");
        int number = texts.repeated(print, MinHash.bands(print), 0);
        return number == SeenTexts.NONE ? Optional.empty() : Optional.of(questions.get(number));
    }

    private Optional<String> imageNear(ImageFingerprint print) {
        String file = files.get(print.fileHash());
        if (file != null || print.look().isEmpty()) {
            return Optional.ofNullable(file);
        }
        int near = looks.near(print.look().getAsLong());
        return near == Looks.NONE ? Optional.empty() : Optional.of(looked.get(near));
    }

    /** Builds an {@link EvalGuard}; not thread-safe. */
    public static final class Builder {
        private static final int MOST_SHOWN = 80;

        private final ImageEncoder encoder = ImageEncoder.ofDefaults();
        private final List<String> questions = new ArrayList<>();
        /** What images are called, by their files' hashes. */
        private final Map<String, String> files = new HashMap<>();
        /** What images are called, and their looks, in the same order. */
        private final List<String> looked = new ArrayList<>();

        private final List<Long> looks = new ArrayList<>();

        private Builder() {}

        /**
         * Guards a question.
         *
         * @throws IllegalArgumentException if it does not tell what it asks
         */
        public Builder question(String question) {
            Objects.requireNonNull(question, "question");
            if (TextPrint.of(question, "").question().length == 0) {
                String shown = question.length() > MOST_SHOWN ? question.substring(0, MOST_SHOWN) + "..." : question;
                throw new IllegalArgumentException("this question does not tell what it asks: '" + shown + "'");
            }
            questions.add(question);
            return this;
        }

        /**
         * Guards an image; one that cannot be decoded as that very file alone.
         *
         * @param name what evidence calls it
         * @throws io.github.mmevol.core.model.ModelException.UnusableImage if it cannot be read
         */
        public Builder image(String name, ImageSource source) {
            Objects.requireNonNull(name, "name");
            ImageFingerprint print = encoder.fingerprint(source);
            files.putIfAbsent(print.fileHash(), name);
            print.look().ifPresent(look -> look(name, look));
            return this;
        }

        /**
         * Guards an image of which only a hash is at hand.
         *
         * @param hash hexadecimal: the 64 digits of its file's SHA-256, or the 16 of its {@link ImageFingerprint#look()}
         * @throws IllegalArgumentException if it is neither
         */
        public Builder imageHash(String hash) {
            Objects.requireNonNull(hash, "hash");
            String digits = hash.strip().toLowerCase(Locale.ROOT);
            if (!isImageHash(digits)) {
                throw new IllegalArgumentException("not 16 or 64 hexadecimal digits: '" + hash + "'");
            }
            if (digits.length() == 64) {
                files.putIfAbsent(digits, digits);
            } else {
                look(digits, Long.parseUnsignedLong(digits, 16));
            }
            return this;
        }

        /**
         * Guards what a file lists: plain text with a question, a hash, or an image's path on each line, or JSON, lines or an
         * array, of objects with {@code question} (or {@code text}), {@code image} (a path) and {@code image_hash}. Paths are
         * looked up in the file's folder and nowhere else. An image stands for itself, a folder for all images in it.
         *
         * @throws IllegalArgumentException if something in it cannot be guarded, or nothing is in it; the message names the
         *     place
         * @throws java.io.UncheckedIOException if it cannot be read
         */
        public Builder file(Path file) {
            Objects.requireNonNull(file, "file");
            EvalFile.read(file, this);
            return this;
        }

        /** The guard. */
        public EvalGuard build() {
            return new EvalGuard(this);
        }

        static boolean isImageHash(String digits) {
            return (digits.length() == 16 || digits.length() == 64)
                    && digits.chars().allMatch(c -> Character.digit(c, 16) >= 0 && c < 128);
        }

        private void look(String name, long look) {
            looked.add(name);
            looks.add(look);
        }
    }
}
