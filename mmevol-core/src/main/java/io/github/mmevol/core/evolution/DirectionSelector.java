package io.github.mmevol.core.evolution;

import io.github.mmevol.core.sample.Sample;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.TreeMap;

/** Draws the direction of a sample's round. Implementations are thread-safe and keep nothing between calls. */
@FunctionalInterface
public interface DirectionSelector {

    /**
     * Chooses one of the directions.
     *
     * @param directions the directions of the pipeline's evolvers, in their order, at least one
     * @param sample the sample
     * @param round the round's number, from 1
     * @param random the only randomness to use
     * @return one of {@code directions}
     */
    Direction select(List<Direction> directions, Sample sample, int round, Random random);

    /**
     * Looks at the directions before any is drawn; by default all are fine.
     *
     * @param directions the directions of the pipeline's evolvers
     * @throws IllegalArgumentException if it cannot choose among them as it is set
     */
    default void check(List<Direction> directions) {}

    /**
     * What it is set to, in a text that changes when its results may: recorded with a stored run, and compared before that
     * is gone on with. Default: {@code custom}.
     */
    default String settings() {
        return "custom";
    }

    /** Every direction equally often: the default, and the best of the paper's ablation. */
    static DirectionSelector equal() {
        return EqualSelector.INSTANCE;
    }

    /**
     * The shares of the published engine: perceptual 0.5, cognitive 0.25, interactive 0.25; among those of them that there are
     * evolvers for.
     */
    static DirectionSelector published() {
        return new WeightedSelector(Map.of("perceptual", 0.5, "cognitive", 0.25, "interactive", 0.25), false);
    }

    /**
     * Any shares, by direction name; they need not add up to one. A direction without a weight is never drawn, and a weight
     * above 0 for a direction that no evolver has is refused once the directions are known.
     *
     * @throws IllegalArgumentException if a weight is negative or not finite, or none is above 0
     */
    static DirectionSelector weighted(Map<String, Double> weights) {
        return new WeightedSelector(Map.copyOf(Objects.requireNonNull(weights, "weights")), true);
    }
}

enum EqualSelector implements DirectionSelector {
    INSTANCE;

    @Override
    public Direction select(List<Direction> directions, Sample sample, int round, Random random) {
        return directions.get(random.nextInt(directions.size()));
    }

    @Override
    public String settings() {
        return "equal";
    }
}

/** @param strict whether every weight needs an evolver, and not just one of them */
record WeightedSelector(Map<String, Double> weights, boolean strict) implements DirectionSelector {
    WeightedSelector {
        weights.forEach((name, weight) -> {
            if (!(weight >= 0) || weight.isInfinite()) {
                throw new IllegalArgumentException("the weight of " + name + " must be 0 or above: " + weight);
            }
        });
        if (weights.values().stream().noneMatch(weight -> weight > 0)) {
            throw new IllegalArgumentException("at least one direction needs a weight above 0");
        }
    }

    @Override
    public Direction select(List<Direction> directions, Sample sample, int round, Random random) {
        check(directions);
        double total = 0;
        for (Direction direction : directions) {
            total += weight(direction);
        }
        double drawn = random.nextDouble() * total;
        Direction last = directions.get(0);
        for (Direction direction : directions) {
            if (weight(direction) > 0) {
                last = direction;
                drawn -= weight(direction);
                if (drawn < 0) {
                    break;
                }
            }
        }
        return last;
    }

    @Override
    public void check(List<Direction> directions) {
        List<String> known = directions.stream().map(Direction::name).toList();
        if (!strict && known.stream().anyMatch(weights::containsKey)) {
            return;
        }
        new TreeMap<>(weights).forEach((name, weight) -> {
            if (weight > 0 && !known.contains(name)) {
                throw new IllegalArgumentException("there is a weight for the direction '" + name
                        + "', but no evolver for it; there are evolvers for " + String.join(", ", known));
            }
        });
    }

    @Override
    public String settings() {
        return new TreeMap<>(weights).toString();
    }

    private double weight(Direction direction) {
        return weights.getOrDefault(direction.name(), 0.0);
    }
}
