package io.github.mmevol.core.internal.image;

import java.awt.color.ColorSpace;
import java.awt.image.BufferedImage;
import java.awt.image.ColorConvertOp;
import java.awt.image.ColorModel;
import java.awt.image.ComponentColorModel;
import java.awt.image.DataBuffer;
import java.awt.image.DataBufferByte;
import java.awt.image.Raster;
import java.util.Arrays;

/**
 * Makes an opaque RGB picture of a smaller size from any picture: each new pixel is the mean of the area it covers, what
 * is transparent shows white. Works row by row, so that no second full-size copy is held.
 */
public final class PixelScaler {
    private static final int WHITE = 255;

    private PixelScaler() {}

    /**
     * Scales and turns upright.
     *
     * @param width the new width before turning, at most the picture's
     * @param height the new height before turning, at most the picture's
     * @param orientation EXIF orientation, 1..8
     */
    public static BufferedImage scale(BufferedImage picture, int width, int height, int orientation) {
        Rows rows = Rows.of(picture);
        BufferedImage upright = orientation >= 5
                ? new BufferedImage(height, width, BufferedImage.TYPE_3BYTE_BGR)
                : new BufferedImage(width, height, BufferedImage.TYPE_3BYTE_BGR);
        byte[] out = ((DataBufferByte) upright.getRaster().getDataBuffer()).getData();
        Cover down = new Cover(picture.getHeight(), height);
        Cover across = new Cover(picture.getWidth(), width);
        float[] row = new float[3 * picture.getWidth()];
        float[] mean = new float[row.length];
        int read = -1;
        for (int y = 0; y < height; y++) {
            Arrays.fill(mean, 0);
            for (int sy = down.first(y); sy <= down.last(y); sy++) {
                if (sy != read) {
                    rows.read(sy, row);
                    read = sy;
                }
                float share = down.share(y, sy);
                for (int i = 0; i < mean.length; i++) {
                    mean[i] += share * row[i];
                }
            }
            for (int x = 0; x < width; x++) {
                across.mean(x, mean, out, 3 * place(x, y, width, height, orientation));
            }
        }
        return upright;
    }

    /** Where the pixel of a stored picture stands in the upright one. */
    private static int place(int x, int y, int width, int height, int orientation) {
        return switch (orientation) {
            case 2 -> y * width + (width - 1 - x);
            case 3 -> (height - 1 - y) * width + (width - 1 - x);
            case 4 -> (height - 1 - y) * width + x;
            case 5 -> x * height + y;
            case 6 -> x * height + (height - 1 - y);
            case 7 -> (width - 1 - x) * height + (height - 1 - y);
            case 8 -> (width - 1 - x) * height + y;
            default -> y * width + x;
        };
    }

    /** Which of {@code from} pixels in a line each of {@code to} pixels covers, and with which share of its own area. */
    private static final class Cover {
        private final int[] first;
        private final int[] last;
        private final float[] firstShare;
        private final float[] lastShare;
        private final float innerShare;

        Cover(int from, int to) {
            double step = (double) from / to;
            first = new int[to];
            last = new int[to];
            firstShare = new float[to];
            lastShare = new float[to];
            innerShare = (float) (1 / step);
            for (int at = 0; at < to; at++) {
                double begin = at * step;
                double end = Math.min(from, (at + 1) * step);
                first[at] = (int) begin;
                last[at] = Math.max(first[at], (int) Math.ceil(end) - 1);
                firstShare[at] = (float) ((Math.min(end, first[at] + 1) - begin) / step);
                lastShare[at] = (float) ((end - Math.max(begin, last[at])) / step);
            }
        }

        int first(int at) {
            return first[at];
        }

        int last(int at) {
            return last[at];
        }

        float share(int at, int pixel) {
            return pixel == first[at] ? firstShare[at] : pixel == last[at] ? lastShare[at] : innerShare;
        }

