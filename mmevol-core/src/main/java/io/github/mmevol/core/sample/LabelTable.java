package io.github.mmevol.core.sample;

import io.github.mmevol.core.sample.LabelMatcher.Relation;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** What is called how, and what is a kind of what; the form of the file is told in its first lines. */
final class LabelTable {
    private static final int INDENT = 2;

    /** A thing: itself and all that it is a kind of. */
    private static final class Thing {
        private final Set<Thing> kindOf = new HashSet<>();
        private boolean mixedUp;

        /** Whether it is the other or a kind of it. */
        boolean is(Thing other) {
            return this == other || kindOf.contains(other);
        }
    }

    private final Map<String, Thing> things = new HashMap<>();
    private final Map<String, List<Thing>> byName = new HashMap<>();

    private LabelTable() {}

    static LabelTable standard() {
        try (InputStream in = LabelTable.class.getResourceAsStream("labels.txt")) {
            if (in == null) {
                throw new IllegalStateException("labels.txt is missing from the library");
            }
            return read(new BufferedReader(new InputStreamReader(in, StandardCharsets.UTF_8)));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static LabelTable read(BufferedReader lines) throws IOException {
        LabelTable table = new LabelTable();
        Deque<Thing> above = new ArrayDeque<>();
        for (String line = lines.readLine(); line != null; line = lines.readLine()) {
            String text = line.strip();
            if (text.isEmpty() || text.startsWith("#")) {
                continue;
            }
            int depth = line.indexOf(text) / INDENT;
            while (above.size() > depth) {
                above.pop();
            }
            above.push(table.add(text, above));
        }
        return table;
    }

    private Thing add(String text, Deque<Thing> above) {
        boolean mixedUp = text.startsWith("~");
        String[] names = (mixedUp ? text.substring(1) : text).split(",", -1);
        Thing thing = things.computeIfAbsent(names[0].strip(), name -> new Thing());
        thing.mixedUp |= mixedUp;
        for (Thing kind : above) {
            thing.kindOf.add(kind);
            thing.kindOf.addAll(kind.kindOf);
        }
        for (String name : names) {
            List<Thing> called =
                    byName.computeIfAbsent(String.join(" ", NounPhrase.of(name).words()), key -> new ArrayList<>(1));
            if (!called.contains(thing)) {
                called.add(thing);
            }
        }
        return thing;
    }

    boolean knows(String name) {
        return byName.containsKey(name);
    }

    /** How what bears one name relates to what bears another; unknown unless the table knows both. */
    Relation relate(String name, String label) {
        Set<Relation> found = EnumSet.noneOf(Relation.class);
        for (Thing one : byName.getOrDefault(name, List.of())) {
            for (Thing other : byName.getOrDefault(label, List.of())) {
                found.add(relate(one, other));
            }
        }
        // of words with several meanings, those count that fit together best
        if (found.contains(Relation.SAME)) {
            return Relation.SAME;
        }
        boolean narrower = found.contains(Relation.NARROWER);
        if (narrower != found.contains(Relation.BROADER)) {
            return narrower ? Relation.NARROWER : Relation.BROADER;
        }
        return narrower || found.isEmpty() || found.contains(Relation.UNKNOWN) ? Relation.UNKNOWN : Relation.OTHER;
    }

    private static Relation relate(Thing one, Thing other) {
        if (one == other) {
            return Relation.SAME;
        }
        if (one.is(other)) {
            return Relation.NARROWER;
        }
        if (other.is(one)) {
            return Relation.BROADER;
        }
        return mixedUp(one, other) ? Relation.UNKNOWN : Relation.OTHER;
    }

    /** Whether the two are kinds of something whose kinds people mix up, with nothing in between that holds both. */
    private static boolean mixedUp(Thing one, Thing other) {
        for (Thing common : one.kindOf) {
            if (common.mixedUp && other.kindOf.contains(common) && !holdBoth(common, one, other)) {
                return true;
            }
        }
        return false;
    }

    /** Whether something narrower than what both are kinds of holds them both too. */
    private static boolean holdBoth(Thing common, Thing one, Thing other) {
        for (Thing nearer : one.kindOf) {
            if (nearer != common && nearer.is(common) && other.kindOf.contains(nearer)) {
                return true;
            }
        }
        return false;
    }
}
