package io.github.mmevol.core.model;

import java.util.Objects;

/** The form of reply that a request wishes for. A client that cannot ask for it may ask for a weaker one. */
public sealed interface ReplyForm {

    /** Plain text. */
    record Text() implements ReplyForm {}

    /** One JSON object of any shape. */
    record JsonObject() implements ReplyForm {}

    /**
     * One JSON object that a schema describes.
     *
     * @param name a short name, letters, digits, {@code _} and {@code -}
     * @param schema the JSON Schema as JSON text
     */
    record JsonSchema(String name, String schema) implements ReplyForm {
        /** Keeps both texts. */
        public JsonSchema {
            Objects.requireNonNull(name, "name");
            Objects.requireNonNull(schema, "schema");
        }
    }

    /** Plain text. */
    static ReplyForm text() {
        return new Text();
    }

    /** One JSON object of any shape. */
    static ReplyForm jsonObject() {
        return new JsonObject();
    }

    /** One JSON object that a schema describes. */
    static ReplyForm jsonSchema(String name, String schema) {
        return new JsonSchema(name, schema);
    }
}
