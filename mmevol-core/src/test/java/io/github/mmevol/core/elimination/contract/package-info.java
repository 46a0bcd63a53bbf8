/** What every {@link io.github.mmevol.core.elimination.Eliminator} keeps to, as tests to extend. */
@NullMarked
package io.github.mmevol.core.elimination.contract;

import org.jspecify.annotations.NullMarked;
