/** Ways to read text that several rooms share: not an API. */
@NullMarked
package io.github.mmevol.core.internal.text;

import org.jspecify.annotations.NullMarked;
