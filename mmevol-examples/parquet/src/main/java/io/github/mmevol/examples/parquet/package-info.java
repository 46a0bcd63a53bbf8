/** Seeds out of Parquet files and training files into them; begin with {@link ParquetConvert}. */
@NullMarked
package io.github.mmevol.examples.parquet;

import org.jspecify.annotations.NullMarked;
