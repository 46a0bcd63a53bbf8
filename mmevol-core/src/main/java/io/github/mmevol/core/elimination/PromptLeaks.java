package io.github.mmevol.core.elimination;

import io.github.mmevol.core.evolution.Candidate;
import io.github.mmevol.core.evolution.PromptInfo;
import io.github.mmevol.core.internal.text.LowerCase;
import io.github.mmevol.core.internal.text.Phrases;
import io.github.mmevol.core.internal.text.Texts;
import io.github.mmevol.core.internal.text.Token;
import io.github.mmevol.core.internal.text.Token.Kind;
import io.github.mmevol.core.internal.text.Tokens;
import io.github.mmevol.core.sample.Instruction;
import io.github.mmevol.core.sample.Step;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Looks for phrases of the prompt, for talk about the rewriting, and for ids that mean something in the prompt alone. What
 * stands in quotation marks may be text in the image and is left alone, as is what the parent or the caption says too.
 */
final class PromptLeaks {
    private static final String CAPTION_PROVIDED = "the caption provided";
    private static final String PROVIDED_BOX = "the provided bounding box";
    private static final String PROVIDED_BOXES = "the provided bounding boxes";
    private static final String GIVEN_BOX = "the given bounding box";
    private static final String GIVEN_BOXES = "the given bounding boxes";

    private static final String PROVIDED_CAPTION = "the provided caption";
    private static final String GIVEN_CAPTION = "the given caption";
    private static final String PREVIOUS = "previous question";
    private static final String THE_PREVIOUS = "the " + PREVIOUS;

    /** What a question may say of a caption that it quotes. */
    private static final Set<String> CAPTIONS = Set.of(PROVIDED_CAPTION, GIVEN_CAPTION, CAPTION_PROVIDED);
    /** What may be said in a dialogue. */
    private static final Set<String> EARLIER = Set.of(PREVIOUS, THE_PREVIOUS);

    /** What a question may say of the boxes that stand in it. */
    private static final Set<String> BOXES = Set.of(PROVIDED_BOX, PROVIDED_BOXES, GIVEN_BOX, GIVEN_BOXES);

    /** What follows "the caption provided" where a caption in the image is meant. */
    private static final List<String> PLACES =
            List.of("under", "below", "beneath", "underneath", "beside", "above", "next to", "in the image", "on the");

    private static final Phrases TALK = new Phrases(List.of(
            "the given question",
            "the original question",
            THE_PREVIOUS,
            PREVIOUS,
            "the seed question",
            "the parent question",
            "the given instruction",
            "the original instruction",
            "the previous instruction",
            "the seed instruction",
            "the parent instruction",
            "rewritten question",
            "rewritten instruction",
            "rewritten version of the question",
            "rewritten version of the instruction",
            "evolved instruction",
            "evolved question",
            "evolved version",
            PROVIDED_CAPTION,
            GIVEN_CAPTION,
            CAPTION_PROVIDED,
            "the provided annotation",
            "the provided annotations",
            "the given annotations",
            "bounding box list",
            "list of bounding boxes",
            PROVIDED_BOX,
            PROVIDED_BOXES,
            GIVEN_BOX,
            GIVEN_BOXES,
            "the provided object list",
            "the provided list of objects",
            "the given list of objects",
            "the detected objects list",
            "the list of detected objects"));

    private static final int FOUR = 4;
    private static final List<String> VARIABLES = List.of("bbx_", "tgt_", "txt_", "res_");

    /** The leak phrases of the prompts met so far, folded. */
    private final Map<PromptInfo, Phrases> leaks = new ConcurrentHashMap<>();

    Verdict judge(Candidate candidate) {
        Phrases leakPhrases = leaks.computeIfAbsent(
                candidate.prompt(),
                prompt -> new Phrases(prompt.leakPhrases().stream()
                        .map(Texts::folded)
                        .filter(phrase -> !phrase.isEmpty())
                        .toList()));
        Instruction evolved = candidate.evolved();
        List<String> prose = new ArrayList<>(List.of(evolved.question(), evolved.answer()));
        evolved.steps().stream().map(Step::description).forEach(prose::add);
        for (String text : prose) {
            Verdict verdict = judge(candidate, text, leakPhrases);
            if (verdict instanceof Verdict.Reject) {
                return verdict;
            }
        }
        for (String text : List.of(evolved.question(), evolved.answer())) {
            if (text.indexOf('_') >= 0) {
                String bare = Quotations.emptied(text);
                int variable = variable(bare);
                if (variable >= 0) {
                    return Verdict.reject(
                            "the text names a variable of the solving steps", Texts.around(bare, variable));
                }
            }
        }
        for (Step step : evolved.steps()) {
            int id = bracedId(step.manipulation());
            if (id >= 0) {
                return Verdict.reject("a step holds an id of the prompt", Texts.around(step.manipulation(), id));
            }
        }
        return Verdict.pass();
    }

