/**
 * The way to a model: a {@link io.github.mmevol.core.model.ModelClient} takes a
 * {@link io.github.mmevol.core.model.ModelRequest} and gives a {@link io.github.mmevol.core.model.ModelResponse} or
 * throws a {@link io.github.mmevol.core.model.ModelException}. A client of your own is one lambda.
 */
@NullMarked
package io.github.mmevol.core.model;

import org.jspecify.annotations.NullMarked;
