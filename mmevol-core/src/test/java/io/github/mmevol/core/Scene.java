package io.github.mmevol.core;

import java.awt.Color;
import java.awt.Graphics2D;
import java.awt.RenderingHints;
import java.awt.geom.Ellipse2D;
import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Random;
import javax.imageio.IIOImage;
import javax.imageio.ImageIO;
import javax.imageio.ImageWriteParam;
import javax.imageio.ImageWriter;
import javax.imageio.stream.MemoryCacheImageOutputStream;

/**
 * A drawn scene for tests, another one for each number, in any size.
 *
 * @param number which scene
 */
public record Scene(int number) {
    private static final int WIDTH = 320;
    private static final int HEIGHT = 240;

    /** The scene as a JPEG of 320 x 240 pixels. */
    public byte[] jpeg() {
        return jpeg(1, 0.9f);
    }

    /** The scene as a JPEG. */
    public byte[] jpeg(double size, float quality) {
        ImageWriter writer = ImageIO.getImageWritersByFormatName("jpeg").next();
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (MemoryCacheImageOutputStream out = new MemoryCacheImageOutputStream(bytes)) {
            ImageWriteParam param = writer.getDefaultWriteParam();
            param.setCompressionMode(ImageWriteParam.MODE_EXPLICIT);
            param.setCompressionQuality(quality);
            writer.setOutput(out);
            writer.write(null, new IIOImage(picture(size), null, null), param);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } finally {
            writer.dispose();
        }
        return bytes.toByteArray();
    }

    /** The scene as a PNG. */
    public byte[] png(double size) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try {
            ImageIO.write(picture(size), "png", bytes);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return bytes.toByteArray();
    }

    private BufferedImage picture(double size) {
        BufferedImage picture =
                new BufferedImage((int) (WIDTH * size), (int) (HEIGHT * size), BufferedImage.TYPE_INT_RGB);
        Graphics2D pen = picture.createGraphics();
        pen.setRenderingHint(RenderingHints.KEY_ANTIALIASING, RenderingHints.VALUE_ANTIALIAS_ON);
        pen.scale(size, size);
        Random random = new Random(number);
        pen.setColor(colour(random));
        pen.fillRect(0, 0, WIDTH, HEIGHT);
        for (int i = 0; i < 30; i++) {
            pen.setColor(colour(random));
            double width = 20 + random.nextInt(120);
            double height = 20 + random.nextInt(90);
            pen.fill(new Ellipse2D.Double(
                    random.nextInt(WIDTH) - width / 2, random.nextInt(HEIGHT) - height / 2, width, height));
        }
        pen.dispose();
        return picture;
    }

    private static Color colour(Random random) {
        return new Color(random.nextInt(256), random.nextInt(256), random.nextInt(256));
    }
}
