package io.github.mmevol.core.elimination;

import io.github.mmevol.core.internal.text.Texts;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;

/** Counts what an answer lists where the question demands so many: "list three things". English only. */
final class Listing {
    private static final Set<String> LISTING =
            Set.of("list", "name", "give", "identify", "mention", "provide", "state", "enumerate");
    /** Things of which several are written as one word, so that they cannot be counted by the marks between them. */
    private static final Set<String> CHARACTERS = Set.of(
            "digit",
            "digits",
            "letter",
            "letters",
            "character",
            "characters",
            "number",
            "numbers",
            "numeral",
            "numerals",
            "symbol",
            "symbols",
            "initials");

    private static final List<String> SEPARATORS = List.of(
            ",",
            ";",
            " and ",
            " & ",
            ". ",
            "/",
            ":",
            " with ",
            " plus ",
            " also ",
            "(",
            "\u2192",
            ">",
            "<",
            " vs",
            " versus ",
            " against ",
            " then ",
            " or ",
            " to ",
            "\u2013",
            "\u2014",
            " - ",
            "\u00d7",
            " x ",
            "|",
            "+",
            "\u2022",
            "\u00b7",
            "=");

    private Listing() {}

    /** What the answer lists too few or too many of; empty if nothing, or if that cannot be told. */
    static Optional<String> missed(List<String> words, String answer) {
        for (int i = 0; i + 1 < words.size(); i++) {
            if (!LISTING.contains(words.get(i)) || (i > 0 && !beginsDemand(words.get(i - 1)))) {
                continue;
            }
            int at = i + 1;
            boolean least = false;
            if (at + 1 < words.size()
                    && words.get(at).equals("at")
                    && words.get(at + 1).equals("least")) {
                least = true;
                at += 2;
            } else if (at < words.size() && Set.of("exactly", "any", "the").contains(words.get(at))) {
                at++;
            }
            OptionalInt number = at < words.size() ? Texts.number(words.get(at)) : OptionalInt.empty();
            boolean noun = at + 1 < words.size()
                    && !Set.of("or", "to", "and", "of", "digit", "word", "words", "sentence", "sentences")
                            .contains(words.get(at + 1));
            if (number.isPresent() && number.getAsInt() >= 2 && number.getAsInt() <= 20 && noun) {
                boolean more = least || isOneNumberOfSeveral(words, at);
                return asksForCharacters(words, at + 1) ? Optional.empty() : missed(number.getAsInt(), more, answer);
            }
        }
        return Optional.empty();
    }

    /** Whether more may be listed than this number, as the question gives another one or asks for so many of each. */
    private static boolean isOneNumberOfSeveral(List<String> words, int number) {
        for (int i = 0; i < words.size(); i++) {
            if (i != number && (Texts.number(words.get(i)).isPresent() || isForEach(words.get(i)))) {
                return true;
            }
        }
        return false;
    }

    private static boolean isForEach(String word) {
        return Set.of("each", "every", "per", "both", "respectively").contains(word);
    }

    private static boolean asksForCharacters(List<String> words, int noun) {
        for (int i = noun; i < Math.min(words.size(), noun + 4) && !words.get(i).isEmpty(); i++) {
            if (CHARACTERS.contains(words.get(i))) {
                return true;
            }
            if (Set.of("on", "in", "at", "of", "with", "from", "that").contains(words.get(i))) {
                return false;
            }
        }
        return false;
    }

    private static boolean beginsDemand(String before) {
        return Set.of(
                        "please",
                        "and",
                        "to",
                        "you",
                        "image",
                        "picture",
                        "photo",
                        "photograph",
                        "scene",
                        "closely",
                        "look",
                        "")
                .contains(before);
    }

    /**
     * Lines with a bullet or a number, those of the first kind, are counted; in running text only an answer with surely
     * too few is wrong.
     *
     * @param more whether more than the number may be listed
     */
    private static Optional<String> missed(int number, boolean more, String answer) {
        List<String> lines = answer.lines().filter(line -> !line.isBlank()).toList();
        List<String> bulleted =
                lines.stream().filter(line -> !bullet(line).isEmpty()).toList();
        List<Integer> indents = bulleted.stream()
                .filter(line -> bullet(line).equals(bullet(bulleted.get(0))))
                .map(line -> line.length() - line.stripLeading().length())
                .toList();
        long bullets = indents.stream()
                .filter(indents.stream().min(Integer::compare).orElse(0)::equals)
                .count();
        if (bullets >= 2) {
            boolean wrong = bullets < number || (bullets > number && !more);
            return wrong ? Optional.of(number + " asked for, " + bullets + " listed") : Optional.empty();
        }
        int parts = lines.size();
        String folded = " " + Texts.folded(answer) + " ";
        for (String separator : SEPARATORS) {
            for (int at = folded.indexOf(separator); at >= 0; at = folded.indexOf(separator, at + separator.length())) {
                parts++;
            }
        }
        return parts < number ? Optional.of(number + " asked for, at most " + parts + " listed") : Optional.empty();
    }

    /** What kind of bullet a line begins with; empty if none. */
    private static String bullet(String line) {
        String start = line.strip();
        if (start.startsWith("- ") || start.startsWith("* ") || start.startsWith("\u2022")) {
            return start.substring(0, 1);
        }
        int digits = 0;
        while (digits < start.length() && digits < 3 && Character.isDigit(start.charAt(digits))) {
            digits++;
        }
        boolean numbered =
                digits > 0 && digits < start.length() && (start.charAt(digits) == '.' || start.charAt(digits) == ')');
        return numbered ? "1" : "";
    }
}
