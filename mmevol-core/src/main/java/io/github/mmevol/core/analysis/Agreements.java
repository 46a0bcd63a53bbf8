package io.github.mmevol.core.analysis;

import io.github.mmevol.core.analysis.AuditAgreement.Estimate;
import io.github.mmevol.core.analysis.AuditAgreement.Quality;
import io.github.mmevol.core.analysis.AuditAgreement.Row;
import io.github.mmevol.core.analysis.AuditAgreement.Threshold;
import io.github.mmevol.core.analysis.AuditMarks.Mark;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.function.ToDoubleFunction;

/** Works out how far eliminators and people agree. */
final class Agreements {
    /** The normal distribution's 97.5 % quantile. */
    private static final double Z = 1.959963984540054;

    private static final int HIGHEST = 10;

    private Agreements() {}

    static AuditAgreement of(List<Mark> all) {
        List<Mark> marks = all.stream().filter(mark -> mark.good().isPresent()).toList();
        List<String> directions = new ArrayList<>(List.of(AuditAgreement.ALL));
        marks.stream().map(Mark::direction).distinct().sorted().forEach(directions::add);
        List<String> eliminators = new ArrayList<>(List.of(AuditAgreement.ALL));
        marks.stream()
                .map(Mark::by)
                .filter(by -> !by.isEmpty())
                .distinct()
                .sorted()
                .forEach(eliminators::add);
        List<Row> rows = new ArrayList<>();
        List<Quality> kept = new ArrayList<>();
        List<Threshold> thresholds = new ArrayList<>();
        for (String by : eliminators) {
            for (String direction : directions) {
                List<Mark> asked = in(direction, marks).stream()
                        .filter(mark -> mark.kept() || is(by, mark.by()))
                        .toList();
                if (asked.stream().anyMatch(mark -> !mark.kept()) || (is(by, "") && !asked.isEmpty())) {
                    rows.add(row(by, direction, asked));
                }
            }
        }
        for (String direction : directions) {
            List<Mark> survivors =
                    in(direction, marks).stream().filter(Mark::kept).toList();
            if (!survivors.isEmpty()) {
                kept.add(new Quality(direction, survivors.size(), share(survivors, Agreements::good)));
            }
            List<Mark> scored =
                    survivors.stream().filter(mark -> mark.score().isPresent()).toList();
            if (!scored.isEmpty() && !direction.equals(AuditAgreement.ALL)) {
                thresholds.add(threshold(direction, scored));
            }
        }
        return new AuditAgreement(marks.size(), rows, kept, thresholds);
    }

    private static boolean is(String wanted, String name) {
        return wanted.equals(AuditAgreement.ALL) || wanted.equals(name);
    }

    private static List<Mark> in(String direction, List<Mark> marks) {
        return marks.stream().filter(mark -> is(direction, mark.direction())).toList();
    }

    private static boolean good(Mark mark) {
        return mark.good().orElseThrow();
    }

    private static Row row(String by, String direction, List<Mark> marks) {
        Estimate accuracy = share(marks, mark -> good(mark) == mark.kept());
        double good = share(marks, Agreements::good).value();
        double kept = share(marks, Mark::kept).value();
        double chance = good * kept + (1 - good) * (1 - kept);
        Optional<Estimate> kappa = good == 0 || good == 1 || kept == 0 || kept == 1
                ? Optional.empty()
                : Optional.of(new Estimate(
                        beyond(chance, accuracy.value()),
                        Math.max(-1, beyond(chance, accuracy.low())),
                        beyond(chance, accuracy.high())));
        return new Row(
                by,
                direction,
                count(marks, mark -> mark.kept() && good(mark)),
                count(marks, mark -> mark.kept() && !good(mark)),
                count(marks, mark -> !mark.kept() && good(mark)),
                count(marks, mark -> !mark.kept() && !good(mark)),
                accuracy,
                kappa);
    }

    private static double beyond(double chance, double agreement) {
        return (agreement - chance) / (1 - chance);
    }

    private static int count(List<Mark> marks, Predicate<Mark> which) {
        return (int) marks.stream().filter(which).count();
    }

    private static double sum(List<Mark> marks, ToDoubleFunction<Mark> of) {
        return marks.stream().mapToDouble(of).sum();
    }

    /** The weighted share with Wilson's interval. */
    private static Estimate share(List<Mark> marks, Predicate<Mark> which) {
        double all = sum(marks, Mark::weight);
        double share = sum(marks, mark -> which.test(mark) ? mark.weight() : 0) / all;
        double size = all * all / sum(marks, mark -> mark.weight() * mark.weight());
        double centre = (share + Z * Z / (2 * size)) / (1 + Z * Z / size);
        double half = Z / (1 + Z * Z / size) * Math.sqrt(share * (1 - share) / size + Z * Z / (4 * size * size));
        return new Estimate(share, Math.max(0, centre - half), Math.min(1, centre + half));
    }

    private static Threshold threshold(String direction, List<Mark> scored) {
        int least = scored.stream()
                .mapToInt(mark -> mark.score().orElseThrow())
                .min()
                .orElseThrow();
        int best = least;
        double most = -1;
        for (int score = least; score <= HIGHEST + 1; score++) {
            int from = score;
            double agreed = share(scored, mark -> good(mark) == (mark.score().orElseThrow() >= from))
                    .value();
            if (agreed > most + 1e-12) {
                most = agreed;
                best = score;
            }
        }
        return new Threshold(direction, best, scored.size(), most);
    }
}
