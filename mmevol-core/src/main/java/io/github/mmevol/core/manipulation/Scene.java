package io.github.mmevol.core.manipulation;

import io.github.mmevol.core.sample.BoundingBox;
import io.github.mmevol.core.sample.Sample;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.math.BigDecimal;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** What the tools of one execution see: the sample, its image, and the values so far. Used by one thread. */
public final class Scene {
    private final Sample sample;
    private final Pictures pictures;
    private final Map<String, Value> values = new LinkedHashMap<>();
    private final Map<String, List<BigDecimal>> stated = new LinkedHashMap<>();
    private final Map<String, String> phrases = new LinkedHashMap<>();
    private byte @Nullable [] file;

    Scene(Sample sample, Pictures pictures) {
        this.sample = sample;
        this.pictures = pictures;
    }

    /** The sample. */
    public Sample sample() {
        return sample;
    }

    /**
     * The value of a variable.
     *
     * @param name its name, see {@link Argument.Variable}
     * @return empty if no call before has given it a value that could be worked out
     */
    public Optional<Value> value(String name) {
        return Optional.ofNullable(find(values, name));
    }

    /**
     * The part of the image in a box, twice as wide and high. The image is read once and let go of with the scene.
     *
     * @throws IOException if the image cannot be read, is broken or too large
     */
    public BufferedImage zoomed(BoundingBox box) throws IOException {
        byte[] bytes = file;
        if (bytes == null) {
            bytes = pictures.read(sample.imageSource());
            file = bytes;
        }
        return pictures.zoomed(bytes, box);
    }

    Map<String, Value> values() {
        return values;
    }

    void give(String name, Value value) {
        values.put(name, value);
    }

    /** Keeps the numbers that the text states for a variable. */
    void state(String name, List<BigDecimal> numbers) {
        stated.put(name, numbers);
    }

    /** The numbers that the text states for a variable; empty if none. */
    List<BigDecimal> stated(String name) {
        List<BigDecimal> numbers = find(stated, name);
        return numbers == null ? List.of() : numbers;
    }

    /** Keeps what the boxes of a variable are called. */
    void name(String name, String phrase) {
        phrases.put(name, phrase);
    }

    /** What the boxes of a variable are called; empty if that is not known. */
    String phrase(String name) {
        String phrase = find(phrases, name);
        return phrase == null ? "" : phrase;
    }

    /** What is kept under a name, under another name for the same number, or under the last one with this stem. */
    private static <T> @Nullable T find(Map<String, T> kept, String name) {
        T exact = kept.get(name);
        if (exact != null) {
            return exact;
        }
        boolean bare = Names.number(name).isEmpty();
        T found = null;
        for (Map.Entry<String, T> entry : kept.entrySet()) {
            boolean same = bare ? Names.stem(entry.getKey()).equals(name) : Names.sameNumber(entry.getKey(), name);
            found = same ? entry.getValue() : found;
        }
        return found;
    }
}
