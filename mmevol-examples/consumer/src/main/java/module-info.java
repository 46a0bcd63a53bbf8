/** An application on the module path. */
module io.github.mmevol.examples.consumer {
    requires io.github.mmevol.core;
    requires io.github.mmevol.openai;
    requires io.github.mmevol.prompts;
}
