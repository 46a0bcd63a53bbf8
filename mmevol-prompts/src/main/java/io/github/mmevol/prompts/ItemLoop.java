package io.github.mmevol.prompts;

import io.github.mmevol.core.evolution.Round;
import io.github.mmevol.core.internal.cpu.Processors;
import io.github.mmevol.core.internal.cpu.Processors.Work;
import io.github.mmevol.core.model.ModelClient;
import io.github.mmevol.core.model.ModelException;
import io.github.mmevol.core.model.ModelRequest;
import io.github.mmevol.core.model.ModelResponse;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import tools.jackson.databind.node.ObjectNode;

/**
 * One call and its repairs: asks a model for an item per id, keeps what is usable, and asks again for the rest, told what
 * was wrong, as often as the round allows. Evolution and judging share it. Used by one thread.
 *
 * @param <T> what an item is read as
 */
final class ItemLoop<T> {

    /** Renders a request. */
    @FunctionalInterface
    interface Prompter {
        /**
         * The request for some ids.
         *
         * @param asked the ids to ask for, each with what was wrong with its last item
         * @param attempt 0 for the first request
         */
        ModelRequest request(Map<String, String> asked, int attempt);
    }

    /** Reads the item of an id. */
    @FunctionalInterface
    interface Reader<T> {
        Reading<T> read(String id, ObjectNode item);
    }

    /**
     * What came of an id: a value, or a failure.
     *
     * @param by a short, countable name of the failure; empty where there is a value
     * @param why what happened; empty where there is a value
     * @param model the model that was asked
     */
    record Answer<T>(Optional<T> value, String by, String why, String model) {}

    /** The one problem of an item that asking again does not mend. */
    private static final String DECLINED = "declined";

    private final Round round;
    private final ModelClient client;
    private final String arrayField;
    private final Reader<T> reader;
    private final Map<String, Answer<T>> answers = new LinkedHashMap<>();
    private final Map<String, String> open = new LinkedHashMap<>();

    private ItemLoop(Round round, ModelClient client, String arrayField, Reader<T> reader) {
        this.round = round;
        this.client = client;
        this.arrayField = arrayField;
        this.reader = reader;
    }

    /**
     * Asks for one item for each local id, q1 to qN.
     *
     * @param count how many
     * @param arrayField the list that the reply is to hold
     * @return an answer for each, in order
     * @throws ModelException if it ends the run, or if the image cannot be used
     */
    static <T> List<Answer<T>> ask(
            Round round, ModelClient client, int count, String arrayField, Prompter prompter, Reader<T> reader) {
        ItemLoop<T> loop = new ItemLoop<>(round, client, arrayField, reader);
        List<String> ids = DataBlock.localIds(count);
        ids.forEach(id -> loop.fail(id, "missing", ""));
        for (int attempt = 0; attempt <= round.repairs() && !loop.open.isEmpty(); attempt++) {
            if (attempt > 0) {
                round.count("repair");
            }
            loop.once(prompter, attempt);
        }
        return new ArrayList<>(loop.answers.values());
    }

    private void once(Prompter prompter, int attempt) {
        ModelResponse response;
        try {
            response = round.ask(
                    client,
                    Processors.calculate(Work.CALL, () -> prompter.request(new LinkedHashMap<>(open), attempt)));
        } catch (ModelException e) {
            if (e.endsRun() || e instanceof ModelException.UnusableImage) {
                throw e;
            }
            List.copyOf(open.keySet())
                    .forEach(id -> settle(id, "model", String.valueOf(e.getMessage()), client.name()));
            return;
        }
        Processors.calculate(Work.REPLY, () -> read(response));
    }

    private void read(ModelResponse response) {
        String model = response.model().isEmpty() ? client.name() : response.model();
        ParsedReply reply = ReplyParser.parse(response, arrayField);
        MatchedItems items = MatchedItems.of(reply.items(), List.copyOf(open.keySet()));
        for (int i = 0; i < items.surplus(); i++) {
            round.count("surplus");
        }
        for (String id : List.copyOf(open.keySet())) {
            ObjectNode item = items.byId().get(id);
            if (item != null) {
                file(id, reader.read(id, item), model);
            } else if (reply.problem() == ParsedReply.Problem.NONE) {
                fail(id, "missing", "the reply has no item with this id", model);
            } else {
                fail(id, reply.problem().id(), reply.detail(), model);
            }
        }
    }

    private void file(String id, Reading<T> reading, String model) {
        if (reading instanceof Reading.Of<T> usable) {
            answers.put(id, new Answer<>(Optional.of(usable.value()), "", "", model));
            open.remove(id);
        } else if (reading instanceof Reading.Problem<T> problem) {
            if (problem.by().equals(DECLINED)) {
                settle(id, problem.by(), problem.why(), model);
            } else {
                fail(id, problem.by(), problem.why(), model);
            }
        }
    }

    private void fail(String id, String by, String why) {
        fail(id, by, why, client.name());
    }

    /** A failure that asking again may mend. */
    private void fail(String id, String by, String why, String model) {
        answers.put(id, new Answer<>(Optional.empty(), by, why, model));
        open.put(id, why);
    }

    /** A failure that is final. */
    private void settle(String id, String by, String why, String model) {
        answers.put(id, new Answer<>(Optional.empty(), by, why, model));
        open.remove(id);
    }
}
