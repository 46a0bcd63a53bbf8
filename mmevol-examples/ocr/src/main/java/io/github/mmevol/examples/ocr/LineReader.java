package io.github.mmevol.examples.ocr;

import ai.onnxruntime.OnnxTensor;
import ai.onnxruntime.OrtEnvironment;
import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtSession;
import java.awt.image.BufferedImage;
import java.util.List;
import java.util.Map;

/** Reads one line: the network says for each narrow strip which character it is, or none. */
final class LineReader {
    private static final int HEIGHT = 48;
    private static final int NARROWEST = 48;
    private static final int WIDEST = 3_200;
    private static final double ON_ITS_SIDE = 1.5;
    private static final int NOTHING = 0;
    private static final float[] HALF = {0.5f, 0.5f, 0.5f};

    private final OrtEnvironment environment;
    private final OrtSession session;
    private final List<String> characters;

    LineReader(OrtEnvironment environment, OrtSession session, List<String> characters) {
        this.environment = environment;
        this.session = session;
        this.characters = List.copyOf(characters);
    }

    String read(BufferedImage line) throws OrtException {
        BufferedImage upright = line.getHeight() > ON_ITS_SIDE * line.getWidth() ? Pixels.turned(line) : line;
        int width = (int) Math.ceil((double) HEIGHT * upright.getWidth() / upright.getHeight());
        int within = Math.min(WIDEST, Math.max(NARROWEST, width));
        BufferedImage strip = Pixels.resized(upright, within, HEIGHT);
        try (OnnxTensor input = Pixels.tensor(environment, strip, HALF, HALF);
                OrtSession.Result output =
                        session.run(Map.of(session.getInputNames().iterator().next(), input))) {
            return text(((float[][][]) output.get(0).getValue())[0]);
        }
    }

    /** The likeliest character of each strip; the same one again belongs to the one before. */
    private String text(float[][] strips) {
        StringBuilder text = new StringBuilder();
        int before = NOTHING;
        for (float[] strip : strips) {
            int best = NOTHING;
            for (int i = 1; i < strip.length; i++) {
                best = strip[i] > strip[best] ? i : best;
            }
            if (best != NOTHING && best != before) {
                text.append(best <= characters.size() ? characters.get(best - 1) : " ");
            }
            before = best;
        }
        return text.toString();
    }
}
