package io.github.mmevol.core.manipulation;

import java.awt.image.BufferedImage;
import java.util.List;

/**
 * Reads the text in a picture. What it reads disputes a claim at most: a reader errs too. Implementations are thread-safe.
 */
@FunctionalInterface
public interface OcrEngine {

    /**
     * The lines of text in a picture.
     *
     * @param picture a part of an image, already enlarged, or a whole one
     * @return the lines in the order in which they are read; empty if there is none
     */
    List<String> read(BufferedImage picture);

    /** Its name in records and settings; default {@code ocr}. */
    default String name() {
        return "ocr";
    }
}
