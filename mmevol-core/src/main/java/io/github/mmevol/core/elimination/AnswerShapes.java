package io.github.mmevol.core.elimination;

import io.github.mmevol.core.evolution.Candidate;
import io.github.mmevol.core.internal.text.ChosenOption;
import io.github.mmevol.core.internal.text.Options;
import io.github.mmevol.core.internal.text.Texts;
import io.github.mmevol.core.sample.AnswerShape;
import io.github.mmevol.core.sample.Forms;
import io.github.mmevol.core.sample.Instruction;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Looks whether the answer has the shape that the form demands, and whether what the question counts is there; spreads
 * the right option over the letters.
 */
record AnswerShapes(Forms forms) implements Function<Candidate, Verdict> {
    private static final int LONGEST_FILLING = 120;
    private static final int MOST_FILLING_WORDS = 15;
    private static final int LONGEST_LOOKED_AT = 8_000;
    private static final int LEAST_OPTIONS = 3;

    /** Strokes or an ellipsis where a word is left out; in an answer they may be a pause. */
    private static final Pattern STROKES =
            Pattern.compile("(?<=\\p{L}[ \\u3000])(?:\\u2026|-{3,}|[\\u2013\\u2014]{2,})(?=[ \\u3000.,;:!?]|$)");

    private static final Pattern LETTER = Pattern.compile("\\(?([A-Z])[).]?");

    private static final Set<String> YES_OR_NO = Set.of(
            "yes",
            "no",
            "ja",
            "nein",
            "nee",
            "oui",
            "non",
            "s\u00ed",
            "si",
            "s\u00ec",
            "sim",
            "n\u00e3o",
            "nao",
            "da",
            "\u0434\u0430",
            "\u043d\u0435\u0442",
            "tak",
            "nie",
            "evet",
            "hay\u0131r",
            "hayir",
            "\ub124",
            "\uc608",
            "\uc544\ub2c8\uc694",
            "\uc544\ub2c8\uc624",
            "\u0646\u0639\u0645",
            "\u0644\u0627",
            "jo",
            "nej",
            "ano",
            "ne",
            "igen",
            "nem",
            "\u03bd\u03b1\u03b9",
            "\u03cc\u03c7\u03b9",
            "h\u00e1n",
            "ya",
            "tidak");
    private static final List<String> BOTH = List.of("yes or no", "yes no", "yes and no");
    private static final Set<String> ENGLISH = Set.of(
            "the", "is", "are", "does", "do", "of", "in", "this", "that", "whether", "can", "it", "what", "fit",
            "match");

    @Override
    public Verdict apply(Candidate candidate) {
        Instruction evolved = candidate.evolved();
        if (evolved.question().length() > LONGEST_LOOKED_AT || evolved.answer().length() > LONGEST_LOOKED_AT) {
            return Verdict.pass(); // far beyond what the form rule lets through
        }
        AnswerShape shape =
                forms.find(evolved.format()).map(form -> form.answerShape()).orElse(AnswerShape.FREE);
        Verdict verdict =
                switch (shape) {
                    case FREE -> Verdict.pass();
                    case OPTION -> option(candidate);
                    case BLANK -> blank(evolved);
                    case YES_NO -> yesNo(evolved);
                };
        if (verdict instanceof Verdict.Pass && shape == AnswerShape.FREE && namesNoOption(evolved)) {
            return Verdict.reject(
                    "the answer is the letter of an option that the question does not have", evolved.answer());
        }
        if (verdict instanceof Verdict.Pass && shape != AnswerShape.OPTION) {
            Optional<String> missed = Demands.missed(evolved.question(), evolved.answer());
            if (missed.isPresent()) {
                return Verdict.reject("the answer does not keep to the question: " + missed.get(), evolved.answer());
            }
        }
        return verdict;
    }

    /** Whether the answer is a letter alone, and the question has options under other letters, whatever form it claims. */
    private static boolean namesNoOption(Instruction evolved) {
        Matcher letter = LETTER.matcher(evolved.answer().strip());
        if (!letter.matches()) {
            return false;
        }
        int place = letter.group(1).charAt(0) - 'A';
        return Options.of(evolved.question())
                .filter(options -> options.lettered() && options.size() >= 3 && place >= options.size())
                .isPresent();
    }

