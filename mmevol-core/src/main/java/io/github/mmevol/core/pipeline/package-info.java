/**
 * The front door: an {@link io.github.mmevol.core.pipeline.EvolutionPipeline} takes samples through the rounds and
 * writes what came of them.
 */
@NullMarked
package io.github.mmevol.core.pipeline;

import org.jspecify.annotations.NullMarked;
