package io.github.mmevol.examples.benchmarks;

import java.io.IOException;

/** Something that is measured and ends as one table. A new one is a class, and an entry in {@link Benchmarks#TOPICS}. */
interface Topic {
    /** The name on the command line. */
    String name();

    /** Measures; may take minutes. */
    Table measure(Workbench bench) throws IOException, InterruptedException;
}
