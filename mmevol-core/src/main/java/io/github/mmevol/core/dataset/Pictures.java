package io.github.mmevol.core.dataset;

import io.github.mmevol.core.model.ImageEncoder;
import io.github.mmevol.core.model.ImageFingerprint;
import io.github.mmevol.core.model.ModelException;
import io.github.mmevol.core.sample.ImageSource;
import io.github.mmevol.core.sample.Sample;
import io.github.mmevol.core.sample.SampleKey;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * The pictures that samples are about, numbered: a file has one number, by its name. A file that has been looked at and
 * shows what an earlier one shows is its copy.
 */
final class Pictures {
    private final ImageEncoder encoder = ImageEncoder.ofDefaults();
    private final LongInts numbers = new LongInts();

    /** Where a picture is to be read; none once it has been, and of one in memory, whose bytes are not kept. */
    private final List<ImageSource> unseen = new ArrayList<>();

    /** What pictures in memory are known by, until that is asked for. */
    private final Map<Integer, ImageFingerprint> inMemory = new HashMap<>();

    /** The picture that each one is a copy of; itself where it is none. */
    private int[] originals = new int[1 << 4];

    private final Looks looks = new Looks();

    /** The picture of each look. */
    private final List<Integer> looked = new ArrayList<>();

    /** The pictures that cannot be decoded, by their files' hashes. */
    private final Map<String, Integer> undecoded = new HashMap<>();

    /** The number of a sample's picture; where that has no name, of the sample. Reads no file. */
    int number(Sample sample) {
        long key = Hash64.of(name(sample));
        int number = numbers.get(key, unseen.size());
        if (number == unseen.size()) {
            numbers.put(key, number);
            ImageSource source = sample.imageSource();
            unseen.add(source.isInMemory() ? ImageSource.none() : source);
            if (number == originals.length) {
                originals = Arrays.copyOf(originals, 2 * number);
            }
            originals[number] = number;
            if (source.isInMemory()) {
                read(source).ifPresent(print -> inMemory.put(number, print));
            }
        }
        return number;
    }

    /** The first picture that is known to be the same. */
    int original(int picture) {
        return originals[picture];
    }

    /** Looks at a picture, unless that was done before, to tell whether it is a copy of one that was looked at before. */
    void look(int picture) {
        fingerprint(picture)
                .map(print -> sameAs(print, picture))
                .orElse(OptionalInt.empty())
                .ifPresent(original -> originals[picture] = original);
    }

    /** What a picture is known by, told once; empty if there is none or its file cannot be read. */
    Optional<ImageFingerprint> fingerprint(int picture) {
        ImageSource source = unseen.get(picture);
        unseen.set(picture, ImageSource.none());
        return Optional.ofNullable(inMemory.remove(picture)).or(() -> read(source));
    }

    private Optional<ImageFingerprint> read(ImageSource source) {
        if (source == ImageSource.none()) {
            return Optional.empty();
        }
        try {
            return Optional.of(encoder.fingerprint(source));
        } catch (ModelException.UnusableImage e) {
            return Optional.empty();
        }
    }

    private static String name(Sample sample) {
        String location = sample.imageSource().location();
        if (!location.isEmpty()) {
            return location;
        }
        return sample.image().isEmpty() ? SampleKey.of(sample).value() : sample.image();
    }

    /** The first picture that is like a print; where there is none, this one is from now on. */
    private OptionalInt sameAs(ImageFingerprint print, int picture) {
        if (print.look().isEmpty()) {
            Integer first = undecoded.putIfAbsent(print.fileHash(), picture);
            return first == null ? OptionalInt.empty() : OptionalInt.of(first);
        }
        long look = print.look().getAsLong();
        int near = looks.near(look);
        if (near != Looks.NONE) {
            return OptionalInt.of(looked.get(near));
        }
        looks.add(look);
        looked.add(picture);
        return OptionalInt.empty();
    }
}
