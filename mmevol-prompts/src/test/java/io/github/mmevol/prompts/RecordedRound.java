package io.github.mmevol.prompts;

import io.github.mmevol.core.evolution.Round;
import io.github.mmevol.core.model.LazyImage;
import io.github.mmevol.core.model.ModelClient;
import io.github.mmevol.core.model.ModelException;
import io.github.mmevol.core.model.ModelRequest;
import io.github.mmevol.core.model.ModelResponse;
import io.github.mmevol.core.sample.Sample;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.TreeMap;

/** A round that keeps what passes through it; its replay answers from what was remembered. */
final class RecordedRound implements Round {
    private final Round round;
    private final boolean replay;
    private final Map<String, String> notes;
    final List<ModelRequest> requests = new ArrayList<>();
    final Map<String, Integer> events = new TreeMap<>();

    private RecordedRound(Round round, boolean replay, Map<String, String> notes) {
        this.round = round;
        this.replay = replay;
        this.notes = notes;
    }

    static RecordedRound of(long seed, Sample sample) {
        return new RecordedRound(Round.of(seed, sample), false, new HashMap<>());
    }

    /** The same round, in which no model can be asked. */
    RecordedRound replay() {
        return new RecordedRound(round, true, notes);
    }

    @Override
    public int number() {
        return round.number();
    }

    @Override
    public LazyImage image() {
        return round.image();
    }

    @Override
    public ModelResponse ask(ModelClient client, ModelRequest request) {
        if (replay) {
            throw new ModelException.NotStored("a replay asks no model");
        }
        requests.add(request);
        return round.ask(client, request);
    }

    @Override
    public Random random(String purpose) {
        return round.random(purpose);
    }

    @Override
    public int repairs() {
        return 0;
    }

    @Override
    public int instructionsPerCall() {
        return round.instructionsPerCall();
    }

    @Override
    public Optional<String> recall(String name) {
        return replay ? Optional.ofNullable(notes.get(name)) : Optional.empty();
    }

    @Override
    public void remember(String name, String text) {
        notes.put(name, text);
    }

    @Override
    public void count(String event) {
        events.merge(event, 1, Integer::sum);
    }
}
