package io.github.mmevol.core.internal.text;

import io.github.mmevol.core.internal.text.LetterReferences.Reference;
import java.math.BigDecimal;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * Which option an answer names.
 *
 * @param index the option; -1 if that cannot be told
 * @param wrong what is wrong with the answer, where it surely names none of the options or contradicts itself
 */
public record ChosenOption(int index, Optional<String> wrong) {
    private static final ChosenOption UNDECIDED = new ChosenOption(-1, Optional.empty());
    private static final List<String> NAMING =
            List.of("option", "Option", "answer is", "choice is", "choice", "region", "Region");
    private static final List<String> CONCLUDING = List.of("so", "thus", "hence", "therefore", "that is");
    private static final List<String> DENYING = List.of(
            "not",
            "no",
            "unlike",
            "than",
            "out",
            "excludes",
            "exclude",
            "rules",
            "rule",
            "eliminates",
            "neither",
            "nor",
            "from",
            "wrong",
            "except",
            "cannot",
            "can't",
            "isn't",
            "never",
            "without");
    private static final List<String> VERDICTS = List.of(
            "answer is", "answer is option", "answer:", "answer: option", "answer would be", "option is", "choice is");

    private static final Set<String> ARTICLES = Set.of(
            "a", "an", "the", "der", "die", "das", "ein", "eine", "einen", "le", "la", "les", "un", "une", "el", "los",
            "las", "una", "il", "lo", "gli", "o", "os", "um", "uma", "de", "het", "een");
    /** Labels alone, several of them: "Both A and C", "A, C", "A or C are possible". */
    private static final Pattern SEVERAL = Pattern.compile(
            "(?:(?i:(?:the )?(?:correct )?answers?(?: is| are|:)) )?"
                    + "(?:(?i:both|either|options?|choices?) )*"
                    + "(\\(?[A-Za-z1-9]\\)?(?:(?:, ?(?:and |or )?|/| ?& ?| and | or |\u3001|\u548c|\u6216)"
                    + "(?:(?i:options?) )?\\(?[A-Za-z1-9]\\)?)+)"
                    + "(?: (?:are|could be|may be|might be|seem)(?: both| all)?(?: correct| right| true| possible| valid))?[.\u3002]?");

    private static final int LONGEST_LIST = 120;
    private static final List<String> ASKS_FOR_SEVERAL = List.of(
            "two",
            "three",
            "all that",
            "select all",
            "choose all",
            "more than one",
            "which ones",
            "every",
            "of these are",
            "of the following are",
            "of them are",
            "several",
            "multiple");

    public static ChosenOption of(Options options, String answer) {
        String text = unmarked(answer);
        String bare = unbracketed(text);
        int labelled = options.indexOfLabel(bare);
        if (labelled >= 0) {
            return at(labelled);
        }
        if (namesSeveral(options, text)) {
            return asksForSeveral(options) ? UNDECIDED : wrong("the answer names several options");
        }
        int end = options.labelEnd(text);
        if (end > 0) {
            return labelled(options, options.indexOfLabel(text.substring(0, end)), text.substring(end));
        }
        if (bare.length() == 1 && Character.isLetterOrDigit(bare.charAt(0))) {
            int index = options.indexOf(bare.charAt(0));
            int same = sameText(options, bare);
            return index >= 0 ? at(index) : same >= 0 ? at(same) : noneOf(bare);
        }
        int labelEnd = labelEnd(text);
        if (labelEnd > 0) {
            char label = text.charAt(text.charAt(0) == '(' || text.charAt(0) == '[' ? 1 : 0);
            int index = options.indexOf(label);
            int same = sameText(options, text.substring(labelEnd));
            if (index < 0) {
                return same >= 0 ? wrong("the answer's label is none of the options") : noneOf(String.valueOf(label));
            }
            return labelled(options, index, text.substring(labelEnd));
        }
        int same = sameText(options, text);
        if (same >= 0) {
            return at(same);
        }
        return mentioned(options, text);
    }

    /** Whether an answer is a list of labels and none of the options' texts. */
    private static boolean namesSeveral(Options options, String text) {
        Matcher several = SEVERAL.matcher(text);
        if (text.length() > LONGEST_LIST || !several.matches() || sameText(options, text) >= 0) {
            return false;
        }
        int[] letters = several.group(1)
                .replaceAll("(?i)\\b(?:and|or|options?)\\b", "")
                .chars()
                .filter(Character::isLetterOrDigit)
                .filter(c -> !Texts.unspaced(c))
                .toArray();
        int first = several.start(1) + (text.startsWith("(", several.start(1)) ? 2 : 1);
        String rest = text.substring(Math.min(text.length(), first + 1));
        boolean known = IntStream.of(letters)
                .allMatch(c -> options.indexOf((char) c) >= 0 && Character.isUpperCase(c) == options.lettered());
        return known && IntStream.of(letters).distinct().count() >= 2 && sameText(options, rest) < 0;
    }

