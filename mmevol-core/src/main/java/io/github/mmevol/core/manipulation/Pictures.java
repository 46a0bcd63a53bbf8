package io.github.mmevol.core.manipulation;

import io.github.mmevol.core.internal.image.Exif;
import io.github.mmevol.core.internal.image.ImageHeader;
import io.github.mmevol.core.internal.image.PixelScaler;
import io.github.mmevol.core.sample.BoundingBox;
import io.github.mmevol.core.sample.ImageSource;
import java.awt.Graphics2D;
import java.awt.Rectangle;
import java.awt.RenderingHints;
import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.Iterator;
import java.util.Optional;
import java.util.concurrent.Semaphore;
import javax.imageio.ImageIO;
import javax.imageio.ImageReadParam;
import javax.imageio.ImageReader;
import javax.imageio.stream.ImageInputStream;
import javax.imageio.stream.MemoryCacheImageInputStream;

/** Cuts parts out of image files and enlarges them. Thread-safe; few images are decoded at a time. */
final class Pictures {
    private static final int ZOOM = 2;
    private static final int MOST_BYTES = 64 << 20;
    private static final long MOST_PIXELS = 64_000_000;
    private static final int PERMITS = 2;

    private final Semaphore permits = new Semaphore(PERMITS);

    byte[] read(ImageSource source) throws IOException {
        try (InputStream in = source.open()) {
            byte[] file = in.readNBytes(MOST_BYTES + 1);
            if (file.length > MOST_BYTES) {
                throw new IOException("image " + source + " has more than " + MOST_BYTES + " bytes");
            }
            return file;
        }
    }

    /** The part of an image file in a box, enlarged. */
    BufferedImage zoomed(byte[] file, BoundingBox box) throws IOException {
        Optional<ImageHeader> header = ImageHeader.of(file);
        int orientation = header.map(ImageHeader::orientation).orElseGet(() -> Exif.orientation(file, 0, file.length));
        byte[] toDecode = header.map(known -> known.toDecode(file)).orElse(file);
        permits.acquireUninterruptibly(); // held while an image is decoded
        try (ImageInputStream in = new MemoryCacheImageInputStream(new ByteArrayInputStream(toDecode))) {
            Iterator<ImageReader> readers = ImageIO.getImageReaders(in);
            if (!readers.hasNext()) {
                throw new IOException("not an image that can be read");
            }
            ImageReader reader = readers.next();
            try {
                reader.setInput(in, true, true);
                return enlarged(cut(reader, box, orientation));
            } finally {
                reader.dispose();
            }
        } catch (RuntimeException e) { // what ImageIO's readers throw at broken files
            throw new IOException("the image is broken: " + e, e);
        } finally {
            permits.release();
        }
    }

    private static BufferedImage cut(ImageReader reader, BoundingBox box, int orientation) throws IOException {
        int width = reader.getWidth(0);
        int height = reader.getHeight(0);
        if ((long) width * height > MOST_PIXELS) {
            throw new IOException("the image has " + width + " x " + height + " pixels, more than can be looked at");
        }
        if (orientation == 1) {
            ImageReadParam param = reader.getDefaultReadParam();
            param.setSourceRegion(rectangle(box, width, height));
            return reader.read(0, param);
        }
        BufferedImage upright = PixelScaler.scale(reader.read(0), width, height, orientation);
        Rectangle part = rectangle(box, upright.getWidth(), upright.getHeight());
        return upright.getSubimage(part.x, part.y, part.width, part.height);
    }

    private static Rectangle rectangle(BoundingBox box, int width, int height) {
        int left = Math.min(width - 1, (int) Math.floor(box.x1() * width));
        int top = Math.min(height - 1, (int) Math.floor(box.y1() * height));
        int right = Math.max(left + 1, (int) Math.ceil(box.x2() * width));
        int bottom = Math.max(top + 1, (int) Math.ceil(box.y2() * height));
        return new Rectangle(left, top, Math.min(width, right) - left, Math.min(height, bottom) - top);
    }

    private static BufferedImage enlarged(BufferedImage part) {
        BufferedImage large =
                new BufferedImage(ZOOM * part.getWidth(), ZOOM * part.getHeight(), BufferedImage.TYPE_INT_RGB);
        Graphics2D graphics = large.createGraphics();
        try {
            graphics.setRenderingHint(RenderingHints.KEY_INTERPOLATION, RenderingHints.VALUE_INTERPOLATION_BICUBIC);
            graphics.drawImage(part, 0, 0, large.getWidth(), large.getHeight(), java.awt.Color.WHITE, null);
        } finally {
            graphics.dispose();
        }
        return large;
    }
}
