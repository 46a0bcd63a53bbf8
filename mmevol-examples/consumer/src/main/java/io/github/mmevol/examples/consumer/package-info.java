/** README's pipeline as an application on the module path composes it. */
package io.github.mmevol.examples.consumer;
