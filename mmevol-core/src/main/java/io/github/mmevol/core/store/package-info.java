/**
 * Where a run is kept so that nothing paid for is lost: start with {@link io.github.mmevol.core.store.RunStore} and
 * {@link io.github.mmevol.core.store.JdbcRunStore}.
 */
@NullMarked
package io.github.mmevol.core.store;

import org.jspecify.annotations.NullMarked;
