/**
 * Data files, read and written as streams: MMEvol JSON, LLaVA JSON and JSON lines. Start at
 * {@link io.github.mmevol.core.dataset.DataSets}; a {@link io.github.mmevol.core.dataset.Selection} chooses what goes into an
 * output.
 */
@NullMarked
package io.github.mmevol.core.dataset;

import org.jspecify.annotations.NullMarked;
