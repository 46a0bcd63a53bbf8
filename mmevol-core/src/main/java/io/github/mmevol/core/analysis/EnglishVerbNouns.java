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

    private static final Set<String> ARTICLES = Set.of("the", "a", "an");

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
            TaggedSentence sentence = tagged(sentences.group());
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

    private TaggedSentence tagged(String sentence) {
        List<String> words = new ArrayList<>();
        Matcher matcher = WORD.matcher(sentence);
        while (matcher.find()) {
            String word = matcher.group().replace('\u2019', '\'');
            boolean clitic = word.equals("'s")
                    && !words.isEmpty()
                    && EnglishWords.ASKING.contains(words.get(words.size() - 1).toLowerCase(Locale.ROOT));
            words.add(clitic ? "is" : words.isEmpty() ? word.toLowerCase(Locale.ROOT) : word);
        }
        return new TaggedSentence(words, words.isEmpty() ? List.of() : withVerb(words, tagger.tags(words)));
    }

    /** The tags, with a verb where the tagger found none: behind do or a modal, else behind the first noun. */
    private static List<String> withVerb(List<String> words, List<String> given) {
        List<String> tags = new ArrayList<>(given);
        int helper = -1;
        boolean verb = false;
        for (int i = 0; i < tags.size(); i++) {
            if (helper >= 0 && tags.get(i).equals("WP")) {
                break; // the verbs to come are those of another clause
            }
            boolean helps = tags.get(i).equals("MD")
                    || EnglishWords.DO.contains(words.get(i).toLowerCase(Locale.ROOT));
            helper = helps ? i : helper;
            verb = !helps && (verb || tags.get(i).startsWith("VB"));
        }
        for (int i = Math.max(1, helper + 2); i < tags.size() && !verb; i++) {
            boolean behindNoun =
                    tags.get(i - 1).startsWith("NN") || tags.get(i - 1).equals("PRP") || helper >= 0;
            boolean named = ARTICLES.contains(words.get(i - 1).toLowerCase(Locale.ROOT));
            if (behindNoun && !named && tags.get(i).startsWith("NN") && EnglishWords.isVerb(words.get(i))) {
                tags.set(i, "VB");
                verb = true;
            }
        }
        int unlisted = verb || helper < 0 ? -1 : behindSubject(tags, helper);
        if (unlisted >= 0) {
            tags.set(unlisted, "VB");
        }
        return tags;
    }

    /** The last of what was taken for nouns behind a helper, if the first of them is the subject; -1 if there is none. */
    private static int behindSubject(List<String> tags, int helper) {
        boolean subject = false;
        int last = -1;
        for (int i = helper + 1; i < tags.size(); i++) {
            String tag = tags.get(i);
            boolean noun = tag.startsWith("NN");
            if (subject && noun) {
                last = i;
            } else if (subject && !tag.equals("RB")) {
                return tag.equals("IN")
                        ? -1
                        : last; // else it belongs to the subject, as in: a picture frame on the wall
            }
            subject |= noun || tag.equals("PRP");
        }
        return last;
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
}