        /** Writes the mean of what a pixel covers as blue, green, red. */
        void mean(int at, float[] rgb, byte[] out, int place) {
            float red = 0;
            float green = 0;
            float blue = 0;
            for (int pixel = first[at]; pixel <= last[at]; pixel++) {
                float share = share(at, pixel);
                red += share * rgb[3 * pixel];
                green += share * rgb[3 * pixel + 1];
                blue += share * rgb[3 * pixel + 2];
            }
            out[place] = byteOf(blue);
            out[place + 1] = byteOf(green);
            out[place + 2] = byteOf(red);
        }

        private static byte byteOf(float value) {
            return (byte) Math.min(255, (int) (value + 0.5f));
        }
    }

    /** One row of a picture at a time, as red, green and blue from 0 to 255 over white. */
    private interface Rows {
        void read(int y, float[] row);

        static Rows of(BufferedImage picture) {
            ColorModel model = picture.getColorModel();
            boolean grey = model.getColorSpace().getType() == ColorSpace.TYPE_GRAY;
            int type = model.getTransferType();
            boolean whole = type == DataBuffer.TYPE_BYTE || type == DataBuffer.TYPE_USHORT;
            if (model instanceof ComponentColorModel
                    && whole
                    && !model.isAlphaPremultiplied()
                    && (grey || model.getColorSpace().isCS_sRGB())) {
                return samples(picture.getRaster(), model, grey);
            }
            // A palette and packed pixels are looked up fast; another colour space must first be converted as a whole.
            return model.getColorSpace().isCS_sRGB() ? colours(picture) : colours(toRgb(picture));
        }

        /** Grey levels are taken as they are: the JDK would read them as linear light and brighten them. */
        private static Rows samples(Raster raster, ColorModel model, boolean grey) {
            int bands = raster.getNumBands();
            int colours = grey ? 1 : 3;
            boolean opaque = bands == colours;
            float scale = 255f / ((1 << model.getComponentSize(0)) - 1);
            float[] samples = new float[bands * raster.getWidth()];
            Rows raw = model.getTransferType() == DataBuffer.TYPE_BYTE ? bytes(raster, scale) : shorts(raster, scale);
            if (opaque && !grey) {
                return raw;
            }
            return (y, row) -> {
                raw.read(y, samples);
                for (int i = 0; i < row.length; i++) {
                    int pixel = i / 3 * bands;
                    float value = samples[grey ? pixel : pixel + i % 3];
                    float alpha = opaque ? 1 : samples[pixel + colours] / WHITE;
                    row[i] = alpha * value + (1 - alpha) * WHITE;
                }
            };
        }

        private static Rows bytes(Raster raster, float scale) {
            byte[] samples = new byte[raster.getNumBands() * raster.getWidth()];
            return (y, row) -> {
                raster.getDataElements(raster.getMinX(), raster.getMinY() + y, raster.getWidth(), 1, samples);
                for (int i = 0; i < samples.length; i++) {
                    row[i] = scale * (samples[i] & 0xff);
                }
            };
        }

        private static Rows shorts(Raster raster, float scale) {
            short[] samples = new short[raster.getNumBands() * raster.getWidth()];
            return (y, row) -> {
                raster.getDataElements(raster.getMinX(), raster.getMinY() + y, raster.getWidth(), 1, samples);
                for (int i = 0; i < samples.length; i++) {
                    row[i] = scale * (samples[i] & 0xffff);
                }
            };
        }

        private static Rows colours(BufferedImage picture) {
            int width = picture.getWidth();
            int[] argb = new int[width];
            return (y, row) -> {
                picture.getRGB(0, y, width, 1, argb, 0, width);
                for (int x = 0; x < width; x++) {
                    float alpha = (argb[x] >>> 24) / 255f;
                    for (int c = 0; c < 3; c++) {
                        int value = argb[x] >>> (16 - 8 * c) & 0xff;
                        row[3 * x + c] = alpha * value + (1 - alpha) * WHITE;
                    }
                }
            };
        }

        private static BufferedImage toRgb(BufferedImage picture) {
            int type = picture.getColorModel().hasAlpha() ? BufferedImage.TYPE_INT_ARGB : BufferedImage.TYPE_INT_RGB;
            BufferedImage converted = new BufferedImage(picture.getWidth(), picture.getHeight(), type);
            return new ColorConvertOp(null).filter(picture, converted);
        }
    }
}
