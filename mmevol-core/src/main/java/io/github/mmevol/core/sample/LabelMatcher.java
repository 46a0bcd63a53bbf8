package io.github.mmevol.core.sample;

/**
 * Tells how what a phrase names relates to an annotated label. {@link #english()} is the default wherever one is needed.
 * Implementations are thread-safe, throw on no text, and say {@link Relation#UNKNOWN} of what they do not know.
 */
@FunctionalInterface
public interface LabelMatcher {

    /** How the things that a phrase names relate to those that bear a label. */
    enum Relation {
        /** The phrase names the things with this label, all of them and no others. */
        SAME,
        /** It names some of them: a kind ("sedan" of "car"), or with a modifier ("the white car on the left"). */
        NARROWER,
        /** It names them and others: "vehicle" of "car". */
        BROADER,
        /** It names something else: "dog" of "car". */
        OTHER,
        /** That cannot be told. */
        UNKNOWN
    }

    /**
     * How what a phrase names relates to a label.
     *
     * @param phrase a noun phrase as a text has it, with or without articles and modifiers
     * @param label the label of a {@link DetectedObject}
     */
    Relation relate(String phrase, String label);

    /**
     * A matcher for English phrases, by the forms of the words and a small table of common things: plurals, synonyms
     * ("sofa" of "couch"), kinds ("woman" of "person"), and the head of a phrase ("lights" of "the white lights near the
     * ground"). Of words that it does not know, other languages among them, it knows only whether they are the label's own.
     */
    static LabelMatcher english() {
        return EnglishLabels.INSTANCE;
    }
}
