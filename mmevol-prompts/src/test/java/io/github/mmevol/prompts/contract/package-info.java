/** What tests of the prompts, and of whatever reads model replies, have in common. */
@NullMarked
package io.github.mmevol.prompts.contract;

import org.jspecify.annotations.NullMarked;
