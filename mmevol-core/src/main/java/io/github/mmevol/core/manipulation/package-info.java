/**
 * The visual operations that solving steps simulate. A {@link io.github.mmevol.core.manipulation.Chain} is what the steps
 * of an instruction call, read from any of the spellings that models use; a
 * {@link io.github.mmevol.core.manipulation.ManipulationRuntime} carries it out on the sample and holds what comes out
 * against what the instruction states. {@link io.github.mmevol.core.manipulation.Arithmetic} works out what a text
 * calculates.
 */
@NullMarked
package io.github.mmevol.core.manipulation;

import org.jspecify.annotations.NullMarked;
