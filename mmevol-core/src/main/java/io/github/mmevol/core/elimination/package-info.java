/**
 * Deciding which evolved instructions are kept. An {@link io.github.mmevol.core.elimination.Eliminator} gives each
 * candidate a {@link io.github.mmevol.core.elimination.Verdict}; eliminators compose. What came of every attempt is an
 * {@link io.github.mmevol.core.elimination.Outcome}.
 */
@NullMarked
package io.github.mmevol.core.elimination;

import org.jspecify.annotations.NullMarked;
