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

/**
 * The pictures that samples are about, numbered: a file has one number, by its name. Files that have been looked at and
 * show the same picture are known to be alike.
 */
final class Pictures {
    private final ImageEncoder encoder = ImageEncoder.ofDefaults();
    private final LongInts numbers = new LongInts();

    /** Where a picture is to be read; none once it has been looked at. */
    private final List<ImageSource> unseen = new ArrayList<>();

    /** A ring through the pictures that are alike: from each one the next; itself where it is alone. */
    private int[] next = new int[1 << 4];

    private final Looks looks = new Looks();
    /** The first picture with a look, by the look's number. */
    private final List<Integer> byLook = new ArrayList<>();

    private final Map<String, Integer> byFile = new HashMap<>();

    /** The number of a sample's picture; where that has no name, of the sample. Reads nothing. */
    int number(Sample sample) {
        ImageSource source = sample.imageSource();
        long key = Hash64.of(name(sample));
        int number = numbers.get(key, unseen.size());
        if (number == unseen.size()) {
            numbers.put(key, number);
            unseen.add(source);
            if (number == next.length) {
                next = Arrays.copyOf(next, 2 * number);
            }
            next[number] = number;
        }
        return number;
    }

    private static String name(Sample sample) {
        String location = sample.imageSource().location();
        if (!location.isEmpty()) {
            return location;
        }
        return sample.image().isEmpty() ? SampleKey.of(sample).value() : sample.image();
    }

    /** Looks at a picture, unless that was done before, and finds which earlier ones it is like. */
    void look(int picture) {
        ImageSource source = unseen.get(picture);
        unseen.set(picture, ImageSource.none());
        fingerprint(source).ifPresent(print -> like(print, picture).ifPresent(other -> join(picture, other)));
    }

    /** The pictures that are known to be like one, and that one. */
    int[] alike(int picture) {
        int count = 1;
        for (int other = next[picture]; other != picture; other = next[other]) {
            count++;
        }
        int[] alike = new int[count];
        alike[0] = picture;
        for (int i = 1; i < count; i++) {
            alike[i] = next[alike[i - 1]];
        }
        return alike;
    }

    /** What a picture is known by; empty if there is none or its file cannot be read. */
    Optional<ImageFingerprint> fingerprint(ImageSource source) {
        if (source == ImageSource.none()) {
            return Optional.empty();
        }
        try {
            return Optional.of(encoder.fingerprint(source));
        } catch (ModelException.UnusableImage e) {
            return Optional.empty();
        }
    }

    /** The first picture that is like a print; where there is none, this one is from now on. */
    private Optional<Integer> like(ImageFingerprint print, int picture) {
        if (print.look().isEmpty()) {
            return Optional.ofNullable(byFile.putIfAbsent(print.fileHash(), picture));
        }
        long look = print.look().getAsLong();
        int near = looks.near(look);
        if (near != Looks.NONE) {
            return Optional.of(byLook.get(near));
        }
        looks.add(look);
        byLook.add(picture);
        return Optional.empty();
    }

    private void join(int picture, int other) {
        int behind = next[picture];
        next[picture] = next[other];
        next[other] = behind;
    }
}
