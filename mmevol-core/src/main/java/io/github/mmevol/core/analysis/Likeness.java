package io.github.mmevol.core.analysis;

import io.github.mmevol.core.internal.text.LowerCase;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.OptionalDouble;

/** How alike questions are: each of a bounded sample is compared with all others of it. */
final class Likeness {
    static final int SAMPLE = 400;
    private static final int PIECE = 3;
    private static final int LONGEST = 400;

    private final BottomSample<String> sample = new BottomSample<>(SAMPLE);

    void add(String id, String question) {
        sample.offer("likeness " + id, () -> Cut.to(question, LONGEST));
    }

    Analysis.SelfSimilarity figure() {
        List<long[]> pieces = sample.items().stream()
                .map(Likeness::pieces)
                .sorted(Comparator.comparingInt(p -> p.length))
                .toList();
        if (pieces.size() < 2) {
            return new Analysis.SelfSimilarity(pieces.size(), OptionalDouble.empty());
        }
        double[] best = new double[pieces.size()];
        for (int i = 0; i < best.length; i++) {
            for (int j = i + 1; j < best.length; j++) {
                double alike = jaccard(pieces.get(i), pieces.get(j));
                best[i] = Math.max(best[i], alike);
                best[j] = Math.max(best[j], alike);
            }
        }
        return new Analysis.SelfSimilarity(best.length, Arrays.stream(best).average());
    }

    /** The distinct pieces of a text as numbers, rising: each of three letters, or of all that there are. */
    private static long[] pieces(String question) {
        int[] letters = LowerCase.of(question.strip()).codePoints().toArray();
        if (letters.length <= PIECE) {
            return new long[] {packed(letters, 0)};
        }
        long[] pieces = new long[letters.length - PIECE + 1];
        for (int i = 0; i < pieces.length; i++) {
            pieces[i] = packed(letters, i);
        }
        return Arrays.stream(pieces).sorted().distinct().toArray();
    }

    /** Up to three code points, of 21 bits each. */
    private static long packed(int[] letters, int from) {
        long packed = 0;
        for (int i = from; i < Math.min(letters.length, from + PIECE); i++) {
            packed = packed << 21 | letters[i];
        }
        return packed;
    }

    private static double jaccard(long[] a, long[] b) {
        int shared = 0;
        int i = 0;
        int j = 0;
        while (i < a.length && j < b.length) {
            if (a[i] == b[j]) {
                shared++;
                i++;
                j++;
            } else if (a[i] < b[j]) {
                i++;
            } else {
                j++;
            }
        }
        return (double) shared / (a.length + b.length - shared);
    }
}