    private static Verdict judge(Candidate candidate, String text, Phrases leakPhrases) {
        String folded = Texts.folded(text);
        int leak = leakPhrases.find(folded);
        if (leak >= 0) {
            String phrase = leakPhrases.at(folded, leak).get(0);
            return Verdict.reject("the text echoes its prompt: \"" + phrase + "\"", Texts.around(folded, leak));
        }
        int braced = bracedId(text);
        if (braced >= 0) {
            return Verdict.reject("the text holds an id of the prompt", Texts.around(text, braced));
        }
        if (TALK.find(folded) >= 0) {
            String bare = Texts.folded(Quotations.emptied(text));
            for (String phrase : TALK.all()) {
                int at = Texts.findWords(bare, phrase, 0);
                if (at >= 0 && !isAboutTheImage(candidate, bare, at, phrase) && !known(candidate, phrase)) {
                    return Verdict.reject("the text talks about the rewriting", Texts.around(bare, at));
                }
            }
        }
        if (bareId(text) >= 0) {
            String bare = Quotations.emptied(text);
            int id = bareId(bare);
            if (id >= 0
                    && !known(candidate, idAt(bare, id))
                    && !numbers(candidate.evolved().question(), idAt(bare, id))) {
                return Verdict.reject(
                        "the text names " + idAt(bare, id) + ", an id of the prompt", Texts.around(bare, id));
            }
        }
        return Verdict.pass();
    }

    /** Whether a phrase means a caption that is printed in the image, or what stands in the question itself. */
    private static boolean isAboutTheImage(Candidate candidate, String folded, int at, String phrase) {
        String question = candidate.evolved().question();
        int behind = at + phrase.length();
        return (phrase.equals(CAPTION_PROVIDED) && isPlaced(folded, behind))
                || (CAPTIONS.contains(phrase) && !Quotations.emptied(question).equals(question))
                || (EARLIER.contains(phrase) && isDialogue(question))
                || (BOXES.contains(phrase) && (hasBox(question) || Texts.startsWithWords(folded, behind, " format")));
    }

    private static boolean isDialogue(String question) {
        String folded = Texts.folded(question);
        return folded.contains("user:") && folded.contains("assistant:");
    }

    /** Whether a question numbers questions of its own: "(q1) What is on the sofa? (q2) What is on the table?". */
    private static boolean numbers(String question, String id) {
        int first = question.indexOf("(q1)");
        int second = question.indexOf("(q2)");
        int mark = question.indexOf('?', Math.max(0, first));
        return first >= 0 && mark >= 0 && mark < second && question.contains("(" + id + ")");
    }

    /** Whether the words from an index on tell a place. */
    private static boolean isPlaced(String folded, int from) {
        String behind = folded.substring(from).strip();
        return PLACES.stream().anyMatch(place -> Texts.startsWithWords(behind, 0, place));
    }

    /** Whether four numbers stand in a row. */
    private static boolean hasBox(String question) {
        int row = 0;
        for (Token token : Tokens.of(question)) {
            if (token.is(Kind.BOX) || (row == FOUR && !token.is(Kind.COMMA))) {
                return true;
            }
            row = token.is(Kind.NUMBER) ? row + 1 : token.is(Kind.COMMA) ? row : 0;
        }
        return row == FOUR;
    }

    private static boolean known(Candidate candidate, String phrase) {
        Instruction parent = candidate.parent().instruction();
        return Texts.hasWords(Texts.folded(candidate.sample().caption()), phrase)
                || Texts.hasWords(Texts.folded(parent.question() + " " + parent.answer()), phrase);
    }

    /** Where a {@code {o1}} or {@code {q1}} begins; -1 if there is none. */
    private static int bracedId(String text) {
        for (int i = text.indexOf('{'); i >= 0; i = text.indexOf('{', i + 1)) {
            int end = idEnd(text, i + 1);
            if (end > 0 && end < text.length() && text.charAt(end) == '}') {
                return i;
            }
        }
        return -1;
    }

    /** Where a lower-case {@code o1} or {@code q1} stands alone; -1 if nowhere. Q1 and O3 mean other things. */
    private static int bareId(String text) {
        char[] chars = text.toCharArray();
        for (int i = 0; i < chars.length; i++) {
            int end = chars[i] == 'o' || chars[i] == 'q' ? idEnd(text, i) : 0;
            if (end > 0 && Texts.isWord(text, i, end) && !joined(text, i - 1) && !joined(text, end)) {
                return i;
            }
        }
        return -1;
    }

    private static boolean joined(String text, int at) {
        return at >= 0 && at < text.length() && "-/@#$=\\'\u2019".indexOf(text.charAt(at)) >= 0;
    }

    private static String idAt(String text, int at) {
        return text.substring(at, idEnd(text, at));
    }

    /** The end of an {@code o} or {@code q} with one or two digits; 0 if there is none at this place. */
    private static int idEnd(String text, int at) {
        if (at + 1 >= text.length() || (text.charAt(at) != 'o' && text.charAt(at) != 'q')) {
            return 0;
        }
        int end = at + 1;
        while (end < text.length() && end < at + 3 && isDigit(text.charAt(end))) {
            end++;
        }
        return end > at + 1 ? end : 0;
    }

    private static int variable(String text) {
        String lower = LowerCase.of(text);
        for (String name : VARIABLES) {
            for (int at = lower.indexOf(name); at >= 0; at = lower.indexOf(name, at + 1)) {
                int next = at + name.length();
                boolean begins = at == 0 || !Texts.wordly(lower.charAt(at - 1));
                if (begins && next < lower.length() && isDigit(lower.charAt(next))) {
                    return at;
                }
            }
        }
        return -1;
    }

    private static boolean isDigit(char c) {
        return c >= '0' && c <= '9';
    }
}
