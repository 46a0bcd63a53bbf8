/** Semantic duplicates by a sentence model inside the JVM: {@link io.github.mmevol.examples.embeddings.MeaningSelection}. */
@NullMarked
package io.github.mmevol.examples.embeddings;

import org.jspecify.annotations.NullMarked;
