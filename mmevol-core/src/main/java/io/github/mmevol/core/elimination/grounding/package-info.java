/**
 * How the text of an instruction stands to the annotated objects of its sample: which boxes it writes, what it says they
 * hold, how many things it counts, and on which side of each other it puts them. Gives plain findings; not part of the
 * API.
 */
@NullMarked
package io.github.mmevol.core.elimination.grounding;

import org.jspecify.annotations.NullMarked;
