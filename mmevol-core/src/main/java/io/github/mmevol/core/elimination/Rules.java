package io.github.mmevol.core.elimination;

import io.github.mmevol.core.evolution.Candidate;
import io.github.mmevol.core.manipulation.Arithmetic;
import io.github.mmevol.core.manipulation.Findings;
import io.github.mmevol.core.sample.Forms;
import java.util.List;
import java.util.function.Function;

/**
 * The rules that need no model and no annotations: free, and decided in well under a millisecond. A rule rejects only what
 * it can point at; what it cannot decide it passes. Thread-safe; the same candidates always get the same verdicts.
 *
 * <p>{@code Rules.all().then(mine).then(judge)} asks them before anything is paid for.
 */
public final class Rules {
    private Rules() {}

    /** All rules, cheapest first, with the {@linkplain Forms#standard() standard forms}. */
    public static Eliminator all() {
        return all(Forms.standard());
    }

    /** All rules, cheapest first: form, control-token, refusal, prompt-leak, answer-shape, duplicate. */
    public static Eliminator all(Forms forms) {
        return Eliminator.chain(
                List.of(form(), controlToken(), refusal(forms), promptLeak(), answerShape(forms), duplicate()));
    }

    /**
     * Rejects ({@code form}) what lacks a question or an answer, a question of more than 2 000 characters, an answer of
     * more than 4 000, more than 6 steps or a step of more than 1 000 characters, an answer that repeats its question, and
     * a question that the line has asked already, in whatever case, spacing and punctuation.
     */
    public static Eliminator form() {
        return Eliminator.each("form", FormRule::judge);
    }

    /**
     * Rejects ({@code control-token}) what holds {@code <image>}, {@code <|...|>}, {@code [INST]}, {@code </s>} and other
     * marks of chat templates, control characters or halves of surrogate pairs, in question, answer or steps.
     */
    public static Eliminator controlToken() {
        return Eliminator.each("control-token", ControlTokens::judge);
    }

    /**
     * Rejects ({@code refusal}) an answer that begins with the writer's own inability, in English, Chinese, German, French
     * or Spanish; never one of a form that {@linkplain io.github.mmevol.core.sample.Form#mayBeUnsure() may be unsure}.
     * "It cannot be determined" is an answer.
     *
     * @param forms the table of forms
     */
    public static Eliminator refusal(Forms forms) {
        return withForms("refusal", forms, new Refusals(forms));
    }

    /**
     * Rejects ({@code prompt-leak}) what holds a {@linkplain io.github.mmevol.core.evolution.PromptInfo#leakPhrases() leak
     * phrase} of its prompt, talks about the rewriting ("the original question"), or holds an id of the prompt
     * ({@code {o3}}, {@code q1}). Text in quotation marks may stand in the image, and is exempt from all but the leak
     * phrases and the ids in braces.
     */
    public static Eliminator promptLeak() {
        return Eliminator.each("prompt-leak", new PromptLeaks()::judge);
    }

    /**
     * Rejects ({@code answer-shape}) what lacks the {@linkplain io.github.mmevol.core.sample.AnswerShape shape} of its form:
     * at least three distinct labelled options with an answer that is one of them; a blank with a short answer; yes or no
     * first. Counts what an English question demands in numbers ("list three", "within 20 words", "in two sentences").
     *
     * <p>Puts the options of what passes into an order that depends on the candidate's id alone, so that the right letters
     * are evenly spread, and renames the letters in answer and steps. The order stays where the options cannot be cut out
     * exactly, where they rise or fall by number or refer to each other ("none of these"), and where a letter in the text
     * may be something else than an option.
     *
     * @param forms the table of forms
     */
    public static Eliminator answerShape(Forms forms) {
        return withForms("answer-shape", forms, new AnswerShapes(forms));
    }

    /**
     * Rejects ({@code duplicate}) what says again what its parent, an earlier round of its line, another line or a seed of its
     * sample, or a candidate before it in the same round says about the same part of the image: at least 0.7 of all runs of
     * three words of question and answer are common to both, and the question tells nothing that the earlier one does not.
     * Little words, case, punctuation and the order of options and sentences make no difference. One template about two
     * things, or a question with a further condition, is no duplicate.
     */
    public static Eliminator duplicate() {
        return new DuplicateRule();
    }

    /**
     * Rejects ({@code arithmetic}) a step or an answer that calculates wrongly, under any trust: see {@link Arithmetic}. What
     * is calculated rightly passes with a confirmed check.
     */
    public static Eliminator arithmetic() {
        return Eliminator.each(Arithmetic.NAME, candidate -> verdict(Arithmetic.verify(candidate.evolved())));
    }

    private static Verdict verdict(Findings findings) {
        return findings.contradictions().stream()
                .findFirst()
                .<Verdict>map(first -> Verdict.reject(first.why() + ": " + first.claim(), first.evidence()))
                .orElseGet(() -> Verdict.pass().checks(findings.checks()));
    }

    private static Eliminator withForms(String name, Forms forms, Function<Candidate, Verdict> rule) {
        String settings = forms == Forms.standard() ? name : name + " with " + forms;
        return Eliminator.each(name, settings, rule);
    }
}