    private static Verdict option(Candidate candidate) {
        Instruction evolved = candidate.evolved();
        Optional<Options> found = Options.of(evolved.question());
        if (found.isEmpty()) {
            if (hasLabelledLines(evolved.question())) {
                return Verdict.pass();
            }
            return Verdict.reject("the question lists no labelled options", evolved.question());
        }
        Options options = found.get();
        if (options.distinct() < LEAST_OPTIONS) {
            return Verdict.reject(
                    "the question needs at least three distinct options, it has " + options.distinct(),
                    evolved.question());
        }
        if (options.distinct() < options.size()) {
            return Verdict.reject("two options of the question are the same", evolved.question());
        }
        ChosenOption chosen = ChosenOption.of(options, evolved.answer());
        if (chosen.wrong().isPresent()) {
            return Verdict.reject(chosen.wrong().get(), evolved.answer());
        }
        return chosen.index() < 0
                ? Verdict.pass()
                : OptionOrder.spread(candidate.id(), evolved, options, chosen.index())
                        .<Verdict>map(revised -> Verdict.pass().revised(revised))
                        .orElseGet(Verdict::pass);
    }

    /** Whether three lines begin with letters that follow each other, as the rows of a table may: {@code | A | a cup |}. */
    private static boolean hasLabelledLines(String question) {
        int run = 0;
        char last = 0;
        for (String line : question.split("\n", -1)) {
            int at = 0;
            while (at < line.length() && !Character.isLetterOrDigit(line.charAt(at))) {
                at++;
            }
            boolean label = at < line.length()
                    && Character.isLetter(line.charAt(at))
                    && (at + 1 == line.length() || !Character.isLetterOrDigit(line.charAt(at + 1)));
            run = label ? (run > 0 && line.charAt(at) == last + 1 ? run + 1 : 1) : run;
            last = label ? line.charAt(at) : last;
            if (run == LEAST_OPTIONS) {
                return true;
            }
        }
        return false;
    }

    private static Verdict blank(Instruction evolved) {
        if (!hasBlank(evolved.question())
                && !STROKES.matcher(evolved.question()).find()) {
            return Verdict.reject("the question has no blank", evolved.question());
        }
        if (hasBlank(evolved.answer())) {
            return Verdict.reject("the answer leaves a blank", evolved.answer());
        }
        String answer = evolved.answer().strip();
        if (answer.length() > LONGEST_FILLING || answer.split("\\s", -1).length > MOST_FILLING_WORDS) {
            return Verdict.reject("the answer is too long for a blank", answer);
        }
        return Verdict.pass();
    }

    private static boolean hasBlank(String text) {
        String folded = Texts.folded(text);
        return List.of(
                        "__",
                        "\uff3f\uff3f",
                        "\\_\\_",
                        "[blank]",
                        "(blank)",
                        "<blank>",
                        "[ ]",
                        "( )",
                        "\uff08\uff09",
                        "\uff08 \uff09",
                        "[mask]",
                        "....",
                        "\u2026\u2026")
                .stream()
                .anyMatch(folded::contains);
    }

    private static Verdict yesNo(Instruction evolved) {
        String answer = Texts.folded(evolved.answer());
        String print = Texts.fingerprint(answer);
        for (String opener : List.of("the correct answer is ", "the answer is ", "answer ")) {
            if (print.startsWith(opener)) {
                print = print.substring(opener.length());
                break;
            }
        }
        if (BOTH.contains(print)) {
            return Verdict.reject("the answer is both yes and no", evolved.answer());
        }
        int end = print.indexOf(' ');
        String first = end < 0 ? print : print.substring(0, end);
        if (YES_OR_NO.contains(first) || !isEnglish(evolved.question())) {
            return Verdict.pass();
        }
        return Verdict.reject("the answer does not begin with yes or no", evolved.answer());
    }

    private static boolean isEnglish(String question) {
        return List.of(Texts.fingerprint(question).split(" ", -1)).stream()
                        .filter(ENGLISH::contains)
                        .count()
                >= 2;
    }
}
