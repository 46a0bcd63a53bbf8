/**
 * Figures of a data set or of a run, and the report that shows them. Start at
 * {@link io.github.mmevol.core.analysis.Report} for a page to look at, at
 * {@link io.github.mmevol.core.analysis.Analysis} for the values.
 */
@NullMarked
package io.github.mmevol.core.analysis;

import org.jspecify.annotations.NullMarked;
