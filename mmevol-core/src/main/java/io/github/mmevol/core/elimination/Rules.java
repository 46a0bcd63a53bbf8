package io.github.mmevol.core.elimination;

import io.github.mmevol.core.elimination.grounding.BoxLabels;
import io.github.mmevol.core.elimination.grounding.Boxes;
import io.github.mmevol.core.elimination.grounding.Counts;
import io.github.mmevol.core.elimination.grounding.Locations;
import io.github.mmevol.core.elimination.grounding.Relations;
import io.github.mmevol.core.evolution.Candidate;
import io.github.mmevol.core.manipulation.Arithmetic;
import io.github.mmevol.core.manipulation.Findings;
import io.github.mmevol.core.manipulation.ManipulationRuntime;
import io.github.mmevol.core.sample.Forms;
import io.github.mmevol.core.sample.LabelMatcher;
import java.util.List;
import java.util.function.Function;

/**
 * The rules that need no model: free, and decided in well under a millisecond. A rule rejects only what it can point at;
 * what it cannot decide it passes. Thread-safe; the same candidates always get the same verdicts.
 *
 * <p>Those that hold the text against the sample's annotations ({@code ungrounded-location}, {@code count},
 * {@code relation}, {@code box}, {@code box-label}) reject what cannot be right under the sample's
 * {@linkplain io.github.mmevol.core.sample.AnnotationTrust trust}, and give a
 * {@linkplain io.github.mmevol.core.sample.Check check} of every other claim that they understood: confirmed, undecided, or
 * disputed, for a judge who sees the image to settle. What they do not understand, another language among it, they leave
 * alone.
 *
 * <p>{@code Rules.all().then(mine).then(judge)} asks them before anything is paid for.
 */
public final class Rules {
    private Rules() {}

    /** All rules, cheapest first, with the {@linkplain Forms#standard() standard forms}. */
    public static Eliminator all() {
        return all(Forms.standard());
    }

    /**
     * All rules, cheapest first: form, control-token, refusal, prompt-leak, answer-shape, duplicate, ungrounded-location,
     * count, relation, box, box-label, arithmetic, chain.
     */
    public static Eliminator all(Forms forms) {
        return all(forms, LabelMatcher.english());
    }

