package io.github.mmevol.core.sample;

import io.github.mmevol.core.internal.image.ContentHash;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Map;
import java.util.Objects;

/**
 * The identity of a sample: a 128-bit hash of all that its record says, independent of where in a file it stands. An
 * exact repeat of a record gets {@code ~2}, {@code ~3} behind the hash, in input order. An image is its name; one that is
 * {@linkplain ImageSource#isInMemory() in memory} is its bytes too, so that another image under the same name makes another
 * sample. A file that is replaced on disk is not noticed.
 *
 * @param value 32 hexadecimal digits, for a repeat followed by {@code ~} and its number
 */
public record SampleKey(String value) {

    /** Keeps the text. */
    public SampleKey {
        Objects.requireNonNull(value, "value");
    }

    /** The key of a sample that is no repeat. */
    public static SampleKey of(Sample sample) {
        Objects.requireNonNull(sample, "sample");
        return new SampleKey(
                HexFormat.of().formatHex(new Canonical().sample(sample).digest(), 0, 16));
    }

    /**
     * The key of this record's n-th occurrence.
     *
     * @param occurrence 1 for the first, which is this key itself
     */
    public SampleKey occurrence(int occurrence) {
        return occurrence == 1 ? this : new SampleKey(value + "~" + occurrence);
    }

    /** The id of an instruction of this sample: {@code key.round.ordinal}, round 0 for a seed, ordinals from 1. */
    public String instruction(int round, int ordinal) {
        return value + "." + round + "." + ordinal;
    }

    @Override
    public String toString() {
        return value;
    }

    /** Feeds a record's fields to the hash, each with its length in front, so that no two records read alike. */
    private static final class Canonical {
        private final MessageDigest digest;
        private final byte[] eight = new byte[Long.BYTES];

        Canonical() {
            try {
                digest = MessageDigest.getInstance("SHA-256");
            } catch (NoSuchAlgorithmException e) {
                throw new IllegalStateException("every Java platform has SHA-256", e);
            }
        }

        byte[] digest() {
            return digest.digest();
        }

        Canonical sample(Sample s) {
            text(s.id())
                    .text(s.image())
                    .text(s.caption())
                    .text(s.trust().name())
                    .text(s.topicName());
            number(s.width()).number(s.height()).text(s.hashId()).extras(s.extras());
            number(s.objects().size());
            s.objects().forEach(this::object);
            number(s.instructions().size());
            s.instructions().forEach(this::instruction);
            MemoryContent.of(s.imageSource())
                    .map(ContentHash::of)
                    .filter(hash -> !hash.isIn(s.image())) // the name says as much
                    .ifPresent(hash -> text(hash.hex()));
            return this;
        }

        private void object(DetectedObject o) {
            BoundingBox b = o.box();
            text(o.label()).real(b.x1()).real(b.y1()).real(b.x2()).real(b.y2());
            real(o.confidence().orElse(-1));
        }

        private void instruction(Instruction i) {
            text(i.question()).text(i.answer()).text(i.format()).text(i.imagePosition());
            number(i.objects().size());
            i.objects().forEach(this::text);
            number(i.skills().size());
            i.skills().forEach(this::text);
            number(i.steps().size());
            i.steps().forEach(step -> text(step.manipulation()).text(step.description()));
            extras(i.extras());
        }

        private void extras(Map<String, String> extras) {
            number(extras.size());
            extras.entrySet().stream()
                    .sorted(Map.Entry.comparingByKey())
                    .forEach(e -> text(e.getKey()).text(e.getValue()));
        }

        private Canonical text(String text) {
            byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
            number(bytes.length);
            digest.update(bytes);
            return this;
        }

        private Canonical real(double value) {
            return number(Double.doubleToLongBits(value));
        }

        private Canonical number(long value) {
            for (int i = 0; i < Long.BYTES; i++) {
                eight[i] = (byte) (value >>> (56 - 8 * i));
            }
            digest.update(eight);
            return this;
        }
    }
}
