package io.github.mmevol.core.model;

import io.github.mmevol.core.internal.image.Exif;
import io.github.mmevol.core.internal.image.ImageHeader;
import io.github.mmevol.core.internal.image.PixelScaler;
import io.github.mmevol.core.model.ModelException.UnusableImage;
import io.github.mmevol.core.sample.ImageSource;
import java.awt.image.BufferedImage;
import java.awt.image.IndexColorModel;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.channels.ClosedByInterruptException;
import java.nio.charset.StandardCharsets;
import java.util.Iterator;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.Semaphore;
import javax.imageio.IIOImage;
import javax.imageio.ImageIO;
import javax.imageio.ImageReadParam;
import javax.imageio.ImageReader;
import javax.imageio.ImageWriteParam;
import javax.imageio.ImageWriter;
import javax.imageio.stream.ImageInputStream;
import javax.imageio.stream.MemoryCacheImageInputStream;
import javax.imageio.stream.MemoryCacheImageOutputStream;
import org.jspecify.annotations.Nullable;

/**
 * Makes images ready to send to a model. A JPEG or PNG within the longest side that is upright, opaque and RGB or grey
 * passes through byte for byte. Every other image that ImageIO reads is decoded, scaled down, turned upright by its EXIF
 * orientation, laid on white where it is transparent, and written anew: as PNG where it holds a palette (drawings,
 * screenshots), as JPEG of quality 0.9 otherwise. Nothing is ever scaled up.
 *
 * <p>{@link #ofDefaults()}: longest side 512 pixels, at most 64 megapixels and 64 MiB a file, two images decoded at a
 * time. WebP and CMYK JPEG need an ImageIO plug-in on the class path, for example TwelveMonkeys. Immutable and
 * thread-safe; share one, as its permits bound the memory that decoding takes.
 */
public final class ImageEncoder {
    private static final float JPEG_QUALITY = 0.9f;
    /** Longest side of what is looked at to tell whether two images show the same. */
    private static final int LOOK_SIDE = 128;

    private final int longestSide;
    private final int maxMegapixels;
    private final int maxFileBytes;
    private final int decodePermits;
    private final Semaphore permits;

    private ImageEncoder(Builder b) {
        longestSide = b.longestSide;
        maxMegapixels = b.maxMegapixels;
        maxFileBytes = b.maxFileBytes;
        decodePermits = b.decodePermits;
        permits = new Semaphore(decodePermits);
    }

    /** Longest side 512 pixels, at most 64 megapixels and 64 MiB a file, two images decoded at a time. */
    public static ImageEncoder ofDefaults() {
        return builder().build();
    }

    /** Starts an encoder. */
    public static Builder builder() {
        return new Builder();
    }

    /** A builder that starts with this encoder's options. */
    public Builder toBuilder() {
        return new Builder()
                .longestSide(longestSide)
                .maxMegapixels(maxMegapixels)
                .maxFileBytes(maxFileBytes)
                .decodePermits(decodePermits);
    }

    /** What it is set to, as far as the images that it makes depend on it. */
    public String settings() {
        return "longest side " + longestSide;
    }

    /** The image, not yet read. Its file is read at most once, decoded at most once, and let go of when encoded. */
    public LazyImage image(ImageSource source) {
        return new SourceImage(this, Objects.requireNonNull(source, "source"));
    }

    /**
     * What the image is known by when it comes again. Reads the file and decodes it small.
     *
     * @throws UnusableImage if the file cannot be read, is empty or too large; one that is broken, no image, or without
     *     contrast has no {@linkplain ImageFingerprint#look() look}
     */
    public ImageFingerprint fingerprint(ImageSource source) {
        byte[] file = read(Objects.requireNonNull(source, "source"));
        return new ImageFingerprint(SourceImage.sha256(file), look(file, source));
    }

    private OptionalLong look(byte[] file, ImageSource source) {
        try {
            EncodedImage small = toBuilder().longestSide(LOOK_SIDE).build().encode(file, source);
            BufferedImage picture =
                    ImageIO.read(new MemoryCacheImageInputStream(new ByteArrayInputStream(small.bytes())));
            return picture == null ? OptionalLong.empty() : PerceptualHash.of(picture);
        } catch (UnusableImage | IOException e) {
            return OptionalLong.empty();
        }
    }

