/** The processors' time, for the library's own modules: not an API. */
@NullMarked
package io.github.mmevol.core.internal.cpu;

import org.jspecify.annotations.NullMarked;
