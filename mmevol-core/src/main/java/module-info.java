/** MMEvol's core: values, the model SPI, evolution, elimination, the pipeline, run stores and data sets. */
@SuppressWarnings("module") // the modules named below are compiled after this one
module io.github.mmevol.core {
    requires java.desktop;
    requires transitive java.sql;
    requires org.slf4j;
    requires tools.jackson.databind;
    requires static org.jspecify;

    exports io.github.mmevol.core.analysis;
    exports io.github.mmevol.core.dataset;
    exports io.github.mmevol.core.elimination;
    exports io.github.mmevol.core.evolution;
    exports io.github.mmevol.core.manipulation;
    exports io.github.mmevol.core.model;
    exports io.github.mmevol.core.pipeline;
    exports io.github.mmevol.core.sample;
    exports io.github.mmevol.core.store;
    exports io.github.mmevol.core.internal.cpu to
            io.github.mmevol.openai,
            io.github.mmevol.prompts;
    exports io.github.mmevol.core.internal.file to
            io.github.mmevol.openai;
    exports io.github.mmevol.core.internal.json to
            io.github.mmevol.openai,
            io.github.mmevol.prompts;
    exports io.github.mmevol.core.internal.text to
            io.github.mmevol.prompts;
}
