package io.github.mmevol.core.pipeline;

import io.github.mmevol.core.evolution.Evolver;
import io.github.mmevol.core.store.RunSettings;
import io.github.mmevol.core.store.RunStoreException;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;

/** What a stored run is recorded with, and whether it may be gone on with. */
record RunSetup(RunSettings settings) {
    private static final String ROUNDS = "rounds";
    /** Changes whenever the same settings would give other results than an earlier version of this library did. */
    private static final String RESULTS_VERSION = "1";

    static RunSetup of(RunOptions options) {
        TreeMap<String, String> values = new TreeMap<>();
        values.put("results version", RESULTS_VERSION);
        values.put("seed", String.valueOf(options.seed()));
        values.put(ROUNDS, String.valueOf(options.rounds()));
        values.put("repairs", String.valueOf(options.repairs()));
        values.put("instructions per call", String.valueOf(options.instructionsPerCall()));
        values.put("images", options.images().settings());
        values.put("directions", options.selector().settings());
        for (Evolver evolver : options.evolvers()) {
            values.put("evolver " + evolver.direction().name(), evolver.settings());
        }
        values.put("eliminators", options.eliminator().settings());
        return new RunSetup(new RunSettings(values));
    }

    /**
     * Refuses to go on with a run that was set up differently. More rounds are fine, all else has to be as it was.
     *
     * @param stored what the run was set up with
     * @throws RunStoreException.ChangedSettings if it may not be gone on with; the message tells what differs
     */
    void check(RunSettings stored) {
        if (stored.equals(RunSettings.NONE)) {
            return;
        }
        List<String> conflicts = new ArrayList<>(stored.differences(settings));
        if (rounds(settings) >= rounds(stored)) {
            conflicts.removeIf(difference -> difference.startsWith(ROUNDS + ": "));
        }
        if (!conflicts.isEmpty()) {
            throw new RunStoreException.ChangedSettings(
                    "the stored run was set up differently:\n  "
                            + String.join("\n  ", conflicts)
                            + "\nNothing was changed. More seeds, more rounds, another concurrency and another budget would be fine.");
        }
    }

    private static int rounds(RunSettings settings) {
        return Integer.parseInt(settings.values().getOrDefault(ROUNDS, "0"));
    }
}
