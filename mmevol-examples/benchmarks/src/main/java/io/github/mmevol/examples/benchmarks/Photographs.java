package io.github.mmevol.examples.benchmarks;

import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Random;
import javax.imageio.IIOImage;
import javax.imageio.ImageIO;
import javax.imageio.ImageWriteParam;
import javax.imageio.ImageWriter;
import javax.imageio.stream.MemoryCacheImageOutputStream;

/** JPEG files that weigh what photographs do: gradients under noise, the same bytes for the same number. */
final class Photographs {
    private Photographs() {}

    /** Writes {@code 0.jpg} and so on, 512 x 384 pixels and about 40 KB each, which pass through the encoder as they are. */
    static void write(Path folder, int count) throws IOException {
        Files.createDirectories(folder);
        for (int i = 0; i < count; i++) {
            Files.write(folder.resolve(i + ".jpg"), jpeg(512, 384, i));
        }
    }

    /** The files of a folder by number, as data URLs. */
    static List<String> dataUrls(Path folder) throws IOException {
        List<String> urls = new ArrayList<>();
        for (String base64 : base64(folder)) {
            urls.add("data:image/jpeg;base64," + base64);
        }
        return urls;
    }

    /** The files of a folder by number, in Base64. */
    static List<String> base64(Path folder) throws IOException {
        List<String> texts = new ArrayList<>();
        for (int i = 0; Files.exists(folder.resolve(i + ".jpg")); i++) {
            texts.add(Base64.getEncoder().encodeToString(Files.readAllBytes(folder.resolve(i + ".jpg"))));
        }
        return texts;
    }

    static byte[] jpeg(int width, int height, int number) throws IOException {
        Random random = new Random(number);
        BufferedImage picture = new BufferedImage(width, height, BufferedImage.TYPE_INT_RGB);
        double hue = random.nextDouble();
        for (int y = 0; y < height; y++) {
            for (int x = 0; x < width; x++) {
                int red = 120 + (int) (80 * Math.sin(hue * 9 + x * 6.0 / width));
                int green = 120 + (int) (80 * Math.sin(hue * 7 + y * 5.0 / height));
                int blue = 120 + (int) (80 * Math.sin(hue * 5 + (x + y) * 4.0 / width));
                int noise = random.nextInt(33) - 16;
                picture.setRGB(x, y, ((red + noise) << 16) | ((green + noise) << 8) | (blue + noise));
            }
        }
        return jpeg(picture);
    }

    private static byte[] jpeg(BufferedImage picture) throws IOException {
        ImageWriter writer = ImageIO.getImageWritersByFormatName("jpeg").next();
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (MemoryCacheImageOutputStream out = new MemoryCacheImageOutputStream(bytes)) {
            ImageWriteParam param = writer.getDefaultWriteParam();
            param.setCompressionMode(ImageWriteParam.MODE_EXPLICIT);
            param.setCompressionQuality(0.72f);
            writer.setOutput(out);
            writer.write(null, new IIOImage(picture, null, null), param);
        } finally {
            writer.dispose();
        }
        return bytes.toByteArray();
    }
}
