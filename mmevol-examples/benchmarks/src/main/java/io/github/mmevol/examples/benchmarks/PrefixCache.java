package io.github.mmevol.examples.benchmarks;

import com.knuddels.jtokkit.Encodings;
import com.knuddels.jtokkit.api.Encoding;
import com.knuddels.jtokkit.api.EncodingType;
import java.io.IOException;
import java.util.Arrays;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.NavigableSet;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.json.JsonMapper;

/** Which share of the text tokens of prompts a cache of prefixes can serve: what an earlier call began with too. */
final class PrefixCache implements Topic {
    private final Encoding encoding = Encodings.newLazyEncodingRegistry().getEncoding(EncodingType.O200K_BASE);

    /** The calls that have one system text. */
    private static final class Siblings {
        final int systemTokens;
        final int schemaTokens;
        /** Their user texts as tokens, in order, so that what begins most alike stands side by side. */
        private final NavigableSet<int[]> users = new TreeSet<>(Arrays::compare);

        Siblings(int systemTokens, int schemaTokens) {
            this.systemTokens = systemTokens;
            this.schemaTokens = schemaTokens;
        }

        boolean isEmpty() {
            return users.isEmpty();
        }

        /** How many of its first tokens a user text shares with that of an earlier call; it is one of them from now on. */
        int shared(int[] user) {
            int shared = Math.max(common(user, users.floor(user)), common(user, users.ceiling(user)));
            users.add(user);
            return shared;
        }

        private static int common(int[] user, int @Nullable [] other) {
            int mismatch = other == null ? 0 : Arrays.mismatch(user, other);
            return mismatch < 0 ? user.length : mismatch;
        }
    }

    /** Calls of one kind and their tokens. */
    private static final class Tally {
        private int calls;
        private int distinct;
        private long system;
        private long user;
        private long schema;
        private long served;
        private long servedSchema;

        void add(Siblings siblings, int[] userTokens, boolean seen, int shared) {
            calls++;
            distinct += seen ? 0 : 1;
            system += siblings.systemTokens;
            user += userTokens.length;
            schema += siblings.schemaTokens;
            served += seen ? siblings.systemTokens + shared : 0;
            servedSchema += seen ? siblings.schemaTokens : 0;
        }

        void row(Table table, String kind) {
            table.row(
                    kind,
                    calls,
                    distinct,
                    (double) system / calls,
                    (double) user / calls,
                    percent(served, system + user),
                    (double) schema / calls,
                    percent(served + servedSchema, system + user + schema));
        }

        private static String percent(long part, long whole) {
            return Math.round(1000.0 * part / whole) / 10.0 + " %";
        }
    }

    @Override
    public String name() {
        return "cache";
    }

    @Override
    public Table measure(Workbench bench) throws IOException, InterruptedException {
        Recording recording = bench.recording();
        Map<String, Siblings> known = new HashMap<>();
        Map<String, Tally> tallies = new LinkedHashMap<>();
        for (String kind : new String[] {"evolve", "judge", "all"}) {
            tallies.put(kind, new Tally());
        }
        for (int call = 0; call < recording.size(); call++) {
            String system = recording.system(call);
            Siblings siblings = known.get(system);
            if (siblings == null) {
                siblings = new Siblings(encoding.countTokensOrdinary(system), schemaTokens(recording, call));
                known.put(system, siblings);
            }
            boolean seen = !siblings.isEmpty();
            int[] user = encoding.encodeOrdinary(recording.user(call)).toArray();
            int shared = siblings.shared(user);
            String kind = system.contains("\"verdicts\"") ? "judge" : "evolve";
            for (String counted : new String[] {kind, "all"}) {
                tallies.getOrDefault(counted, new Tally()).add(siblings, user, seen, shared);
            }
        }
        Table table = new Table(
                "Text tokens of prompts that a prefix cache can serve, two instructions a call",
                "calls",
                "number",
                "distinct system texts",
                "system tokens a call",
                "user tokens a call",
                "served",
                "schema tokens a call",
                "served, schema counted");
        tallies.forEach((kind, tally) -> tally.row(table, kind));
        return table.note(
                "Tokens in o200k, without image. Served: what an earlier call began with too, of all text tokens; the image"
                        + " comes after the text. Schema: of the reply, which servers that take it put before the system text.");
    }

    private int schemaTokens(Recording recording, int call) {
        return encoding.countTokensOrdinary(JsonMapper.shared()
                .readTree(recording.body(call, new byte[0]))
                .at("/response_format/json_schema/schema")
                .toString());
    }
}
