/** What tests of programs that call an OpenAI-compatible endpoint have in common. */
@NullMarked
package io.github.mmevol.openai.contract;

import org.jspecify.annotations.NullMarked;
