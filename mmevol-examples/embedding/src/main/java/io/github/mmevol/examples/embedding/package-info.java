/** The pipeline inside an application: {@link io.github.mmevol.examples.embedding.EmbeddedEvolution}. */
@NullMarked
package io.github.mmevol.examples.embedding;

import org.jspecify.annotations.NullMarked;
