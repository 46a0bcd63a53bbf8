package io.github.mmevol.examples.benchmarks;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What a JVM's collection log ({@code -Xlog:gc}) tells. The same for every JDK and every kind of thread; exact to about one
 * megabyte a collection.
 *
 * @param allocatedMegabytes what the heap grew by between collections, added up
 * @param peakMegabytes the most that was in use, garbage among it
 * @param liveMegabytes the most that was left by a collection
 */
record HeapUsage(double allocatedMegabytes, double peakMegabytes, double liveMegabytes) {
    private static final Pattern BEFORE_AND_AFTER = Pattern.compile(" (\\d+)M->(\\d+)M\\(");

    /**
     * Reads a log.
     *
     * @param usedAtEnd heap in use when the JVM ended
     */
    static HeapUsage of(Path log, double usedAtEnd) throws IOException {
        double allocated = 0;
        double peak = usedAtEnd;
        double live = 0;
        double used = 0;
        for (String line : Files.readAllLines(log)) {
            Matcher matcher = BEFORE_AND_AFTER.matcher(line);
            if (matcher.find()) {
                double before = Double.parseDouble(matcher.group(1));
                allocated += Math.max(0, before - used);
                peak = Math.max(peak, before);
                used = Double.parseDouble(matcher.group(2));
                live = Math.max(live, used);
            }
        }
        return new HeapUsage(allocated + Math.max(0, usedAtEnd - used), peak, live);
    }
}
