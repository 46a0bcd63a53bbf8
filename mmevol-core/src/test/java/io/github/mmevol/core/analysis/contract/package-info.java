/** Contract tests for implementers of the analysis room's interfaces. */
@NullMarked
package io.github.mmevol.core.analysis.contract;

import org.jspecify.annotations.NullMarked;
