/** Texts in forms that can be compared; for this module alone. */
@NullMarked
package io.github.mmevol.core.internal.text;

import org.jspecify.annotations.NullMarked;
