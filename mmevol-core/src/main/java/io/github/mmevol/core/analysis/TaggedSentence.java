package io.github.mmevol.core.analysis;

import io.github.mmevol.core.analysis.VerbNounParser.VerbNoun;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/** An English sentence with the tags of its words, and what its main verb and its object are. */
record TaggedSentence(List<String> words, List<String> tags) {
    private static final Set<String> CLAUSES = Set.of("so", "if", "because", "while", "although", "whether");

    int size() {
        return words.size();
    }

    String word(int i) {
        return words.get(i).toLowerCase(Locale.ROOT);
    }

    boolean is(int i, String... starts) {
        for (String start : starts) {
            if (i >= 0 && i < size() && tags.get(i).startsWith(start)) {
                return true;
            }
        }
        return false;
    }

    /** Where the main clause of a command begins: behind please, and behind a leading phrase up to its comma. */
    private int start() {
        int at = 0;
        while (at < size() && (word(at).equals("please") || is(at, "RB", ",", "CC"))) {
            at++;
        }
        if (is(at, "IN", "TO", "VBG")) {
            int comma = words.indexOf(",");
            if (comma > at && comma + 1 < size()) {
                return comma + 1;
            }
        }
        return at < size() ? at : 0;
    }

    boolean commands() {
        int at = start();
        return EnglishWords.VERBS.contains(word(at)) && is(at, "VB") && !is(at, "VBG");
    }

    Optional<VerbNoun> command() {
        int at = start();
        return Optional.of(new VerbNoun(EnglishWords.verb(word(at)), object(at + 1)));
    }

    Optional<VerbNoun> question() {
        int start = start();
        if (commands() && !isHelper(start)) {
            return command();
        }
        int asking = asking(start);
        String asked = asking < 0 ? "" : askedNoun(asking);
        int helper = -1;
        for (int i = start; i < size(); i++) {
            if (helper >= 0 && opensClause(i)) {
                break;
            }
            if (!is(i, "VB", "MD") || inRelativeClause(i, asking)) {
                continue;
            }
            if (isHelper(i)) {
                helper = i;
                continue;
            }
            if (is(i, "VBG", "VBN") && helper < 0 && i > start) {
                continue; // a participle behind its noun
            }
            return Optional.of(found(i, helper, asked));
        }
        return helper < 0 || is(helper, "MD") ? Optional.empty() : Optional.of(withHelper(helper, asked));
    }

    private boolean opensClause(int i) {
        return CLAUSES.contains(word(i)) || (word(i).equals("that") && is(i - 1, "EX", "VB", "RB"));
    }

    private boolean isHelper(int i) {
        String word = word(i);
        return is(i, "MD")
                || EnglishWords.BE.contains(word)
                || EnglishWords.DO.contains(word)
                || EnglishWords.HAVE.contains(word);
    }

    /** The first word that asks. */
    private int asking(int from) {
        for (int i = from; i < size(); i++) {
            if (EnglishWords.ASKING.contains(word(i))) {
                return i;
            }
            if (is(i, "VB", "MD")) {
                return -1;
            }
        }
        return -1;
    }

    /** The noun that an asking word belongs to; empty if it stands alone or behind a preposition. */
    private String askedNoun(int asking) {
        int at = asking + 1;
        boolean clause = is(at, "DT", "PRP")
                && !word(at).equals("other")
                && !word(asking).equals("how");
        if (clause || is(asking - 1, "IN", "TO")) {
            return "";
        }
        if (word(asking).equals("how") && !(at < size() && (word(at).equals("many") || word(at).equals("much")))) {
            return "";
        }
        if (word(asking).equals("how")) {
            at++;
        }
        return nounPhrase(at);
    }

    /** Whether that, which or who before it makes it the verb of another clause. */
    private boolean inRelativeClause(int verb, int asking) {
        for (int i = verb - 1; i > asking && i >= 0; i--) {
            boolean relative = EnglishWords.ASKING.contains(word(i)) || is(i, "WDT");
            if (relative && i > 0) {
                return true;
            }
            if (is(i, "VB", "MD", ",")) {
                return false;
            }
        }
        return false;
    }

    private VerbNoun found(int verb, int helper, String asked) {
        String lemma = EnglishWords.verb(word(verb));
        String object = object(verb + 1);
        boolean passive = is(verb, "VBN", "VBD") && helper >= 0 && EnglishWords.BE.contains(word(helper));
        boolean subjectBetween = helper >= 0 && !asked.isEmpty() && hasSubject(helper + 1, verb);
        if (passive) {
            String subject = asked.isEmpty() ? nounPhrase(helper + 1) : asked;
            if (subject.isEmpty()) {
                subject = nounBetween(0, helper);
            }
            return new VerbNoun(lemma, subject);
        }
        if (object.isEmpty() && subjectBetween) {
            object = asked;
        }
        return new VerbNoun(lemma, object);
    }

    private boolean hasSubject(int from, int to) {
        for (int i = from; i < to; i++) {
            if (is(i, "NN", "PRP", "EX")) {
                return true;
            }
        }
        return false;
    }

    private String nounBetween(int from, int to) {
        String found = "";
        for (int i = from; i < to; i++) {
            if (is(i, "NN")) {
                found = nounPhrase(i);
                break;
            }
        }
        return found;
    }

    /** A helper alone is the verb: be, have or do. */
    private VerbNoun withHelper(int helper, String asked) {
        String lemma = EnglishWords.verb(word(helper));
        if (lemma.equals("be") && asked.isEmpty()) {
            String before = nounBetween(0, helper);
            return new VerbNoun(lemma, before.isEmpty() ? nounPhrase(helper + 1) : before);
        }
        String object = lemma.equals("be") ? asked : object(helper + 1);
        return new VerbNoun(lemma, object.isEmpty() ? asked : object);
    }

    /** The direct object: the noun phrase behind the verb, with nothing before it but adverbs and an indirect object. */
    private String object(int from) {
        int at = from;
        while (at < size() && is(at, "RP", "RB")) {
            at++;
        }
        if (at < size() && (word(at).equals("me") || word(at).equals("us"))) {
            at++;
        }
        if (at < size() && EnglishWords.ASKING.contains(word(at))) {
            return askedNoun(at);
        }
        return nounPhrase(at);
    }

    /** The head of the noun phrase that begins here; empty if none does. */
    private String nounPhrase(int from) {
        String head = "";
        for (int i = from; i < size(); i++) {
            boolean open = head.isEmpty();
            boolean before = open && is(i, "EX", "PRP$", "DT", "PDT", "CD", "JJ", "RB", "VBN", "VBG");
            boolean partOf = open && i > from && word(i).equals("of") && is(i - 1, "DT", "CD", "JJ", "PDT");
            boolean listed = open && i > from && is(i, ",", "CC") && is(i - 1, "JJ", ",");
            if (is(i, "NN")) {
                head = word(i);
            } else if (is(i, "POS")) {
                head = "";
            } else if (!before && !partOf && !listed) {
                break;
            }
        }
        return head.isEmpty() ? "" : EnglishWords.noun(head);
    }
}
