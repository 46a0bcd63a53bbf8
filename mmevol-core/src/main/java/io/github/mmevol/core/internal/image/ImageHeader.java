package io.github.mmevol.core.internal.image;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.zip.CRC32;

/**
 * What the structure of a JPEG or PNG file tells without decoding it.
 *
 * @param mediaType {@code image/jpeg} or {@code image/png}
 * @param width width in pixels as stored
 * @param height height in pixels as stored
 * @param orientation the EXIF orientation, 1..8
 * @param plain whether it is RGB or grey with eight bits at most, opaque and a single picture
 * @param cmyk whether it has four colour channels
 * @param srgbProfile where in a JPEG the marker byte of an embedded standard sRGB profile stands; 0 for none
 */
public record ImageHeader(
        String mediaType, int width, int height, int orientation, boolean plain, boolean cmyk, int srgbProfile) {
    private static final byte[] PNG_START = {(byte) 0x89, 'P', 'N', 'G', '\r', '\n', 0x1a, '\n'};
    private static final byte[] ICC_START = {'I', 'C', 'C', '_', 'P', 'R', 'O', 'F', 'I', 'L', 'E', 0, 1, 1};
    private static final byte[] STANDARD_SRGB = {'I', 'E', 'C', ' ', 's', 'R', 'G', 'B'};
    private static final byte[] EXIF_START = {'E', 'x', 'i', 'f', 0, 0};

    /**
     * Reads the header and checks that the file is complete.
     *
     * @return empty if the file is neither a JPEG nor a PNG
     * @throws IOException if it is one, but broken or cut off
     */
    public static Optional<ImageHeader> of(byte[] file) throws IOException {
        if (startsWith(file, 0, PNG_START)) {
            return Optional.of(png(file));
        }
        boolean jpeg = file.length > 3 && u8(file, 0) == 0xff && u8(file, 1) == 0xd8 && u8(file, 2) == 0xff;
        return jpeg ? Optional.of(jpeg(file)) : Optional.empty();
    }

    public boolean within(int longestSide) {
        return Math.max(width, height) <= longestSide;
    }

    /**
     * The file as it is to be decoded: a JPEG without the standard sRGB profile, which says what holds without it too, but
     * makes the JDK convert each pixel from sRGB to sRGB.
     */
    public byte[] toDecode(byte[] file) {
        if (srgbProfile == 0) {
            return file;
        }
        byte[] copy = file.clone();
        copy[srgbProfile] = (byte) 0xef; // a segment for applications, which decoders skip
        return copy;
    }

    private static ImageHeader jpeg(byte[] file) throws IOException {
        int width = 0;
        int height = 0;
        int precision = 0;
        int components = 0;
        int orientation = 1;
        boolean oriented = false;
        int srgbProfile = 0;
        int at = 2;
        while (true) {
            while (at + 1 < file.length && u8(file, at) == 0xff && u8(file, at + 1) == 0xff) {
                at++; // fill bytes
            }
            if (at + 3 >= file.length) {
                throw new IOException("the JPEG file is cut off in its header");
            }
            if (u8(file, at) != 0xff) {
                throw new IOException("the JPEG file is broken: no marker at byte " + at);
            }
            int marker = u8(file, at + 1);
            if (marker == 0xd9) {
                throw new IOException("the JPEG file holds no picture");
            }
            if (marker == 0x01 || (marker >= 0xd0 && marker <= 0xd7)) {
                at += 2;
                continue;
            }
            int length = u16(file, at + 2);
            int body = at + 4;
            int end = at + 2 + length;
            if (length < 2 || end > file.length) {
                throw new IOException("the JPEG file is cut off in its header");
            }
            boolean frame = marker >= 0xc0 && marker <= 0xcf && marker != 0xc4 && marker != 0xc8 && marker != 0xcc;
            if (frame && length >= 8) {
                precision = u8(file, body);
                height = u16(file, body + 1);
                width = u16(file, body + 3);
                components = u8(file, body + 5);
            } else if (marker == 0xe1 && !oriented && startsWith(file, body, EXIF_START)) {
                orientation = Exif.orientation(file, body + EXIF_START.length, end);
                oriented = true;
            } else if (marker == 0xe2
                    && startsWith(file, body, ICC_START)
                    && startsWith(file, body + ICC_START.length + 48, STANDARD_SRGB)) {
                srgbProfile = at + 1;
            }
            at = end;
            if (marker == 0xda) {
                break;
            }
        }
        if (width == 0 || height == 0) {
            throw new IOException("the JPEG file is broken: it states no size");
        }
        if (!hasEndOfImage(file, at)) {
            throw new IOException("the JPEG file is cut off: its end-of-image marker is missing");
        }
        boolean plain = precision == 8 && (components == 1 || components == 3);
        return new ImageHeader("image/jpeg", width, height, orientation, plain, components == 4, srgbProfile);
    }

    /** Inside compressed data a 0xff is never followed by 0xd9, so the first such pair is the end. */
    private static boolean hasEndOfImage(byte[] file, int from) {
        int last = file.length - 2;
        if (last >= from && file[last] == (byte) 0xff && file[last + 1] == (byte) 0xd9) {
            return true;
        }
        for (int i = from; i + 1 < file.length; i++) {
            if (file[i] == (byte) 0xff && file[i + 1] == (byte) 0xd9) {
                return true;
            }
        }
        return false;
    }

    private static ImageHeader png(byte[] file) throws IOException {
        int width = 0;
        int height = 0;
        int orientation = 1;
        boolean plain = true;
        int at = PNG_START.length;
        while (true) {
            if (at + 12 > file.length) {
                throw new IOException("the PNG file is cut off: its end chunk is missing");
            }
            int length = i32(file, at);
            int body = at + 8;
            if (length < 0 || length > file.length - body - 4) {
                throw new IOException("the PNG file is cut off or broken at byte " + at);
            }
            String type = new String(file, at + 4, 4, StandardCharsets.ISO_8859_1);
            if (Character.isUpperCase(type.charAt(0)) && !intact(file, at, length)) {
                throw new IOException("the PNG file is broken: wrong checksum in its " + type + " chunk");
            }
            if (at == PNG_START.length && (!type.equals("IHDR") || length < 13)) {
                throw new IOException("the PNG file is broken: it does not begin with its header");
            }
            switch (type) {
                case "IHDR" -> {
                    width = i32(file, body);
                    height = i32(file, body + 4);
                    int colourType = u8(file, body + 9);
                    plain &= u8(file, body + 8) <= 8 && (colourType == 0 || colourType == 2);
                }
                case "tRNS", "acTL" -> plain = false;
                case "eXIf" -> orientation = Exif.orientation(file, body, body + length);
                default -> {}
            }
            if (type.equals("IEND")) {
                break;
            }
            at = body + length + 4;
        }
        if (width <= 0 || height <= 0) {
            throw new IOException("the PNG file is broken: it states no size");
        }
        return new ImageHeader("image/png", width, height, orientation, plain, false, 0);
    }

    private static boolean intact(byte[] file, int chunk, int length) {
        CRC32 crc = new CRC32();
        crc.update(file, chunk + 4, length + 4);
        return (int) crc.getValue() == i32(file, chunk + 8 + length);
    }

    private static boolean startsWith(byte[] file, int at, byte[] start) {
        for (int i = 0; i < start.length; i++) {
            if (at + i >= file.length || file[at + i] != start[i]) {
                return false;
            }
        }
        return true;
    }

    private static int u8(byte[] file, int at) {
        return file[at] & 0xff;
    }

    private static int u16(byte[] file, int at) {
        return u8(file, at) << 8 | u8(file, at + 1);
    }

    private static int i32(byte[] file, int at) {
        return u16(file, at) << 16 | u16(file, at + 2);
    }
}
