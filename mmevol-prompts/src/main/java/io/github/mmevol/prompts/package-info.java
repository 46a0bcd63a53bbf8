/**
 * Prompts for evolution and judging. A {@link io.github.mmevol.prompts.PrefixPromptBuilder} composes the prompt of a
 * direction; the standard directions and the judge are built with it.
 */
@NullMarked
package io.github.mmevol.prompts;

import org.jspecify.annotations.NullMarked;
