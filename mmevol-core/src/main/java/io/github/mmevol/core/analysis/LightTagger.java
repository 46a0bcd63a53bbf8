package io.github.mmevol.core.analysis;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/**
 * Tags by closed lists and by what stands before.
 *
 * @param others tags the words that no list has; an empty tag is a guess by the word's ending
 */
record LightTagger(VerbNounParser.Tagger others) {
    /** Participles that look like the dictionary form. */
    private static final Set<String> UNCHANGED = Set.of("read", "put", "cut", "set", "hit", "cast", "split", "spread");

    List<String> tags(List<String> words) {
        List<String> unlisted = others.tags(words);
        List<String> tags = new ArrayList<>(words.size());
        boolean helped = false; // by do or a modal: the verb to come is in its dictionary form
        boolean finite = false;
        for (int i = 0; i < words.size(); i++) {
            String word = words.get(i).toLowerCase(Locale.ROOT);
            String before = i == 0 ? "" : tags.get(i - 1);
            String next = i + 1 < words.size() ? words.get(i + 1).toLowerCase(Locale.ROOT) : "";
            String tag = closed(word, before, next);
            if (tag.isEmpty()) {
                tag = listed(word, before, helped, finite, i > 0 && EnglishWords.BE.contains(words.get(i - 1)));
            }
            if (tag.isEmpty()) {
                boolean bareVerb = unlisted.get(i).equals("VB") && i > 0 && !helped;
                tag = unlisted.get(i).isEmpty() || bareVerb ? guessed(word) : unlisted.get(i);
            }
            if (tag.equals("MD") || EnglishWords.DO.contains(word)) {
                helped = true;
                finite = true;
            } else if (tag.equals("VB")) {
                helped = false;
                finite = true;
            } else if (tag.startsWith("VB") && !tag.equals("VBG") && !tag.equals("VBN")) {
                finite = true;
            } else if (tag.equals(",") || tag.equals("CC")) {
                finite = finite && !tag.equals(",");
            }
            tags.add(tag);
        }
        return tags;
    }

    private static String closed(String word, String before, String next) {
        if (!Character.isLetter(word.charAt(0))) {
            return Character.isDigit(word.charAt(0)) ? "CD" : word.equals("'s") ? "POS" : ",";
        }
        if (word.equals("there") && (before.startsWith("VB") || EnglishWords.BE.contains(next))) {
            return "EX";
        }
        if (word.equals("to")) {
            return "TO";
        }
        if (word.equals("that") && before.startsWith("NN")) {
            return "WDT";
        }
        if (EnglishWords.NUMBERS.contains(word) || word.equals("one")) {
            return "CD";
        }
        if (EnglishWords.BE.contains(word) || EnglishWords.DO.contains(word) || EnglishWords.HAVE.contains(word)) {
            return word.endsWith("ing") ? "VBG" : word.equals("been") ? "VBN" : verbForm(word);
        }
        if (EnglishWords.ASKING.contains(word)) {
            return "WP";
        }
        if (EnglishWords.MODALS.contains(word)) {
            return "MD";
        }
        if (EnglishWords.DETERMINERS.contains(word) || EnglishWords.POSSESSIVES.contains(word)) {
            return "DT";
        }
        if (EnglishWords.PRONOUNS.contains(word)) {
            return "PRP";
        }
        if (EnglishWords.CONJUNCTIONS.contains(word)) {
            return "CC";
        }
        if (EnglishWords.PREPOSITIONS.contains(word)) {
            return "IN";
        }
        if (EnglishWords.ADJECTIVES.contains(word) && !(before.isEmpty() && EnglishWords.isVerb(word))) {
            return "JJ";
        }
        return EnglishWords.ADVERBS.contains(word) || (word.endsWith("ly") && word.length() > 4) ? "RB" : "";
    }

    private static String verbForm(String word) {
        return word.equals("be") || word.equals("do") || word.equals("have") ? "VB" : "VBZ";
    }

    private static String listed(String word, String before, boolean helped, boolean finite, boolean afterBe) {
        if (afterBe && (UNCHANGED.contains(word) || word.endsWith("ed"))) {
            return "VBN";
        }
        boolean inNounPhrase =
                before.equals("DT") || before.equals("JJ") || before.equals("CD") || before.equals("POS");
        if (EnglishWords.isVerb(word) && !(inNounPhrase && !word.endsWith("ing") && !word.endsWith("ed"))) {
            if (word.endsWith("ing")) {
                return "VBG";
            }
            String base = EnglishWords.verb(word);
            if (word.equals(base)) {
                boolean verbal = before.isEmpty()
                        || before.equals("TO")
                        || before.equals("RB")
                        || before.equals("MD")
                        || before.equals(",")
                        || before.equals("CC")
                        || helped
                        || (before.equals("NNS") && !finite);
                return verbal ? "VB" : "NN";
            }
            if (word.endsWith("s")) {
                return finite || before.equals("WP") || before.isEmpty() ? "NNS" : "VBZ";
            }
            return inNounPhrase ? "JJ" : "VBN";
        }
        return "";
    }

    private static String guessed(String word) {
        if (word.endsWith("ful") || word.endsWith("ous") || word.endsWith("est") || word.endsWith("ish")) {
            return "JJ";
        }
        return word.endsWith("s") && !word.endsWith("ss") ? "NNS" : "NN";
    }
}
