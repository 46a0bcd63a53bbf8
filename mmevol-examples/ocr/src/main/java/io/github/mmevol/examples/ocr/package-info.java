/** A text reader for manipulation chains: {@link io.github.mmevol.examples.ocr.PaddleOcr}. */
@NullMarked
package io.github.mmevol.examples.ocr;

import org.jspecify.annotations.NullMarked;
