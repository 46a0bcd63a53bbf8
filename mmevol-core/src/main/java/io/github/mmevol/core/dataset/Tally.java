package io.github.mmevol.core.dataset;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** Counts of one reading. */
final class Tally {
    long samples;
    long broken;
    long clamped;
    long droppedTurns;
    long withoutImage;
    long captions;
    /** What is odd about the record at hand. */
    final List<Oddity> oddities = new ArrayList<>();

    final SeenIds ids = new SeenIds();

    /** So many turns, or an instruction, are left out of the record at hand. */
    void leftOut(int turns, String field, String reason) {
        droppedTurns += turns;
        oddities.add(new Oddity(Oddity.Kind.LEFT_OUT, field, reason));
    }

    ReadReport report(Path file) {
        return new ReadReport(file, samples + broken, samples, broken, clamped, droppedTurns, withoutImage, captions);
    }
}
