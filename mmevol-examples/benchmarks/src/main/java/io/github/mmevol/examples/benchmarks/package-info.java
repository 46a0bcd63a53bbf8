/** What the library costs, measured: {@link io.github.mmevol.examples.benchmarks.Benchmarks}. */
@NullMarked
package io.github.mmevol.examples.benchmarks;

import org.jspecify.annotations.NullMarked;
