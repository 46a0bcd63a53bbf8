package io.github.mmevol.core.store;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * What a run was set up with, as far as its results depend on it: prompts by their hashes, eliminators with their
 * settings, image options, the seed.
 *
 * @param values name to text, in alphabetical order
 */
public record RunSettings(SortedMap<String, String> values) {
    /** Nothing: the settings of a store that has seen no run yet. */
    public static final RunSettings NONE = new RunSettings(Map.of());

    /** Copies the map. */
    public RunSettings {
        values = Collections.unmodifiableSortedMap(new TreeMap<>(values));
    }

    /** Copies the map. */
    public RunSettings(Map<String, String> values) {
        this(new TreeMap<>(values));
    }

    /**
     * One text for each setting that differs in the other one, for a reader: its name, this text, that text. Of texts of
     * several lines, the lines that both have are left out.
     */
    public List<String> differences(RunSettings other) {
        Objects.requireNonNull(other, "other");
        List<String> differences = new ArrayList<>();
        TreeSet<String> names = new TreeSet<>(values.keySet());
        names.addAll(other.values.keySet());
        for (String name : names) {
            String here = values.getOrDefault(name, "");
            String there = other.values.getOrDefault(name, "");
            if (!here.equals(there)) {
                differences.add(name + ": " + without(here, there) + " -> " + without(there, here));
            }
        }
        return differences;
    }

    /** The lines of a text that another one does not have; all lines if there is no such line, for then the order differs. */
    private static String without(String text, String other) {
        List<String> lines = text.lines().toList();
        List<String> own = new ArrayList<>(lines);
        own.removeAll(other.lines().toList());
        if (own.isEmpty() && lines.size() == other.lines().count()) {
            own = lines;
        }
        return own.isEmpty() ? "(none)" : String.join(", ", own);
    }
}
