/** MMEvol's prompts: the Prefix-Prompts of the three directions, the judge, and reply parsing. */
module io.github.mmevol.prompts {
    requires transitive io.github.mmevol.core;
    requires org.slf4j;
    requires tools.jackson.databind;
    requires static org.jspecify;

    exports io.github.mmevol.prompts;
}
