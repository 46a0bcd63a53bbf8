/**
 * A model client for every endpoint that speaks OpenAI's chat completions, on the JDK's own HTTP client. Start with
 * {@link io.github.mmevol.openai.OpenAiModelClient#builder()}.
 */
@NullMarked
package io.github.mmevol.openai;

import org.jspecify.annotations.NullMarked;