    private static boolean asksForSeveral(Options options) {
        String asked = Texts.folded(options.stem() + " " + options.tail());
        return ASKS_FOR_SEVERAL.stream().anyMatch(words -> Texts.hasWords(asked, words));
    }

    private static ChosenOption labelled(Options options, int index, String rest) {
        int same = sameText(options, rest);
        return same >= 0 && same != index
                ? wrong("letter and text of the answer belong to different options")
                : at(index);
    }

    /**
     * The one option that a text settles on: "the answer is B", "so it is option B", "a spoon, option B" at its end; -1 if
     * it settles on none, or on several.
     */
    public static int settled(Options options, String text) {
        int settled = -1;
        for (String cue : NAMING) {
            for (int at = Texts.findWords(text, cue, 0); at >= 0; at = Texts.findWords(text, cue, at + 1)) {
                int letter = at + cue.length();
                while (letter < text.length() && " (*:\"'".indexOf(text.charAt(letter)) >= 0) {
                    letter++;
                }
                boolean label = letter < text.length()
                        && Texts.isWord(text, letter, letter + 1)
                        && Character.isUpperCase(text.charAt(letter)) == options.lettered()
                        && (cue.endsWith(" is") || ends(text, letter + 1) || concludes(text, at))
                        && (text.charAt(letter) != 'A' || isNoun(cue) || Article.at(text, letter) == Article.NONE);
                int index = label ? options.indexOf(text.charAt(letter)) : -1;
                if (index >= 0 && (denied(text, at) || (settled >= 0 && settled != index))) {
                    return -1;
                }
                settled = index >= 0 ? index : settled;
            }
        }
        return settled;
    }

    /** Whether a letter behind a cue is an option's whatever follows, and no article. */
    private static boolean isNoun(String cue) {
        return cue.equalsIgnoreCase("option") || cue.equals("choice");
    }

    private static boolean ends(String text, int from) {
        return text.substring(from).chars().noneMatch(Character::isLetterOrDigit);
    }

    /** Whether the sentence that a place stands in begins like a conclusion. */
    private static boolean concludes(String text, int at) {
        int start = at;
        while (start > 0 && ".!?\n".indexOf(text.charAt(start - 1)) < 0) {
            start--;
        }
        String sentence = LowerCase.of(text.substring(start, at).strip());
        return CONCLUDING.stream().anyMatch(word -> Texts.startsWithWords(sentence, 0, word));
    }

    private static boolean denied(String text, int at) {
        String before = text.substring(Math.max(0, at - 24), at).toLowerCase(Locale.ROOT);
        return DENYING.stream().anyMatch(word -> Texts.hasWords(before, word));
    }

    private static ChosenOption mentioned(Options options, String text) {
        int stated = stated(text);
        if (stated >= 0) {
            int index = options.indexOf(text.charAt(stated));
            return index >= 0 ? at(index) : noneOf(String.valueOf(text.charAt(stated)));
        }
        Optional<List<Reference>> references =
                options.lettered() ? LetterReferences.in(text, options) : Optional.empty();
        if (options.lettered() && references.isEmpty()) {
            return UNDECIDED;
        }
        List<Integer> letters = references.orElse(List.of()).stream()
                .map(Reference::index)
                .distinct()
                .toList();
        if (!letters.isEmpty()) {
            return letters.size() == 1 ? at(letters.get(0)) : UNDECIDED;
        }
        String print = Texts.fingerprint(text);
        List<Integer> contained = contained(options, print, false);
        if (contained.isEmpty()) {
            contained = contained(options, print, true);
        }
        if (!contained.isEmpty()) {
            return contained.size() == 1 ? at(contained.get(0)) : UNDECIDED;
        }
        boolean doubtful = !options.lettered() || sharesNumber(options, text);
        return doubtful ? UNDECIDED : wrong("the answer is none of the options");
    }

    /** Whether an answer gives a number of an option, perhaps in another unit's words: "2.50 dollars" for "$2.50". */
    private static boolean sharesNumber(Options options, String text) {
        Set<BigDecimal> numbers = IntStream.range(0, options.size())
                .mapToObj(options::text)
                .flatMap(ChosenOption::numbers)
                .collect(Collectors.toSet());
        return numbers(text).anyMatch(numbers::contains);
    }

    private static Stream<BigDecimal> numbers(String text) {
        return Tokens.of(text).stream()
                .filter(token -> token.is(Token.Kind.NUMBER))
                .map(token -> token.value().stripTrailingZeros());
    }

