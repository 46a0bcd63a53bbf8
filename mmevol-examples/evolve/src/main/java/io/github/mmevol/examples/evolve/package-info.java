/** The command-line program: {@link io.github.mmevol.examples.evolve.EvolveDataset}. */
@NullMarked
package io.github.mmevol.examples.evolve;

import org.jspecify.annotations.NullMarked;
