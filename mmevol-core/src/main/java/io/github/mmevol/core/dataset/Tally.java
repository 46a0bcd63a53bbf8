package io.github.mmevol.core.dataset;

import java.nio.file.Path;

/** Counts of one reading. */
final class Tally {
    long samples;
    long broken;
    long clamped;
    long droppedTurns;
    long withoutImage;
    long captions;

    ReadReport report(Path file) {
        return new ReadReport(file, samples + broken, samples, broken, clamped, droppedTurns, withoutImage, captions);
    }
}
