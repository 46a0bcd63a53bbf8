/**
 * Both ways between LangChain4j and MMEvol: {@link io.github.mmevol.examples.langchain4j.ChatModelClient} and
 * {@link io.github.mmevol.examples.langchain4j.ModelClientChatModel}.
 */
@NullMarked
package io.github.mmevol.examples.langchain4j;

import org.jspecify.annotations.NullMarked;