    /**
     * A file's bytes.
     *
     * @throws UnusableImage if it cannot be read, is empty or too large
     */
    byte[] read(ImageSource source) {
        byte[] file;
        try (InputStream in = source.open()) {
            file = in.readNBytes(maxFileBytes + 1);
        } catch (ClosedByInterruptException e) {
            throw new ModelException.Interrupted("interrupted while reading image " + source, e);
        } catch (IOException | RuntimeException e) {
            throw new UnusableImage(e.getMessage() == null ? "cannot read image " + source : e.getMessage(), e);
        }
        if (file.length == 0) {
            throw new UnusableImage("image " + source + " is empty");
        }
        if (file.length > maxFileBytes) {
            throw new UnusableImage("image " + source + " has more than " + maxFileBytes
                    + " bytes; make it smaller or raise maxFileBytes");
        }
        return file;
    }

    /**
     * The file ready to send.
     *
     * @throws UnusableImage if it is broken, too large or no image
     */
    EncodedImage encode(byte[] file, ImageSource source) {
        try {
            Optional<ImageHeader> known = ImageHeader.of(file);
            if (known.isEmpty()) {
                return withPermit(file, null);
            }
            ImageHeader header = known.get();
            checkPixels(header.width(), header.height());
            if (header.plain() && header.orientation() == 1 && header.within(longestSide)) {
                int width = header.width();
                int height = header.height();
                return new EncodedImage(file, header.mediaType(), width, height, width, height);
            }
            return withPermit(file, header);
        } catch (IOException e) {
            throw new UnusableImage("image " + source + ": " + e.getMessage(), e);
        } catch (RuntimeException e) { // what ImageIO's readers throw at broken files
            throw new UnusableImage("image " + source + " is broken: " + e, e);
        }
    }

    private EncodedImage withPermit(byte[] file, @Nullable ImageHeader header) throws IOException {
        permits.acquireUninterruptibly(); // held for milliseconds, by decoding alone
        try {
            return transcode(file, header);
        } finally {
            permits.release();
        }
    }

    private EncodedImage transcode(byte[] file, @Nullable ImageHeader header) throws IOException {
        int orientation = header == null ? Exif.orientation(file, 0, file.length) : header.orientation();
        byte[] toDecode = header == null ? file : header.toDecode(file);
        try (ImageInputStream in = new MemoryCacheImageInputStream(new ByteArrayInputStream(toDecode))) {
            Iterator<ImageReader> readers = ImageIO.getImageReaders(in);
            if (!readers.hasNext()) {
                throw new IOException(unreadable(file));
            }
            ImageReader reader = readers.next();
            try {
                if (header != null
                        && header.cmyk()
                        && reader.getClass().getName().startsWith("com.sun.")) {
                    throw new IOException("a CMYK JPEG, which the JDK shows in wrong colours; convert it to RGB, or put"
                            + " com.twelvemonkeys.imageio:imageio-jpeg on the class path");
                }
                reader.setInput(in, true, true);
                int width = reader.getWidth(0);
                int height = reader.getHeight(0);
                checkPixels(width, height);
                return write(reader, width, height, orientation);
            } finally {
                reader.dispose();
            }
        }
    }

    private EncodedImage write(ImageReader reader, int width, int height, int orientation) throws IOException {
        double shrink = Math.max(1, (double) Math.max(width, height) / longestSide);
        int newWidth = Math.max(1, (int) Math.round(width / shrink));
        int newHeight = Math.max(1, (int) Math.round(height / shrink));
        BufferedImage picture = decode(reader, width, height, shrink);
        BufferedImage upright = PixelScaler.scale(
                picture, Math.min(newWidth, picture.getWidth()), Math.min(newHeight, picture.getHeight()), orientation);
        boolean palette = picture.getColorModel() instanceof IndexColorModel;
        boolean turned = orientation >= 5;
        return new EncodedImage(
                bytes(upright, palette ? "png" : "jpeg"),
                palette ? "image/png" : "image/jpeg",
                upright.getWidth(),
                upright.getHeight(),
                turned ? height : width,
                turned ? width : height);
    }