    /** The options whose words a text holds, with their articles or without. */
    private static List<Integer> contained(Options options, String print, boolean withoutArticles) {
        return IntStream.range(0, options.size())
                .filter(i -> {
                    String wanted = withoutArticles ? withoutArticle(options.print(i)) : options.print(i);
                    return Texts.unspaced(wanted) ? print.contains(wanted) : Texts.hasWords(print, wanted);
                })
                .boxed()
                .toList();
    }

    /** Where the letter stands that the answer's last "the answer is B" names; -1 if there is none. */
    private static int stated(String text) {
        String folded = LowerCase.of(text);
        int best = -1;
        if (folded.length() != text.length()) {
            return best;
        }
        for (String verdict : VERDICTS) {
            for (int at = folded.indexOf(verdict); at >= 0; at = folded.indexOf(verdict, at + 1)) {
                int letter = at + verdict.length();
                while (letter < text.length() && " (*:[\"'".indexOf(text.charAt(letter)) >= 0) {
                    letter++;
                }
                boolean single = letter < text.length()
                        && Character.isUpperCase(text.charAt(letter))
                        && Texts.isWord(text, letter, letter + 1)
                        && text.charAt(letter) <= 'Z'
                        && (text.charAt(letter) != 'A' || Article.at(text, letter) == Article.NONE);
                if (single && letter > best) {
                    best = letter;
                }
            }
        }
        return best;
    }

    /** The end of a label at the start, as in "(B) a cup", "B. a cup", "B, because ..."; 0 if there is none. */
    private static int labelEnd(String text) {
        int at = !text.isEmpty() && (text.charAt(0) == '(' || text.charAt(0) == '[') ? 1 : 0;
        if (at + 1 >= text.length()) {
            return 0;
        }
        char label = text.charAt(at);
        char after = text.charAt(at + 1);
        boolean bracketed = at == 1 && (after == ')' || after == ']');
        boolean letter = label < 128 && Character.isLetter(label);
        boolean digit =
                label >= '1' && label <= '9' && (at + 2 >= text.length() || !Character.isDigit(text.charAt(at + 2)));
        boolean marked = at == 0
                && ((after == ')' && (letter || digit))
                        || ((after == '.' || after == ':') && (letter || digit) && isUpperOrDigit(label))
                        || (after == '\uff1a' || after == '\u3001' || after == '\uff0e')
                        || ((after == ',' || after == '\n') && letter && Character.isUpperCase(label))
                        || (letter && Character.isUpperCase(label) && dashed(text, at + 1)));
        return (letter || digit) && (bracketed || marked) ? at + 2 : 0;
    }

    private static boolean dashed(String text, int at) {
        return text.startsWith(" - ", at)
                || text.startsWith(" \u2013 ", at)
                || text.startsWith(" \u2014 ", at)
                || text.startsWith(" because ", at);
    }

    private static boolean isUpperOrDigit(char label) {
        return Character.isUpperCase(label) || Character.isDigit(label);
    }

    /** The option whose text is this text, or its first line, or its first sentence, articles aside; -1 if none is. */
    private static int sameText(Options options, String text) {
        String stripped = text.strip();
        int line = stripped.indexOf('\n');
        int stop = stripped.indexOf(". ");
        for (int end : new int[] {stripped.length(), line, stop}) {
            if (end > 0) {
                String print = Texts.fingerprint(stripped.substring(0, end));
                for (int i = 0; i < options.size(); i++) {
                    if (print.equals(options.print(i)) || stripped.equals(options.text(i))) {
                        return i;
                    }
                }
                String noun = withoutArticle(print);
                int[] same = IntStream.range(0, options.size())
                        .filter(i -> noun.equals(withoutArticle(options.print(i))))
                        .toArray();
                if (same.length == 1) {
                    return same[0];
                }
            }
        }
        return -1;
    }

    private static String withoutArticle(String print) {
        int space = print.indexOf(' ');
        return space > 0 && ARTICLES.contains(print.substring(0, space)) ? print.substring(space + 1) : print;
    }

    private static String unbracketed(String text) {
        int start = !text.isEmpty() && "([\uff08".indexOf(text.charAt(0)) >= 0 ? 1 : 0;
        int end = text.length();
        while (end > start && ")].:\uff09\u3002 *".indexOf(text.charAt(end - 1)) >= 0) {
            end--;
        }
        return text.substring(start, end);
    }

    private static String unmarked(String answer) {
        return answer.replace("**", "").replace("__", "").strip();
    }

    private static ChosenOption at(int index) {
        return new ChosenOption(index, Optional.empty());
    }

    private static ChosenOption noneOf(String label) {
        return wrong("the question has no option " + label);
    }

    private static ChosenOption wrong(String why) {
        return new ChosenOption(-1, Optional.of(why));
    }
}
