package io.github.mmevol.examples.ocr;

import ai.onnxruntime.OnnxTensor;
import ai.onnxruntime.OrtEnvironment;
import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtSession;
import java.awt.Rectangle;
import java.awt.image.BufferedImage;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Deque;
import java.util.List;
import java.util.Map;

/** Finds where lines of text stand: the network says for each pixel how likely it is text, and what hangs together is a line. */
final class LineFinder {
    private static final int LONGEST_SIDE = 960;
    private static final int STEP = 32;
    private static final float TEXT = 0.3f;
    private static final float LINE = 0.5f;
    private static final int SMALLEST = 3;
    /** The network marks the core of a line; the line itself is larger by this share of area over outline. */
    private static final double GROWTH = 1.6;

    private static final float[] MEAN = {0.406f, 0.456f, 0.485f};
    private static final float[] DEVIATION = {0.225f, 0.224f, 0.229f};

    private final OrtEnvironment environment;
    private final OrtSession session;

    LineFinder(OrtEnvironment environment, OrtSession session) {
        this.environment = environment;
        this.session = session;
    }

    /** The lines in reading order: from top to bottom, in one height from left to right. */
    List<Rectangle> lines(BufferedImage picture) throws OrtException {
        double shrink = Math.max(1, (double) Math.max(picture.getWidth(), picture.getHeight()) / LONGEST_SIDE);
        int width = multiple(picture.getWidth() / shrink);
        int height = multiple(picture.getHeight() / shrink);
        BufferedImage resized = Pixels.resized(picture, width, height);
        List<Rectangle> lines = new ArrayList<>();
        try (OnnxTensor input = Pixels.tensor(environment, resized, MEAN, DEVIATION);
                OrtSession.Result output =
                        session.run(Map.of(session.getInputNames().iterator().next(), input))) {
            float[][] likely = ((float[][][][]) output.get(0).getValue())[0][0];
            for (Rectangle core : cores(likely)) {
                lines.add(
                        scaled(grown(core), (double) picture.getWidth() / width, (double) picture.getHeight() / height)
                                .intersection(new Rectangle(picture.getWidth(), picture.getHeight())));
            }
        }
        lines.removeIf(line -> line.width < SMALLEST || line.height < SMALLEST);
        lines.sort(Comparator.comparingInt((Rectangle line) -> line.y));
        return inRows(lines);
    }

    private static int multiple(double side) {
        return Math.max(STEP, (int) Math.round(side / STEP) * STEP);
    }

    private static List<Rectangle> cores(float[][] likely) {
        boolean[][] seen = new boolean[likely.length][likely[0].length];
        List<Rectangle> cores = new ArrayList<>();
        for (int y = 0; y < likely.length; y++) {
            for (int x = 0; x < likely[y].length; x++) {
                if (!seen[y][x] && likely[y][x] > TEXT) {
                    Rectangle core = core(likely, seen, x, y);
                    if (core.width >= SMALLEST && core.height >= SMALLEST && mean(likely, core) >= LINE) {
                        cores.add(core);
                    }
                }
            }
        }
        return cores;
    }

    /** The box around all text pixels that hang together with one. */
    private static Rectangle core(float[][] likely, boolean[][] seen, int startX, int startY) {
        Rectangle core = new Rectangle(startX, startY, 1, 1);
        Deque<int[]> open = new ArrayDeque<>(List.of(new int[] {startX, startY}));
        seen[startY][startX] = true;
        while (!open.isEmpty()) {
            int[] at = open.pop();
            core.add(new Rectangle(at[0], at[1], 1, 1));
            for (int y = Math.max(0, at[1] - 1); y <= Math.min(likely.length - 1, at[1] + 1); y++) {
                for (int x = Math.max(0, at[0] - 1); x <= Math.min(likely[y].length - 1, at[0] + 1); x++) {
                    if (!seen[y][x] && likely[y][x] > TEXT) {
                        seen[y][x] = true;
                        open.push(new int[] {x, y});
                    }
                }
            }
        }
        return core;
    }

    private static double mean(float[][] likely, Rectangle box) {
        double sum = 0;
        for (int y = box.y; y < box.y + box.height; y++) {
            for (int x = box.x; x < box.x + box.width; x++) {
                sum += likely[y][x];
            }
        }
        return sum / (box.width * box.height);
    }

    private static Rectangle grown(Rectangle core) {
        double margin = GROWTH * core.width * core.height / (2 * (core.width + core.height));
        Rectangle grown = new Rectangle(core);
        grown.grow((int) Math.round(margin), (int) Math.round(margin));
        return grown;
    }

    private static Rectangle scaled(Rectangle box, double across, double down) {
        return new Rectangle(
                (int) Math.floor(box.x * across),
                (int) Math.floor(box.y * down),
                (int) Math.ceil(box.width * across),
                (int) Math.ceil(box.height * down));
    }

    private static List<Rectangle> inRows(List<Rectangle> byHeight) {
        List<Rectangle> rows = new ArrayList<>();
        List<Rectangle> row = new ArrayList<>();
        for (Rectangle line : byHeight) {
            if (!row.isEmpty() && line.y > row.get(0).y + row.get(0).height / 2) {
                row.sort(Comparator.comparingInt(box -> box.x));
                rows.addAll(row);
                row.clear();
            }
            row.add(line);
        }
        row.sort(Comparator.comparingInt(box -> box.x));
        rows.addAll(row);
        return rows;
    }
}
