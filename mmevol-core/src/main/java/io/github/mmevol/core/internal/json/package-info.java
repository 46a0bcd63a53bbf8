/** JSON for the library's own modules: not an API. */
@NullMarked
package io.github.mmevol.core.internal.json;

import org.jspecify.annotations.NullMarked;
