package io.github.mmevol.core.pipeline;

import io.github.mmevol.core.dataset.Selection;
import io.github.mmevol.core.elimination.Eliminator;
import io.github.mmevol.core.evolution.Direction;
import io.github.mmevol.core.evolution.DirectionSelector;
import io.github.mmevol.core.evolution.Evolver;
import io.github.mmevol.core.model.ImageEncoder;
import io.github.mmevol.core.store.RunStore;
import java.time.Duration;
import java.util.List;

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
        boolean changedSettings) {

    List<Direction> directions() {
        return evolvers.stream().map(Evolver::direction).toList();
    }
}
