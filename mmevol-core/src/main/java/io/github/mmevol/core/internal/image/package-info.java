/** Image files and pixels: not an API. */
@NullMarked
package io.github.mmevol.core.internal.image;

import org.jspecify.annotations.NullMarked;
