package io.github.mmevol.prompts;

import java.util.List;
import java.util.Locale;
import tools.jackson.databind.node.ObjectNode;

/**
 * What could be read from a model's reply.
 *
 * @param items the objects it lists, whole ones only, in its order; an item given as {@code null} is an empty object
 * @param problem what is wrong with the reply; items may be there all the same
 * @param detail the problem in words, for a reader and for asking again; empty if there is none
 */
record ParsedReply(List<ObjectNode> items, Problem problem, String detail) {
    /** What can be wrong with a reply as a whole. */
    enum Problem {
        /** Nothing. */
        NONE,
        /** It says nothing, or its list is empty. */
        EMPTY,
        /** It was cut off; the items are those before the cut. */
        TRUNCATED,
        /** The model declined to answer. */
        REFUSAL,
        /** A content filter stopped it. */
        CONTENT_FILTER,
        /** It holds nothing that was asked for. */
        UNPARSABLE;

        /** A short, countable name: {@code content-filter}. */
        String id() {
            return name().toLowerCase(Locale.ROOT).replace('_', '-');
        }
    }

    ParsedReply {
        items = List.copyOf(items);
    }
}
