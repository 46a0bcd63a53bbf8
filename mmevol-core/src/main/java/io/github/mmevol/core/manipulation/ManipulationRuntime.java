package io.github.mmevol.core.manipulation;

import io.github.mmevol.core.manipulation.Call.Function;
import io.github.mmevol.core.sample.Instruction;
import io.github.mmevol.core.sample.LabelMatcher;
import io.github.mmevol.core.sample.Sample;
import java.nio.file.Path;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * Carries out the chain of an instruction's solving steps on its sample, and holds what comes out against what the steps and
 * the answer state.
 *
 * <p>Contradicted is a count that the annotations rule out under the sample's trust (exhaustive: any other number; precise:
 * fewer than there are distinct boxes; noisy: none), a formula worked out wrongly, and an answer that gives another value
 * than its chain ends in. What a text reader reads otherwise is disputed. What cannot be decided (a noun that is no label, a
 * noun with a modifier, an invented function, what a region shows) is undecided, and so is each {@link Chain.Flaw}.
 *
 * <p>{@link #ofDefaults()}: grounding from the annotations by {@link LabelMatcher#english()}, referring without keeping the
 * regions, calculation, no text reader. Immutable and thread-safe.
 */
public final class ManipulationRuntime {
    /** The name under which its findings stand in records. */
    public static final String NAME = "chain";

    private final LabelMatcher labels;
    private final @Nullable Path crops;
    private final @Nullable OcrEngine ocr;
    private final Map<String, Tool> tools;
    private final Grounding grounding;
    private final Calculator calculator;
    private final Referring referring;
    private final Pictures pictures = new Pictures();

    private ManipulationRuntime(Builder b) {
        labels = b.labels;
        crops = b.crops;
        ocr = b.ocr;
        tools = new TreeMap<>(b.tools);
        grounding = new Grounding(labels);
        calculator = new Calculator(grounding);
        referring = new Referring(crops);
    }

    /** Grounding from the annotations, English labels, no regions kept, no text reader. */
    public static ManipulationRuntime ofDefaults() {
        return builder().build();
    }

    /** Starts a runtime. */
    public static Builder builder() {
        return new Builder();
    }

    /** A builder that starts with this runtime's options. */
    public Builder toBuilder() {
        Builder builder = new Builder();
        builder.labels = labels;
        builder.crops = crops;
        builder.ocr = ocr;
        builder.tools.putAll(tools);
        return builder;
    }

    /** What it is set to, as far as its findings depend on it. */
    public String settings() {
        StringBuilder settings = new StringBuilder(NAME);
        if (labels != LabelMatcher.english()) {
            settings.append(", labels by ").append(labels);
        }
        OcrEngine engine = ocr;
        if (engine != null) {
            settings.append(", text read by ").append(engine.name());
        }
        if (!tools.isEmpty()) {
            settings.append(", tools ").append(String.join(" ", tools.keySet()));
        }
        return settings.toString();
    }

    /** Carries out an instruction's chain on its sample; an instruction without one comes back with nothing found. */
    public Execution execute(Sample sample, Instruction instruction) {
        return new ChainRun(this, new Scene(sample, pictures), instruction).execution();
    }

    LabelMatcher labels() {
        return labels;
    }

    Calculator calculator() {
        return calculator;
    }

    @Nullable
    OcrEngine ocr() {
        return ocr;
    }

    /** The tool of a call's function; null if there is none, and for text, which is read beside what is stated. */
    @Nullable
    Tool tool(Call call) {
        Tool own = tools.get(key(call.function(), call.name()));
        if (own != null) {
            return own;
        }
        return switch (call.function()) {
            case GROUNDING -> grounding;
            case REFERRING -> referring;
            case CALCULATE -> calculator;
            case OCR, OTHER -> null;
        };
    }

    private static String key(Function function, String name) {
        return function == Function.OTHER ? Names.letters(Names.stem(name)) : function.name();
    }

    /** Builds a {@link ManipulationRuntime}; not thread-safe. */
    public static final class Builder {
        private LabelMatcher labels = LabelMatcher.english();
        private @Nullable Path crops;
        private @Nullable OcrEngine ocr;
        private final Map<String, Tool> tools = new TreeMap<>();

        private Builder() {}

        /** Tells which labels a phrase names; default {@link LabelMatcher#english()}. */
        public Builder labels(LabelMatcher labels) {
            this.labels = Objects.requireNonNull(labels, "labels");
            return this;
        }

        /** Where the regions that are referred to are kept, enlarged, as PNG files; default nowhere. */
        public Builder crops(Path folder) {
            crops = Objects.requireNonNull(folder, "folder");
            return this;
        }

        /** Reads what an OCR call claims to read; default none. */
        public Builder ocr(OcrEngine engine) {
            ocr = Objects.requireNonNull(engine, "engine");
            return this;
        }

        /**
         * Carries out the calls of a function, instead of the default where there is one.
         *
         * @param function its name in any spelling, for example {@code grounding} or {@code measure_distance}
         */
        public Builder tool(String function, Tool tool) {
            String key = key(Names.function(function), function);
            if (key.isEmpty()) {
                throw new IllegalArgumentException("a tool needs the name of a function: '" + function + "'");
            }
            tools.put(key, Objects.requireNonNull(tool, "tool"));
            return this;
        }

        /** The runtime. */
        public ManipulationRuntime build() {
            return new ManipulationRuntime(this);
        }
    }
}
