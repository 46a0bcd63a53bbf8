package io.github.mmevol.examples.evolve;

import io.github.mmevol.core.model.FinishReason;
import io.github.mmevol.core.model.ModelClient;
import io.github.mmevol.core.model.ModelRequest;
import io.github.mmevol.core.model.ModelResponse;
import io.github.mmevol.core.model.TokenUsage;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Replays replies that people wrote while looking at the bundled photographs; no model is called. A request for which
 * nothing was written (another random seed, other directions) is answered by the {@link RuleMadeClient} instead, and
 * counted. Token counts are those of the o200k encoding for the text; images count nothing.
 *
 * <p>The replies stand in {@code /bundled/rehearsal/*.txt}: a line {@code @@ purpose} opens one ({@code @@ purpose again}
 * for a reply to a repair, {@code @@ purpose cut} for one that the token limit cut off), lines {@code @ question} name the
 * questions it answers, and all up to the next {@code @@} is the reply as it is.
 */
final class RehearsalClient implements ModelClient {
    static final String NAME = "rehearsal (hand-written)";

    private static final Logger LOG = LoggerFactory.getLogger(RehearsalClient.class);

    private record Reply(String text, FinishReason finishReason) {}

    private final Map<String, Reply> replies = new HashMap<>();
    private final RuleMadeClient fallback = new RuleMadeClient();
    private final O200kTokens tokens = new O200kTokens();
    private final AtomicLong improvised = new AtomicLong();

    /** Reads the replies for all bundled photographs. */
    RehearsalClient() {
        for (String name : BundledSeeds.NAMES) {
            String file = "/bundled/rehearsal/" + name + ".txt";
            try (InputStream in = RehearsalClient.class.getResourceAsStream(file)) {
                if (in != null) {
                    read(file, new String(in.readAllBytes(), StandardCharsets.UTF_8));
                }
            } catch (IOException e) {
                throw new UncheckedIOException("cannot read " + file, e);
            }
        }
    }

    @Override
    public String name() {
        return NAME;
    }

    /** How many requests nothing was written for. */
    long improvised() {
        return improvised.get();
    }

    @Override
    public ModelResponse send(ModelRequest request) {
        DataObject data = DataObject.of(request);
        String key = key(
                data.purpose(),
                data.isRepair(),
                data.tasks().stream().map(DataObject.Task::question).toList());
        Reply reply = replies.get(key);
        if (reply == null) {
            LOG.debug("nothing is written for {}", key);
            improvised.incrementAndGet();
            return fallback.send(request);
        }
        TokenUsage usage = new TokenUsage(tokens.count(request), 0, tokens.count(reply.text()), 0);
        return new ModelResponse(reply.text(), reply.finishReason(), usage, NAME);
    }

    private void read(String file, String text) {
        String header = "";
        List<String> questions = new ArrayList<>();
        StringBuilder reply = new StringBuilder();
        for (String line : (text + "\n@@").split("\n", -1)) {
            if (line.startsWith("@@")) {
                add(file, header, questions, reply.toString().strip());
                header = line.substring(2).strip();
                questions.clear();
                reply.setLength(0);
            } else if (line.startsWith("@ ") && reply.toString().isBlank()) {
                questions.add(line.substring(2));
            } else if (!header.isEmpty()) {
                reply.append(line).append('\n');
            }
        }
    }

    private void add(String file, String header, List<String> questions, String reply) {
        if (header.isEmpty()) {
            return;
        }
        List<String> words = List.of(header.split(" +"));
        boolean repair = words.contains("again");
        FinishReason reason = words.contains("cut") ? FinishReason.LENGTH : FinishReason.STOP;
        if (replies.put(key(words.get(0), repair, questions), new Reply(reply, reason)) != null) {
            throw new IllegalStateException(file + ": two replies for '" + header + "' and " + questions);
        }
    }

    private static String key(String purpose, boolean repair, List<String> questions) {
        return purpose + (repair ? " again" : "")
                + "\n"
                + String.join(
                        "\n",
                        questions.stream()
                                .map(q -> q.replaceAll("\\s+", " ").strip())
                                .toList());
    }
}
