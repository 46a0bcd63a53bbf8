/** Verb and noun of English questions, by a tagger that has learned from text. */
@NullMarked
package io.github.mmevol.examples.verbnoun;

import org.jspecify.annotations.NullMarked;
