package io.github.mmevol.core.analysis;

import io.github.mmevol.core.internal.text.LowerCase;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Finds verb and noun by the order of tagged words. */
final class EnglishVerbNouns implements VerbNounParser {
    static final VerbNounParser LIGHT = new EnglishVerbNouns(words -> Collections.nCopies(words.size(), ""));

    private static final int LONGEST = 2_000;
    /** What is named, not said: quoted texts, boxes, blanks. */
    private static final Pattern NAMED = Pattern.compile(
            "\"[^\"]*\"|\u201c[^\u201d]*\u201d|(?<=^|\\s)'[^']*'(?=[\\s.,;:?!]|$)|\\[[0-9., ]+\\]|\\{[^}]*\\}|_{2,}|`[^`]*`");

    /** One of them begins whatever is named. */
    private static final String MARKS = "\"\u201c'[{_`";

    private static final Pattern OPTIONS = Pattern.compile("(?:^|\\s)\\(?[Aa][).:]\\s.*", Pattern.DOTALL);
    private static final Pattern SENTENCE = Pattern.compile("[^.?!\\n:]+(?:[.?!:](?!\\s|$)[^.?!\\n:]*)*[.?!:]?");
    private static final Pattern WORD = Pattern.compile("['\u2019]s\\b|[A-Za-z]+(?:-[A-Za-z]+)*|[0-9]+|[,;()]");
    private static final Set<String> ENGLISH = Set.of(
            "the a an is are of in on what which who where when why how do does did can and or this that there with to"
                    .split(" "));
    private static final Set<String> OTHERS =
            Set.of(("der die das ist sind und ein eine einen wie welche welcher welches wo warum auf dem den im zu wer"
                            + " le la les des est sont une un quel quelle quelles combien et dans sur que qui pourquoi du"
                            + " el los las es son cu\u00e1l cu\u00e1ntos cu\u00e1ntas qu\u00e9 d\u00f3nde una y en por"
                            + " il lo gli che quale quanti quante sono di o os as \u00e9 qual quantos quantas na no uma")
                    .split(" "));

    private static final Set<String> CLAUSES = Set.of("so", "if", "because", "while", "although", "whether");

    private final LightTagger tagger;

    /** @param others tags words that the closed lists do not have */
    EnglishVerbNouns(Tagger others) {
        this.tagger = new LightTagger(others);
    }

    @Override
    public Optional<VerbNoun> parse(String question) {
        String text = Cut.to(question, LONGEST);
        if (text.chars().anyMatch(c -> MARKS.indexOf(c) >= 0)) {
            text = NAMED.matcher(text).replaceAll(" ");
        }
        text = OPTIONS.matcher(text).replaceFirst("");
        if (!isEnglish(text)) {
            return Optional.empty();
        }
        Optional<VerbNoun> told = Optional.empty();
        Matcher sentences = SENTENCE.matcher(text);
        while (sentences.find()) {
            Tagged sentence = tagged(sentences.group());
            if (sentence.size() == 0) {
                continue;
            }
            boolean asks = sentences.group().endsWith("?");
            if (asks || sentence.commands()) {
                Optional<VerbNoun> asked = asks ? sentence.question() : sentence.command();
                if (asked.isPresent()) {
                    return asked;
                }
            } else if (told.isEmpty()) {
                told = sentence.question();
            }
        }
        return told;
    }

    private Tagged tagged(String sentence) {
        List<String> words = new ArrayList<>();
        Matcher matcher = WORD.matcher(sentence);
        while (matcher.find()) {
            String word = matcher.group().replace('\u2019', '\'');
            boolean clitic = word.equals("'s")
                    && !words.isEmpty()
                    && EnglishWords.ASKING.contains(words.get(words.size() - 1).toLowerCase(Locale.ROOT));
            words.add(clitic ? "is" : words.isEmpty() ? word.toLowerCase(Locale.ROOT) : word);
        }
        return new Tagged(words, words.isEmpty() ? List.of() : withVerb(words, tagger.tags(words)));
    }

    /** The tags, with a verb where the tagger found none: behind do or a modal, else behind the first noun. */
    private static List<String> withVerb(List<String> words, List<String> given) {
        List<String> tags = new ArrayList<>(given);
        int helper = -1;
        boolean verb = false;
        for (int i = 0; i < tags.size(); i++) {
            boolean helps = tags.get(i).equals("MD")
                    || EnglishWords.DO.contains(words.get(i).toLowerCase(Locale.ROOT));
            helper = helps ? i : helper;
            verb = !helps && (verb || tags.get(i).startsWith("VB"));
        }
        for (int i = Math.max(1, helper + 2); i < tags.size() && !verb; i++) {
            boolean behindNoun =
                    tags.get(i - 1).startsWith("NN") || tags.get(i - 1).equals("PRP") || helper >= 0;
            if (behindNoun && tags.get(i).startsWith("NN") && EnglishWords.isVerb(words.get(i))) {
                tags.set(i, "VB");
                verb = true;
            }
        }
        return tags;
    }

    /** Whether English function words are more than those of other languages, and most letters are Latin ones. */
    private static boolean isEnglish(String text) {
        int english = 0;
        int others = 0;
        int letters = 0;
        int plain = 0;
        String first = "";
        String lower = LowerCase.of(text) + " ";
        int start = 0;
        for (int i = 0; i < lower.length(); i++) {
            char c = lower.charAt(i);
            if (Character.isLetter(c) || Character.isSurrogate(c)) {
                letters++;
                plain += c < 128 ? 1 : 0;
                continue;
            }
            if (i > start) {
                String word = lower.substring(start, i);
                english += ENGLISH.contains(word) ? 1 : 0;
                others += OTHERS.contains(word) ? 1 : 0;
                first = first.isEmpty() ? word : first;
            }
            start = i + 1;
        }
        boolean command = EnglishWords.VERBS.contains(first);
        return plain * 10 >= letters * 8 && english + (command ? 1 : 0) > others;
    }

    /** A sentence with its tags. */
    private record Tagged(List<String> words, List<String> tags) {

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
            return helper < 0 ? Optional.empty() : Optional.of(withHelper(helper, asked));
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
}
