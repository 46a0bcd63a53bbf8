/** README's pipeline as an application on the module path composes it. */
@NullMarked
package io.github.mmevol.examples.consumer;

import org.jspecify.annotations.NullMarked;
