/**
 * One round's rewriting of a sample's instructions. An {@link io.github.mmevol.core.evolution.Evolver} rewrites towards
 * one {@link io.github.mmevol.core.evolution.Direction}; a {@link io.github.mmevol.core.evolution.Round} is its only
 * road to a model and its only source of randomness.
 */
@NullMarked
package io.github.mmevol.core.evolution;

import org.jspecify.annotations.NullMarked;
