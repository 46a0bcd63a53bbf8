/**
 * Figures of a data set or of a run, and sheets for people to mark. Start at {@link io.github.mmevol.core.analysis.Audit}
 * for a sheet, at {@link io.github.mmevol.core.analysis.AuditMarks} for what people marked.
 */
@NullMarked
package io.github.mmevol.core.analysis;

import org.jspecify.annotations.NullMarked;
