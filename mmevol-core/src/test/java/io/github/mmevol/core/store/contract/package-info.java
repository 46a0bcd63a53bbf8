/** What every run store keeps to, for implementers. */
@NullMarked
package io.github.mmevol.core.store.contract;

import org.jspecify.annotations.NullMarked;
