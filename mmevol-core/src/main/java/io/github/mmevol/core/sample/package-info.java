/**
 * The values of the method: a {@link io.github.mmevol.core.sample.Sample} is one image with its caption, its detected
 * objects and its {@linkplain io.github.mmevol.core.sample.Instruction instructions}. Everything here is immutable and
 * validated when it is made. Start at {@link io.github.mmevol.core.sample.Sample}.
 */
@NullMarked
package io.github.mmevol.core.sample;

import org.jspecify.annotations.NullMarked;
