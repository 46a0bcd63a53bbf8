package io.github.mmevol.examples.ocr;

import ai.onnxruntime.OnnxTensor;
import ai.onnxruntime.OrtEnvironment;
import ai.onnxruntime.OrtException;
import java.awt.Color;
import java.awt.Graphics2D;
import java.awt.RenderingHints;
import java.awt.image.BufferedImage;
import java.nio.FloatBuffer;

/** Pictures as the networks want them: resized, blue before green before red, one plane after the other. */
final class Pixels {
    private Pixels() {}

    static BufferedImage resized(BufferedImage picture, int width, int height) {
        BufferedImage resized = new BufferedImage(width, height, BufferedImage.TYPE_INT_RGB);
        Graphics2D graphics = resized.createGraphics();
        try {
            graphics.setRenderingHint(RenderingHints.KEY_INTERPOLATION, RenderingHints.VALUE_INTERPOLATION_BILINEAR);
            graphics.drawImage(picture, 0, 0, width, height, Color.WHITE, null);
        } finally {
            graphics.dispose();
        }
        return resized;
    }

    /** The picture in a margin of the colour of its first corner. */
    static BufferedImage framed(BufferedImage picture, int margin) {
        BufferedImage framed = new BufferedImage(
                picture.getWidth() + 2 * margin, picture.getHeight() + 2 * margin, BufferedImage.TYPE_INT_RGB);
        Graphics2D graphics = framed.createGraphics();
        try {
            graphics.setColor(new Color(picture.getRGB(0, 0)));
            graphics.fillRect(0, 0, framed.getWidth(), framed.getHeight());
            graphics.drawImage(picture, margin, margin, Color.WHITE, null);
        } finally {
            graphics.dispose();
        }
        return framed;
    }

    /** A quarter turn clockwise. */
    static BufferedImage turned(BufferedImage picture) {
        int width = picture.getHeight();
        int height = picture.getWidth();
        BufferedImage turned = new BufferedImage(width, height, BufferedImage.TYPE_INT_RGB);
        for (int y = 0; y < picture.getHeight(); y++) {
            for (int x = 0; x < picture.getWidth(); x++) {
                turned.setRGB(picture.getHeight() - 1 - y, x, picture.getRGB(x, y));
            }
        }
        return turned;
    }

    /** The picture as a batch of one: each channel from 0 to 1, less its mean, over its deviation. */
    static OnnxTensor tensor(OrtEnvironment environment, BufferedImage picture, float[] mean, float[] deviation)
            throws OrtException {
        int width = picture.getWidth();
        int height = picture.getHeight();
        int plane = width * height;
        int[] rgb = picture.getRGB(0, 0, width, height, null, 0, width);
        float[] values = new float[3 * plane];
        for (int i = 0; i < plane; i++) {
            for (int channel = 0; channel < 3; channel++) {
                float share = (rgb[i] >>> (8 * channel) & 0xff) / 255f;
                values[channel * plane + i] = (share - mean[channel]) / deviation[channel];
            }
        }
        return OnnxTensor.createTensor(environment, FloatBuffer.wrap(values), new long[] {1, 3, height, width});
    }
}
