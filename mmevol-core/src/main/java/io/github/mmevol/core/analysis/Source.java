package io.github.mmevol.core.analysis;

import io.github.mmevol.core.dataset.DataSet;
import io.github.mmevol.core.elimination.EvolvedSample;
import io.github.mmevol.core.sample.Sample;
import io.github.mmevol.core.sample.SampleKey;
import io.github.mmevol.core.store.RunStore;
import io.github.mmevol.core.store.RunStoreException;
import io.github.mmevol.core.store.StoredSample;
import java.util.List;
import java.util.Objects;
import java.util.function.Consumer;
import java.util.function.Supplier;
import java.util.stream.Stream;

/**
 * What is looked at, one sample after the other.
 *
 * @param opening opens it anew
 */
record Source(Supplier<Stream<EvolvedSample>> opening) {

    static Source of(DataSet<?> data) {
        Objects.requireNonNull(data, "data");
        return new Source(() -> data.stream().map(Source::evolved));
    }

    static Source of(RunStore store) {
        Objects.requireNonNull(store, "store");
        return new Source(() -> samples(store).map(StoredSample::evolved));
    }

    private static Stream<StoredSample> samples(RunStore store) {
        try {
            return store.samples();
        } catch (RunStoreException.NoRun e) {
            return Stream.empty(); // before a run begins
        }
    }

    void forEach(Consumer<EvolvedSample> look) {
        try (Stream<EvolvedSample> samples = opening.get()) {
            samples.forEachOrdered(look);
        }
    }

    private static EvolvedSample evolved(Object item) {
        if (item instanceof EvolvedSample evolved) {
            return evolved;
        }
        if (item instanceof Sample sample) {
            return new EvolvedSample(SampleKey.of(sample), sample, List.of());
        }
        throw new IllegalArgumentException(
                "a data set of samples or of evolved samples can be analysed, not of " + item.getClass());
    }
}
