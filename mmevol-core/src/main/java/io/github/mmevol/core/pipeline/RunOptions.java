package io.github.mmevol.core.pipeline;

import io.github.mmevol.core.dataset.Selection;
import io.github.mmevol.core.elimination.Eliminator;
import io.github.mmevol.core.evolution.Direction;
import io.github.mmevol.core.evolution.DirectionSelector;
import io.github.mmevol.core.evolution.Evolver;
import io.github.mmevol.core.evolution.Round;
import io.github.mmevol.core.model.Budget;
import io.github.mmevol.core.model.ImageEncoder;
import io.github.mmevol.core.sample.Sample;
import io.github.mmevol.core.sample.SampleKey;
import io.github.mmevol.core.store.RunStore;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Random;

/** What a pipeline was built with. */
record RunOptions(
        List<Evolver> evolvers,
        DirectionSelector selector,
        Eliminator eliminator,
        int rounds,
        int concurrency,
        long seed,
        int repairs,
        int instructionsPerCall,
        ImageEncoder images,
        StopSignal stopSignal,
        Duration grace,
        List<RunListener> listeners,
        Selection selection,
        RunStore store,
        boolean changedSettings,
        Budget budget,
        Optional<DeferredReplies> deferred) {

    /** The direction that is drawn for a sample's round. */
    Direction direction(SampleKey key, Sample sample, int round) {
        Random random = new Random(Round.derivedSeed(seed, key, round, "direction"));
        return Objects.requireNonNull(
                selector.select(directions(), sample, round, random), "the direction selector returned null");
    }

    Evolver evolver(Direction direction) {
        return evolvers.stream()
                .filter(evolver -> evolver.direction().equals(direction))
                .findFirst()
                .orElseThrow(() -> new IllegalStateException(
                        "the direction selector chose '" + direction.name() + "', for which there is no evolver"));
    }

    List<Direction> directions() {
        return evolvers.stream().map(Evolver::direction).toList();
    }
}
