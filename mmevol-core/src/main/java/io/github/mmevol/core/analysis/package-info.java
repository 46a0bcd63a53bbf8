/**
 * Figures of a data set or of a run, the report that shows them, and sheets for people to mark. Start at
 * {@link io.github.mmevol.core.analysis.Report} for a page to look at, at
 * {@link io.github.mmevol.core.analysis.Analysis} for the values, at {@link io.github.mmevol.core.analysis.Audit} for a
 * sheet.
 */
@NullMarked
package io.github.mmevol.core.analysis;

import org.jspecify.annotations.NullMarked;
