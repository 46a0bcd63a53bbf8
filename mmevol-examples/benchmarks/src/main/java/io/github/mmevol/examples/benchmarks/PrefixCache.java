package io.github.mmevol.examples.benchmarks;

import com.knuddels.jtokkit.Encodings;
import com.knuddels.jtokkit.api.Encoding;
import com.knuddels.jtokkit.api.EncodingType;
import java.io.IOException;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;

/** Which share of the text tokens of prompts a cache of prefixes can serve: system texts that an earlier call had. */
final class PrefixCache implements Topic {
    private final Encoding encoding = Encodings.newLazyEncodingRegistry().getEncoding(EncodingType.O200K_BASE);

    /** Calls of one kind and their tokens. */
    private static final class Tally {
        private int calls;
        private int distinct;
        private long system;
        private long user;
        private long served;

        void add(int systemTokens, int userTokens, boolean seen) {
            calls++;
            distinct += seen ? 0 : 1;
            system += systemTokens;
            user += userTokens;
            served += seen ? systemTokens : 0;
        }

        void row(Table table, String kind) {
            table.row(
                    kind,
                    calls,
                    distinct,
                    (double) system / calls,
                    (double) user / calls,
                    Math.round(1000.0 * served / (system + user)) / 10.0 + " %");
        }
    }

    @Override
    public String name() {
        return "cache";
    }

    @Override
    public Table measure(Workbench bench) throws IOException, InterruptedException {
        Recording recording = bench.recording();
        Map<String, Integer> systems = new HashMap<>();
        Map<String, Tally> tallies = new LinkedHashMap<>();
        for (String kind : new String[] {"evolve", "judge", "all"}) {
            tallies.put(kind, new Tally());
        }
        for (int call = 0; call < recording.size(); call++) {
            String system = recording.system(call);
            boolean seen = systems.containsKey(system);
            int systemTokens = systems.computeIfAbsent(system, encoding::countTokensOrdinary);
            int userTokens = encoding.countTokensOrdinary(recording.user(call));
            String kind = system.contains("\"verdicts\"") ? "judge" : "evolve";
            for (String counted : new String[] {kind, "all"}) {
                tallies.getOrDefault(counted, new Tally()).add(systemTokens, userTokens, seen);
            }
        }
        Table table = new Table(
                "Text tokens of prompts that a prefix cache can serve, two instructions a call",
                "calls",
                "number",
                "distinct system texts",
                "system tokens a call",
                "user tokens a call",
                "served");
        tallies.forEach((kind, tally) -> tally.row(table, kind));
        return table.note(
                "Tokens in o200k, without image and reply schema. Served: system texts that an earlier call had,"
                        + " of all text tokens. The image comes after the text.");
    }
}