    /**
     * All rules, cheapest first.
     *
     * @param forms the table of forms
     * @param labels tells which nouns name an annotated label
     */
    public static Eliminator all(Forms forms, LabelMatcher labels) {
        Eliminator rules = Eliminator.chain(List.of(
                form(),
                controlToken(),
                refusal(forms),
                promptLeak(),
                answerShape(forms),
                duplicate(),
                ungroundedLocation(forms),
                count(labels),
                relation(forms, labels),
                box(forms, labels),
                boxLabel(labels),
                arithmetic(),
                chain(ManipulationRuntime.builder().labels(labels).build())));
        // a matcher of somebody else's may wait for something
        return labels == LabelMatcher.english() ? new CalculatingEliminator(rules) : rules;
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
     * "It cannot be determined" is an answer, and so is "Sorry, I can't give up chocolate" where the question asks what a
     * card says.
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
     * exactly, where they rise or fall by number or refer to each other ("none of these"), where a letter in the text may
     * be something else than an option, and where the text names an option by its place ("the second is too large").
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
     * Rejects ({@code ungrounded-location}) coordinates that are written or asked for where the sample has no annotated
     * objects, in any language.
     *
     * @param forms the table of forms
     */
    public static Eliminator ungroundedLocation(Forms forms) {
        return withForms(Locations.NAME, forms, c -> verdict(Locations.look(c.sample(), c.evolved(), forms)));
    }

    /**
     * Rejects ({@code count}) an answer to "how many" or "number of" one annotated label, without modifier, that is one
     * exact whole number: below the number of boxes where the annotations are precise, any other where they are
     * exhaustive. Two boxes of one label that overlap by 0.85 or more count as one. English only.
     *
     * @param labels tells which nouns name an annotated label
     */
    public static Eliminator count(LabelMatcher labels) {
        return withLabels(Counts.NAME, labels, c -> verdict(Counts.look(c.sample(), c.evolved(), labels)));
    }

    /**
     * Rejects ({@code relation}) what puts one of two things, boxed once each, left, right, above or below of the other
     * where the centres of their boxes lie the other way by more than 0.05 and the boxes overlap by less than half on that
     * axis. Depth, size, and anybody's own left and right are never decided. English only.
     *
     * @param forms the table of forms
     * @param labels tells which nouns name an annotated label
     */
    public static Eliminator relation(Forms forms, LabelMatcher labels) {
        return withBoth(
                Relations.NAME, forms, labels, c -> verdict(Relations.look(c.sample(), c.evolved(), forms, labels)));
    }

    /**
     * Rejects ({@code box}) a box that is none, having no area or lying outside of the image, and an invented one: neither
     * given, nor the union or intersection of given ones, nor inside of one that is named with it. One that overlaps a
     * given box by 0.7 or more is replaced by it, and counted as {@code box-snapped}. Reads boxes in any language; four
     * figures of a chart or a table are no box.
     *
     * @param forms the table of forms
     * @param labels tells which nouns name an annotated label
     */
    public static Eliminator box(Forms forms, LabelMatcher labels) {
        return new RuleEliminator(Boxes.NAME, settings(Boxes.NAME, forms, labels), (candidate, round) -> {
            Boxes.Outcome outcome = Boxes.look(candidate.sample(), candidate.evolved(), forms, labels);
            for (int i = 0; i < outcome.snapped(); i++) {
                round.count("box-snapped");
            }
            Verdict verdict = verdict(outcome.findings());
            return verdict instanceof Verdict.Pass pass && outcome.revised().isPresent()
                    ? pass.revised(outcome.revised().get())
                    : verdict;
        });
    }

    /**
     * Rejects ({@code box-label}) a given box of which steps or answer, or a question that the answer affirms, say that it
     * holds the things of another label. Synonyms, plurals and wider words fit ("person" for "woman"); a noun that is no
     * annotated label decides nothing. English only.
     *
     * @param labels tells which nouns name an annotated label
     */
    public static Eliminator boxLabel(LabelMatcher labels) {
        return withLabels(BoxLabels.NAME, labels, c -> verdict(BoxLabels.look(c.sample(), c.evolved(), labels)));
    }

    /**
     * Rejects ({@code arithmetic}) a step or an answer that calculates wrongly, under any trust: see {@link Arithmetic}. What
     * is calculated rightly passes with a confirmed check.
     */
    public static Eliminator arithmetic() {
        return Eliminator.each(Arithmetic.NAME, candidate -> verdict(Arithmetic.verify(candidate.evolved())));
    }

    /**
     * Rejects ({@code chain}) what its own manipulation chain contradicts when it is carried out: see
     * {@link ManipulationRuntime}. What is carried out without a contradiction passes with its checks.
     *
     * @param runtime carries it out
     */
    public static Eliminator chain(ManipulationRuntime runtime) {
        return Eliminator.each(
                ManipulationRuntime.NAME,
                runtime.settings(),
                candidate -> verdict(
                        runtime.execute(candidate.sample(), candidate.evolved()).findings()));
    }

    /** The first thing that cannot be right rejects; else what was found is passed on. */
    private static Verdict verdict(Findings findings) {
        return findings.contradictions().stream()
                .findFirst()
                .<Verdict>map(found -> Verdict.reject(found.why() + ": " + found.claim(), found.evidence()))
                .orElseGet(() -> Verdict.pass().checks(findings.checks()));
    }

    private static Eliminator withLabels(String name, LabelMatcher labels, Function<Candidate, Verdict> rule) {
        return withBoth(name, Forms.standard(), labels, rule);
    }

    private static Eliminator withBoth(
            String name, Forms forms, LabelMatcher labels, Function<Candidate, Verdict> rule) {
        return Eliminator.each(name, settings(name, forms, labels), rule);
    }

    private static String settings(String name, Forms forms, LabelMatcher labels) {
        return name
                + (forms == Forms.standard() ? "" : " with " + forms)
                + (labels == LabelMatcher.english() ? "" : " by labels of another matcher");
    }

    private static Eliminator withForms(String name, Forms forms, Function<Candidate, Verdict> rule) {
        String settings = forms == Forms.standard() ? name : name + " with " + forms;
        return Eliminator.each(name, settings, rule);
    }
}
