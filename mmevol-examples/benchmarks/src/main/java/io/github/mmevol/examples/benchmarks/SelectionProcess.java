package io.github.mmevol.examples.benchmarks;

import io.github.mmevol.core.dataset.Selection;
import io.github.mmevol.core.elimination.EvolvedSample;
import io.github.mmevol.core.elimination.Outcome;
import io.github.mmevol.core.sample.ImageSource;
import io.github.mmevol.core.sample.Instruction;
import io.github.mmevol.core.sample.Sample;
import io.github.mmevol.core.sample.SampleKey;
import java.io.IOException;
import java.lang.ref.Reference;
import java.util.List;
import java.util.OptionalInt;
import java.util.Random;
import java.util.concurrent.atomic.AtomicInteger;
import tools.jackson.databind.json.JsonMapper;

/** A JVM of its own that seeks near-duplicates; prints one line of JSON, a {@link SelectionUsage}. */
public final class SelectionProcess {
    private final Selection.Pass pass = Selection.nearDuplicates().start();
    private final AtomicInteger looked = new AtomicInteger();
    private final ImageSource noFile = () -> {
        looked.incrementAndGet();
        throw new IOException("there is no file");
    };
    private long nanos;
    private int dropped;
    private int repeated;

    private SelectionProcess() {}

    /** Arguments: how many instructions, about how many images. */
    public static void main(String[] args) {
        SelectionProcess process = new SelectionProcess();
        process.select(Integer.parseInt(args[0]), Integer.parseInt(args[1]));
        System.out.println(JsonMapper.shared().writeValueAsString(process.usage()));
        System.exit(0);
    }

    private void select(int instructions, int images) {
        SaidTexts texts = new SaidTexts(images);
        Random random = new Random(5);
        for (int i = 0; i < instructions; i++) {
            int image = random.nextInt(images);
            EvolvedSample sample = sample(i, image + ".jpg", texts.next(image));
            long start = System.nanoTime();
            EvolvedSample selected = pass.select(sample);
            nanos += System.nanoTime() - start;
            dropped += 1 - selected.kept().size();
        }
        repeated = texts.repeated();
    }

    private EvolvedSample sample(int number, String image, Instruction instruction) {
        SampleKey key = new SampleKey(String.format("%032x", number * 0x9e3779b97f4a7c15L));
        Outcome.Origin origin =
                new Outcome.Origin(key.instruction(1, 1), key.instruction(0, 1), 1, "cognitive", "", "");
        return new EvolvedSample(
                key,
                Sample.builder("s").image(image, noFile).build(),
                List.of(new Outcome.Kept(origin, instruction, OptionalInt.of(6), "")));
    }

    private SelectionUsage usage() {
        try {
            System.gc();
            return new SelectionUsage(
                    nanos / 1e9, dropped, repeated, looked.get(), Usage.usedHeapMegabytes(), Usage.residentMegabytes());
        } finally {
            Reference.reachabilityFence(pass);
        }
    }
}