    /** Skips pixels while reading where at least twice the wanted number is left in each direction. */
    private static BufferedImage decode(ImageReader reader, int width, int height, double shrink) throws IOException {
        ImageReadParam param = reader.getDefaultReadParam();
        int every = (int) Math.min(shrink / 2, Math.min(width, height));
        if (every > 1) {
            param.setSourceSubsampling(every, every, 0, 0);
        }
        try {
            return reader.read(0, param);
        } catch (IOException e) {
            throw new IOException("cannot be decoded: " + e.getMessage(), e);
        }
    }

    private static byte[] bytes(BufferedImage picture, String format) throws IOException {
        ImageWriter writer = ImageIO.getImageWritersByFormatName(format).next();
        ByteArrayOutputStream bytes = new ByteArrayOutputStream(1 << 16);
        try (MemoryCacheImageOutputStream out = new MemoryCacheImageOutputStream(bytes)) {
            ImageWriteParam param = writer.getDefaultWriteParam();
            if (format.equals("jpeg")) {
                param.setCompressionMode(ImageWriteParam.MODE_EXPLICIT);
                param.setCompressionQuality(JPEG_QUALITY);
            }
            writer.setOutput(out);
            writer.write(null, new IIOImage(picture, null, null), param);
        } finally {
            writer.dispose();
        }
        return bytes.toByteArray();
    }

    private void checkPixels(int width, int height) throws IOException {
        if ((long) width * height > maxMegapixels * 1_000_000L) {
            throw new IOException("it has " + width + " x " + height + " pixels, more than " + maxMegapixels
                    + " megapixels; make it smaller or raise maxMegapixels");
        }
    }

    private static String unreadable(byte[] file) {
        String start = new String(file, 0, Math.min(16, file.length), StandardCharsets.ISO_8859_1);
        if (start.startsWith("RIFF") && start.startsWith("WEBP", 8)) {
            return "a WebP image, which the JDK cannot read; convert it to JPEG or PNG, or put"
                    + " com.twelvemonkeys.imageio:imageio-webp on the class path";
        }
        if (start.startsWith("ftyp", 4)) {
            return "an image or film of the kind '" + start.substring(8, Math.min(12, start.length()))
                    + "' (AVIF, HEIC and the like), which the JDK cannot read; convert it to JPEG or PNG";
        }
        String shown = start.codePoints()
                .map(c -> c >= ' ' && c < 127 ? c : '.')
                .collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append)
                .toString();
        return "not an image that can be read: it begins with '" + shown + "'";
    }

    /** Builds an {@link ImageEncoder}; not thread-safe. */
    public static final class Builder {
        private int longestSide = 512;
        private int maxMegapixels = 64;
        private int maxFileBytes = 64 << 20;
        private int decodePermits = 2;

        private Builder() {}

        /** The longest side of what is sent, in pixels; default 512. */
        public Builder longestSide(int pixels) {
            longestSide = atLeastOne(pixels, "longestSide");
            return this;
        }

        /** The largest image that is decoded, in millions of pixels; default 64. Told from the header. */
        public Builder maxMegapixels(int megapixels) {
            maxMegapixels = atLeastOne(megapixels, "maxMegapixels");
            return this;
        }

        /** The largest file that is read, in bytes; default 64 MiB. */
        public Builder maxFileBytes(int bytes) {
            maxFileBytes = Math.min(atLeastOne(bytes, "maxFileBytes"), Integer.MAX_VALUE - 16);
            return this;
        }

        /** How many images are decoded at the same time; default 2. */
        public Builder decodePermits(int permits) {
            decodePermits = atLeastOne(permits, "decodePermits");
            return this;
        }

        /** The encoder. */
        public ImageEncoder build() {
            return new ImageEncoder(this);
        }

        private static int atLeastOne(int value, String option) {
            if (value < 1) {
                throw new IllegalArgumentException(option + " must be at least 1: " + value);
            }
            return value;
        }
    }
}
