package io.github.mmevol.core.sample;

import io.github.mmevol.core.internal.text.Texts;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/** Relates English phrases to labels by their heads. */
enum EnglishLabels implements LabelMatcher {
    INSTANCE;

    /** What only represents a thing: a toy car is a car to some. */
    private static final Set<String> REPRESENTING =
            Texts.words("model toy teddy statue sculpture figure figurine picture painting drawing photo poster image "
                    + "reflection shadow silhouette replica logo icon print sign symbol");

    private static final LabelTable TABLE = LabelTable.standard();

    /** So many phrases are kept, each of so many characters at most. */
    private static final int MOST_KEPT = 4_096;

    private static final int LONGEST_KEPT = 64;
    private static final Map<String, Named> KEPT = new ConcurrentHashMap<>();

    /**
     * A phrase, and the name at its end.
     *
     * @param known how many of its last words are a name that the table knows, the longest there is; 0 if none
     * @param name those words
     */
    private record Named(NounPhrase phrase, int known, String name) {
        /** Most are labels, or stand in text after text. */
        static Named of(String text) {
            Named kept = KEPT.get(text);
            if (kept != null) {
                return kept;
            }
            Named named = of(NounPhrase.of(text));
            if (text.length() <= LONGEST_KEPT) {
                if (KEPT.size() >= MOST_KEPT) {
                    KEPT.clear();
                }
                KEPT.put(text, named);
            }
            return named;
        }

        static Named of(NounPhrase phrase) {
            for (int count = phrase.core().size(); count > 0; count--) {
                String name = phrase.tail(count);
                if (TABLE.knows(name)) {
                    return new Named(phrase, count, name);
                }
            }
            return new Named(phrase, 0, "");
        }
    }

    @Override
    public Relation relate(String phrase, String label) {
        Named given = Named.of(phrase);
        Named other = Named.of(label);
        NounPhrase named = given.phrase();
        NounPhrase labelled = other.phrase();
        if (named.core().isEmpty() || labelled.core().isEmpty()) {
            return Relation.UNKNOWN;
        }
        if (named.words().equals(labelled.words())) {
            return Relation.SAME;
        }
        if (named.several() || labelled.several() || labelled.more() || named.foreign() || labelled.foreign()) {
            return Relation.UNKNOWN;
        }
        Named head = withKnownHead(given, labelled);
        Relation relation = relate(head, other);
        if (!head.phrase().more()) {
            return relation;
        }
        return switch (relation) {
            case SAME, NARROWER -> Relation.NARROWER;
            case BROADER, UNKNOWN -> Relation.UNKNOWN;
            case OTHER -> Relation.OTHER;
        };
    }

    private static Relation relate(Named named, Named labelled) {
        List<String> phrase = named.phrase().core();
        List<String> label = labelled.phrase().core();
        if (phrase.equals(label)) {
            return Relation.SAME;
        }
        int ofPhrase = named.known();
        int ofLabel = labelled.known();
        int shared = shared(phrase, label);
        if (shared == label.size() || shared == phrase.size()) { // one is the other with words before it
            boolean another = (ofPhrase > shared || ofLabel > shared) // a hot dog is no dog
                    && TABLE.relate(named.name(), labelled.name()) == Relation.OTHER;
            boolean longer = phrase.size() > label.size();
            if (another || represents(longer ? phrase : label)) {
                return Relation.UNKNOWN;
            }
            return longer ? Relation.NARROWER : Relation.BROADER;
        }
        if (ofPhrase == 0 || ofLabel == 0) {
            return Relation.UNKNOWN;
        }
        boolean phraseMore = ofPhrase < phrase.size();
        boolean labelMore = ofLabel < label.size();
        Relation heads = TABLE.relate(named.name(), labelled.name());
        return switch (heads) {
            case SAME ->
                phraseMore == labelMore
                        ? phraseMore ? Relation.UNKNOWN : Relation.SAME
                        : phraseMore ? Relation.NARROWER : Relation.BROADER;
            case NARROWER -> labelMore ? Relation.UNKNOWN : Relation.NARROWER;
            case BROADER -> phraseMore ? Relation.UNKNOWN : Relation.BROADER;
            case OTHER -> touch(phrase, label) ? Relation.UNKNOWN : Relation.OTHER;
            case UNKNOWN -> Relation.UNKNOWN;
        };
    }

    /**
     * The phrase as it is if its last word is known or the label's; else cut behind a plural, or before a participle, where
     * the word before is known: "lights shine", "man bending forward".
     */
    private static Named withKnownHead(Named given, NounPhrase labelled) {
        List<String> core = given.phrase().core();
        String labelHead = labelled.tail(1);
        if (given.known() > 0 || core.get(core.size() - 1).equals(labelHead)) {
            return given;
        }
        for (int end = 1; end < core.size(); end++) {
            String next = core.get(end);
            boolean participle = next.endsWith("ing") || next.endsWith("ed");
            String before = core.get(end - 1);
            boolean plural = !NounPhrase.singular(before).equals(before);
            if (participle || plural) {
                Named cut = Named.of(given.phrase().cutAt(end));
                if (cut.known() > 0 || cut.phrase().tail(1).equals(labelHead)) {
                    return cut;
                }
            }
        }
        return given;
    }

    /** How many words at the end are the same. */
    private static int shared(List<String> phrase, List<String> label) {
        int shared = 0;
        while (shared < phrase.size()
                && shared < label.size()
                && phrase.get(phrase.size() - 1 - shared).equals(label.get(label.size() - 1 - shared))) {
            shared++;
        }
        return shared;
    }

    /** Whether the two have a word in common, or one of them may only represent a thing. */
    private static boolean touch(List<String> phrase, List<String> label) {
        for (String word : phrase) {
            if (label.contains(word)) {
                return true;
            }
        }
        return represents(phrase) || represents(label);
    }

    private static boolean represents(List<String> words) {
        for (String word : words) {
            if (REPRESENTING.contains(word)) {
                return true;
            }
        }
        return false;
    }
}
