package io.github.mmevol.core.sample;

import io.github.mmevol.core.internal.text.LowerCase;
import io.github.mmevol.core.internal.text.Texts;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * An English noun phrase, cut at its head.
 *
 * @param words all its words in lower case
 * @param core the words up to the head, in lower case, the head in the singular
 * @param more whether words follow that say more about it, such as "near the ground"
 * @param several whether it names several things, as "cups and saucers"
 * @param foreign whether it holds letters that English has not
 */
record NounPhrase(List<String> words, List<String> core, boolean more, boolean several, boolean foreign) {
    private static final int MOST_WORDS = 24;

    /** Words before a noun that single nothing out. */
    private static final Set<String> LEADING =
            Texts.words("the a an this that these those all each every any some both no many several various different "
                    + "distinct separate individual visible total annotated boxed detected located "
                    + "identified depicted shown present zero one two three four five six seven eight nine ten eleven "
                    + "twelve how");
    /** Nouns that count what follows them and "of". */
    private static final Set<String> COUNTING = Set.of("number", "count", "amount", "quantity", "all", "each", "both");
    /** Words that take a part of what follows them and "of". */
    private static final Set<String> PARTIAL = Texts.words(
            "one two three four five six most some few half any many several part majority rest remainder " + "none");
    /** Words behind a noun, none of which singles anything out. */
    private static final Set<String> TRAILING =
            Texts.words("are is were there here in the this image picture photo photograph scene view chart graph "
                    + "diagram it visible can be seen do does you we i see count counted total altogether overall all "
                    + "shown show present appear appears exist contain contains depicted found within that which "
                    + "have been boxed annotated detected located identified given");
    /** Words that end the head's part of a phrase. */
    private static final Set<String> CUTS = Texts.words(
            "of in on at near by with without behind before beside next above below under underneath beneath "
                    + "over between among along across around inside outside from to toward towards against through "
                    + "for within beyond opposite that which who whose where is are was were be can could do does did "
                    + "has have had will would should there here appear appears visible seen shown exist exists than "
                    + "as if not you we it altogether overall present");

    private static final Set<String> JOINING = Set.of("and", "or", "nor", "plus", "versus", "vs");
    private static final Map<String, String> IRREGULAR = Map.ofEntries(
            Map.entry("people", "person"),
            Map.entry("men", "man"),
            Map.entry("women", "woman"),
            Map.entry("children", "child"),
            Map.entry("feet", "foot"),
            Map.entry("teeth", "tooth"),
            Map.entry("geese", "goose"),
            Map.entry("mice", "mouse"),
            Map.entry("oxen", "ox"),
            Map.entry("leaves", "leaf"),
            Map.entry("shelves", "shelf"),
            Map.entry("bookshelves", "bookshelf"),
            Map.entry("knives", "knife"),
            Map.entry("wolves", "wolf"),
            Map.entry("calves", "calf"),
            Map.entry("loaves", "loaf"),
            Map.entry("scarves", "scarf"),
            Map.entry("hooves", "hoof"),
            Map.entry("halves", "half"),
            Map.entry("axes", "axe"),
            Map.entry("cookies", "cookie"),
            Map.entry("pies", "pie"),
            Map.entry("ties", "tie"),
            Map.entry("movies", "movie"),
            Map.entry("selfies", "selfie"),
            Map.entry("hoodies", "hoodie"),
            Map.entry("buses", "bus"),
            Map.entry("shoes", "shoe"),
            Map.entry("toes", "toe"),
            Map.entry("canoes", "canoe"),
            Map.entry("headaches", "headache"));

    static NounPhrase of(String text) {
        List<String> words = words(text);
        boolean foreign = false;
        boolean several = false;
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            foreign |= c > 127 && Character.isLetter(c);
            several |= (c == ',' || c == ';' || c == '/' || c == '&') && i < text.length() - 1;
        }
        boolean more = false;
        int start = 0;
        while (start < words.size() - 1) {
            boolean of = start + 2 < words.size() && words.get(start + 1).equals("of");
            if (of && (COUNTING.contains(words.get(start)) || PARTIAL.contains(words.get(start)))) {
                more |= PARTIAL.contains(words.get(start));
                start += 2;
            } else if (LEADING.contains(words.get(start))
                    || Character.isDigit(words.get(start).charAt(0))) {
                start++;
            } else {
                break;
            }
        }
        int end = Math.min(start + 1, words.size());
        while (end < words.size() && end - start < MOST_WORDS && !CUTS.contains(words.get(end))) {
            end++;
        }
        for (int i = start; i < end; i++) {
            several |= JOINING.contains(words.get(i));
        }
        for (int i = end; i < words.size(); i++) {
            boolean refers = i == words.size() - 1 && words.get(i).equals("that"); // "people who do that"
            more |= refers || !TRAILING.contains(words.get(i));
        }
        return new NounPhrase(List.copyOf(words), List.of(), more, several, foreign)
                .withCore(words.subList(start, end));
    }

    /** The phrase that ends before one of the words of its core, which says more about it. */
    NounPhrase cutAt(int end) {
        return new NounPhrase(words, List.of(), true, several, foreign).withCore(core.subList(0, end));
    }

    private NounPhrase withCore(List<String> part) {
        if (part.isEmpty()) {
            return this;
        }
        List<String> head = new ArrayList<>(part);
        head.set(head.size() - 1, singular(head.get(head.size() - 1)));
        return new NounPhrase(words, List.copyOf(head), more, several, foreign);
    }

    /** The last words of the core, joined by spaces. */
    String tail(int count) {
        return String.join(" ", core.subList(core.size() - count, core.size()));
    }

    /** The words of a text in lower case, hyphenated ones taken apart. */
    private static List<String> words(String text) {
        List<String> words = new ArrayList<>();
        StringBuilder word = new StringBuilder();
        for (int i = 0; i <= text.length(); i++) {
            char c = i < text.length() ? text.charAt(i) : ' ';
            boolean apostrophe = (c == '\'' || c == '\u2019')
                    && word.length() > 0
                    && i + 1 < text.length()
                    && Character.isLetter(text.charAt(i + 1));
            if (Character.isLetterOrDigit(c) || apostrophe) {
                word.append(apostrophe ? '\'' : c);
            } else if (word.length() > 0) {
                words.add(LowerCase.of(word.toString()));
                word.setLength(0);
            }
        }
        return words;
    }

    static String singular(String word) {
        String irregular = IRREGULAR.get(word);
        int length = word.length();
        if (irregular != null) {
            return irregular;
        }
        if (length < 4 || !word.endsWith("s") || word.endsWith("ss") || word.endsWith("us") || word.endsWith("is")) {
            return word;
        }
        if (word.endsWith("men")) {
            return word;
        }
        if (word.endsWith("ies")) {
            return length == 4 ? word.substring(0, 3) : word.substring(0, length - 3) + "y";
        }
        boolean hissing = word.endsWith("sses")
                || word.endsWith("shes")
                || word.endsWith("ches")
                || word.endsWith("xes")
                || word.endsWith("zzes")
                || word.endsWith("oes");
        return word.substring(0, length - (hissing ? 2 : 1));
    }
}
