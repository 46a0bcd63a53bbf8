/** What every model client keeps to, as tests that an implementer extends. */
@NullMarked
package io.github.mmevol.core.model.contract;

import org.jspecify.annotations.NullMarked;
