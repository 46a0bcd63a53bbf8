/** A model client for OpenAI-compatible endpoints. */
module io.github.mmevol.openai {
    requires transitive io.github.mmevol.core;
    requires transitive java.net.http;
    requires org.slf4j;
    requires tools.jackson.databind;
    requires static org.jspecify;

    exports io.github.mmevol.openai;
}
