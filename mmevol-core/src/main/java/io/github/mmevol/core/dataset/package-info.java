/**
 * Data files, read and written as streams: MMEvol JSON, LLaVA JSON and JSON lines. Start at
 * {@link io.github.mmevol.core.dataset.DataSets}.
 */
@NullMarked
package io.github.mmevol.core.dataset;

import org.jspecify.annotations.NullMarked;
