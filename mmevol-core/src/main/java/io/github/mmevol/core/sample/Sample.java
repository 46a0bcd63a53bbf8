package io.github.mmevol.core.sample;

import io.github.mmevol.core.internal.image.ContentHash;
import io.github.mmevol.core.internal.json.RawFields;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Consumer;

/**
 * One image with its caption, detected objects and seed instructions. An empty caption and empty objects mean "not
 * annotated". Immutable and thread-safe; equal by value.
 */
public final class Sample {
    private final String id;
    private final String image;
    private final ImageSource imageSource;
    private final String caption;
    private final List<DetectedObject> objects;
    private final List<Instruction> instructions;
    private final AnnotationTrust trust;
    private final String topicName;
    private final int width;
    private final int height;
    private final String hashId;
    private final Map<String, String> extras;

    private Sample(Builder b) {
        id = b.id;
        image = b.image;
        imageSource = b.imageSource;
        caption = b.caption;
        objects = b.objects;
        instructions = b.instructions;
        trust = b.trust;
        topicName = b.topicName;
        width = b.width;
        height = b.height;
        hashId = b.hashId;
        extras = b.extras;
    }

    /**
     * Starts a sample.
     *
     * @param id the id as the data file has it; need not be unique
     */
    public static Builder builder(String id) {
        return new Builder(id);
    }

    /** The id as the data file has it; need not be unique, see {@link SampleKey}. */
    public String id() {
        return id;
    }

    /** The image's name as the data file has it, usually a relative path; empty if there is none. */
    public String image() {
        return image;
    }

    /** Where the image's bytes come from; {@link ImageSource#none()} if there is no image. */
    public ImageSource imageSource() {
        return imageSource;
    }

    /** What the image shows, in words; empty if not annotated. */
    public String caption() {
        return caption;
    }

    /** The annotated objects; empty if not annotated. */
    public List<DetectedObject> objects() {
        return objects;
    }

    /** The seed instructions; may be empty. */
    public List<Instruction> instructions() {
        return instructions;
    }

    /** How far {@link #objects()} can be believed. */
    public AnnotationTrust trust() {
        return trust;
    }

    /** The topic as the data file has it; empty if there is none. */
    public String topicName() {
        return topicName;
    }

    /** Width of the original image in pixels; 0 if unknown. */
    public int width() {
        return width;
    }

    /** Height of the original image in pixels; 0 if unknown. */
    public int height() {
        return height;
    }

    /** The {@code hash_id} as the data file has it; empty if there is none. */
    public String hashId() {
        return hashId;
    }

    /** Fields of the record that this library does not know, name to raw JSON text, written back unchanged. */
    public Map<String, String> extras() {
        return extras;
    }

    /** A builder that starts with this sample's values. */
    public Builder toBuilder() {
        return new Builder(id)
                .image(image, imageSource)
                .caption(caption)
                .objects(objects)
                .instructions(instructions)
                .trust(trust)
                .topicName(topicName)
                .size(width, height)
                .hashId(hashId)
                .extras(extras);
    }

    /** A copy changed by the given steps, for example {@code sample.with(b -> b.caption("A harbour at dawn."))}. */
    public Sample with(Consumer<Builder> change) {
        Objects.requireNonNull(change, "change");
        Builder builder = toBuilder();
        change.accept(builder);
        return builder.build();
    }

    private List<Object> values() {
        return List.of(
                id,
                image,
                imageSource,
                caption,
                objects,
                instructions,
                trust,
                topicName,
                width,
                height,
                hashId,
                extras);
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Sample that && values().equals(that.values());
    }

    @Override
    public int hashCode() {
        return values().hashCode();
    }

    @Override
    public String toString() {
        return "Sample[id=" + id + ", image=" + image + ", objects=" + objects.size() + ", instructions="
                + instructions.size() + "]";
    }

    /** Builds a {@link Sample}; not thread-safe. */
    public static final class Builder {
        private final String id;
        private String image = "";
        private ImageSource imageSource = ImageSource.none();
        private String caption = "";
        private List<DetectedObject> objects = List.of();
        private List<Instruction> instructions = List.of();
        private AnnotationTrust trust = AnnotationTrust.PRECISE;
        private String topicName = "";
        private int width;
        private int height;
        private String hashId = "";
        private Map<String, String> extras = Map.of();

        private Builder(String id) {
            this.id = Objects.requireNonNull(id, "id");
        }

        /**
         * The image; default none.
         *
         * @param name its name as written to data files; where it is empty, an image {@linkplain ImageSource#isInMemory() in
         *     memory} gets one made of its bytes
         * @param source where its bytes come from
         */
        public Builder image(String name, ImageSource source) {
            Objects.requireNonNull(name, "name");
            this.imageSource = Objects.requireNonNull(source, "source");
            this.image = name.isEmpty()
                    ? MemoryContent.of(source).map(ContentHash::nameOf).orElse("")
                    : name;
            return this;
        }

        /** What the image shows; default empty. */
        public Builder caption(String caption) {
            this.caption = Objects.requireNonNull(caption, "caption");
            return this;
        }

        /** The annotated objects; default none. */
        public Builder objects(List<DetectedObject> objects) {
            this.objects = List.copyOf(Objects.requireNonNull(objects, "objects"));
            return this;
        }

        /** The seed instructions; default none. */
        public Builder instructions(List<Instruction> instructions) {
            this.instructions = List.copyOf(Objects.requireNonNull(instructions, "instructions"));
            return this;
        }

        /** How far the objects can be believed; default {@link AnnotationTrust#PRECISE}. */
        public Builder trust(AnnotationTrust trust) {
            this.trust = Objects.requireNonNull(trust, "trust");
            return this;
        }

        /** The topic; default empty. */
        public Builder topicName(String topicName) {
            this.topicName = Objects.requireNonNull(topicName, "topicName");
            return this;
        }

        /**
         * Size of the original image in pixels; default 0 x 0, unknown.
         *
         * @throws IllegalArgumentException if negative
         */
        public Builder size(int width, int height) {
            if (width < 0 || height < 0) {
                throw new IllegalArgumentException("image size must not be negative: " + width + " x " + height);
            }
            this.width = width;
            this.height = height;
            return this;
        }

        /** The {@code hash_id}; default empty. */
        public Builder hashId(String hashId) {
            this.hashId = Objects.requireNonNull(hashId, "hashId");
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

        /** The sample. */
        public Sample build() {
            return new Sample(this);
        }
    }
}
