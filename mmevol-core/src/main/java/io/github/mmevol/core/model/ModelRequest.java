package io.github.mmevol.core.model;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * One call to a model: a system text, the user's parts in order, and what is wished of the reply. Immutable; the image
 * in it is encoded when a client first asks for it.
 */
public final class ModelRequest {

    /** One part of the user's message. */
    public sealed interface Part {}

    /**
     * A stretch of text.
     *
     * @param text the text
     */
    public record Text(String text) implements Part {
        /** Keeps the text. */
        public Text {
            Objects.requireNonNull(text, "text");
        }
    }

    /**
     * An image.
     *
     * @param image the image, encoded on first use
     */
    public record Image(LazyImage image) implements Part {
        /** Keeps the image. */
        public Image {
            Objects.requireNonNull(image, "image");
        }
    }

    private final String purpose;
    private final String system;
    private final List<Part> parts;
    private final ReplyForm replyForm;
    private final SamplingOptions sampling;
    private final int attempt;
    private final @Nullable Deadline deadline;
    private final @Nullable CallTrace trace;

    private ModelRequest(Builder b) {
        purpose = b.purpose;
        system = b.system;
        parts = List.copyOf(b.parts);
        replyForm = b.replyForm;
        sampling = b.sampling;
        attempt = b.attempt;
        deadline = null;
        trace = null;
    }

    private ModelRequest(ModelRequest same, @Nullable Deadline deadline, @Nullable CallTrace trace) {
        purpose = same.purpose;
        system = same.system;
        parts = same.parts;
        replyForm = same.replyForm;
        sampling = same.sampling;
        attempt = same.attempt;
        this.deadline = deadline;
        this.trace = trace;
    }

    /**
     * Starts a request.
     *
     * @param purpose what the call is for, for example {@code evolve:cognitive} or {@code judge}; calls are counted by it
     */
    public static Builder builder(String purpose) {
        return new Builder(purpose);
    }

    /** What the call is for. */
    public String purpose() {
        return purpose;
    }

    /** The system text; empty for none. */
    public String system() {
        return system;
    }

    /** The user's parts in order. */
    public List<Part> parts() {
        return parts;
    }

    /** The user's text parts, joined by line breaks. */
    public String text() {
        return parts.stream()
                .filter(Text.class::isInstance)
                .map(part -> ((Text) part).text())
                .collect(Collectors.joining("\n"));
    }

    /** The wished form of the reply. */
    public ReplyForm replyForm() {
        return replyForm;
    }

    /** How to sample the reply. */
    public SamplingOptions sampling() {
        return sampling;
    }

    /** 0 for a first request; 1 and up where it asks again for what an unusable reply lacked. */
    public int attempt() {
        return attempt;
    }

    /**
     * How much time is left for this call; zero once it is over, empty if nobody set an end. It is no part of what is asked.
     * A client that has a timeout of its own takes the shorter one.
     */
    public Optional<Duration> timeLeft() {
        return Optional.ofNullable(deadline).map(Deadline::left);
    }

    /**
     * This request with so much time from now on, or less where less is left. Zero and less mean that no time is left; more
     * than a year is a year.
     */
    public ModelRequest within(Duration time) {
        return within(Objects.requireNonNull(time, "time"), Time.SYSTEM);
    }

    ModelRequest within(Duration left, Time time) {
        return deadline != null && deadline.left().compareTo(left) <= 0
                ? this
                : new ModelRequest(this, Deadline.in(left, time), trace);
    }

    /** This request with a trace of its call. */
    ModelRequest traced(CallTrace trace) {
        return new ModelRequest(this, deadline, trace);
    }

    /** Who is told of this call. */
    @Nullable
    CallTrace trace() {
        return trace;
    }

    @Override
    public String toString() {
        return "ModelRequest[purpose=" + purpose + ", attempt=" + attempt + ", parts=" + parts.size() + "]";
    }

    /** Builds a {@link ModelRequest}; not thread-safe. */
    public static final class Builder {
        private final String purpose;
        private String system = "";
        private final List<Part> parts = new ArrayList<>();
        private ReplyForm replyForm = ReplyForm.text();
        private SamplingOptions sampling = SamplingOptions.defaults();
        private int attempt;

        private Builder(String purpose) {
            this.purpose = Objects.requireNonNull(purpose, "purpose");
        }

        /** The system text; default empty. */
        public Builder system(String system) {
            this.system = Objects.requireNonNull(system, "system");
            return this;
        }

        /** Adds a text part. */
        public Builder text(String text) {
            parts.add(new Text(text));
            return this;
        }

        /** Adds an image part. */
        public Builder image(LazyImage image) {
            parts.add(new Image(image));
            return this;
        }

        /** The wished form of the reply; default plain text. */
        public Builder replyForm(ReplyForm replyForm) {
            this.replyForm = Objects.requireNonNull(replyForm, "replyForm");
            return this;
        }

        /** How to sample; default all left to the model. */
        public Builder sampling(SamplingOptions sampling) {
            this.sampling = Objects.requireNonNull(sampling, "sampling");
            return this;
        }

        /**
         * The number of this re-asking; default 0.
         *
         * @throws IllegalArgumentException if negative
         */
        public Builder attempt(int attempt) {
            if (attempt < 0) {
                throw new IllegalArgumentException("attempt must not be negative: " + attempt);
            }
            this.attempt = attempt;
            return this;
        }

        /** The request. */
        public ModelRequest build() {
            return new ModelRequest(this);
        }
    }
}
