/** Files that are held, for the library's own modules: not an API. */
@NullMarked
package io.github.mmevol.core.internal.file;

import org.jspecify.annotations.NullMarked;
