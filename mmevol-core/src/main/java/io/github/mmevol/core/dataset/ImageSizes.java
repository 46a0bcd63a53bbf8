package io.github.mmevol.core.dataset;

import io.github.mmevol.core.internal.image.ImageHeader;
import io.github.mmevol.core.sample.ImageSource;
import io.github.mmevol.core.sample.Sample;
import java.io.IOException;
import java.io.InputStream;
import java.util.Optional;

/** Sizes of images, upright: the sample's word, else the file's. Remembers the last one; not thread-safe. */
final class ImageSizes {
    private static final int LARGEST_FILE = 64 << 20;
    private static final int FIRST_TURNED = 5;

    private ImageSource last = ImageSource.none();
    private Optional<Size> size = Optional.empty();

    /** Width and height in pixels. */
    record Size(int width, int height) {}

    /** Empty if nobody knows it. */
    Optional<Size> of(Sample sample) {
        if (sample.width() > 0 && sample.height() > 0) {
            return Optional.of(new Size(sample.width(), sample.height()));
        }
        if (!last.equals(sample.imageSource())) {
            last = sample.imageSource();
            size = read(last);
        }
        return size;
    }

    private static Optional<Size> read(ImageSource source) {
        try (InputStream in = source.open()) {
            return ImageHeader.of(in.readNBytes(LARGEST_FILE))
                    .map(header -> header.orientation() < FIRST_TURNED
                            ? new Size(header.width(), header.height())
                            : new Size(header.height(), header.width()));
        } catch (IOException e) {
            return Optional.empty();
        }
    }
}
