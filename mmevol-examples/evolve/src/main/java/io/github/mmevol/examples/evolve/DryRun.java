package io.github.mmevol.examples.evolve;

import io.github.mmevol.core.dataset.DataSet;
import io.github.mmevol.core.evolution.Candidate;
import io.github.mmevol.core.evolution.Evolver;
import io.github.mmevol.core.evolution.LiveInstruction;
import io.github.mmevol.core.evolution.PromptInfo;
import io.github.mmevol.core.evolution.Round;
import io.github.mmevol.core.model.ModelClient;
import io.github.mmevol.core.model.ModelRequest;
import io.github.mmevol.core.model.ModelResponse;
import io.github.mmevol.core.sample.Sample;
import io.github.mmevol.core.sample.SampleKey;
import io.github.mmevol.prompts.Directions;
import io.github.mmevol.prompts.Judge;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;

/** Renders the prompts of a data set's first sample in each direction, and counts their tokens, without calling anything. */
final class DryRun {
    private final PrintWriter console;
    private final Path folder;
    private final O200kTokens tokens = new O200kTokens();
    private final List<ModelRequest> seen = new ArrayList<>();
    private final ModelClient recorder = request -> {
        seen.add(request);
        return ModelResponse.of("");
    };

    DryRun(PrintWriter console, Path folder) {
        this.console = console;
        this.folder = folder;
    }

    void render(DataSet<Sample> samples, long seed) throws IOException {
        Optional<Sample> first;
        try (Stream<Sample> stream = samples.stream()) {
            first = stream.filter(sample -> !sample.instructions().isEmpty()).findFirst();
        }
        if (first.isEmpty()) {
            throw new IllegalArgumentException("the seed file has no sample with an instruction");
        }
        Sample sample = first.get();
        Files.createDirectories(folder);
        console.println("Dry run: nothing is called. Prompts of sample " + sample.id() + " (" + sample.image()
                + "), tokens in o200k without the image:");
        SampleKey key = SampleKey.of(sample);
        LiveInstruction live =
                new LiveInstruction(key.instruction(0, 1), sample.instructions().get(0), List.of());
        for (Evolver evolver : Directions.all(recorder)) {
            evolver.evolve(sample, List.of(live), Round.of(seed, sample));
            write(evolver.direction().name());
            Candidate candidate = new Candidate(
                    key.instruction(1, 1), sample, live, live.instruction(), evolver.direction(), 1, PromptInfo.NONE);
            Judge.with(recorder).judge(List.of(candidate), Round.of(seed, sample));
            write("judge-" + evolver.direction().name());
        }
        console.println("Written to " + folder + ".");
    }

    private void write(String name) throws IOException {
        ModelRequest request = seen.get(0);
        seen.clear();
        Files.writeString(folder.resolve(name + ".system.txt"), request.system());
        Files.writeString(folder.resolve(name + ".user.txt"), request.text());
        console.printf(
                Locale.ROOT,
                "  %-20s system %5d   user %5d%n",
                name,
                tokens.count(request.system()),
                tokens.count(request.text()));
    }
}
