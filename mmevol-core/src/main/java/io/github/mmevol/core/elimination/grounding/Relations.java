package io.github.mmevol.core.elimination.grounding;

import io.github.mmevol.core.elimination.grounding.Passage.Field;
import io.github.mmevol.core.elimination.grounding.Scene.Meaning;
import io.github.mmevol.core.elimination.grounding.Scene.Things;
import io.github.mmevol.core.internal.text.Options;
import io.github.mmevol.core.manipulation.Findings;
import io.github.mmevol.core.manipulation.Findings.Contradiction;
import io.github.mmevol.core.sample.AnswerShape;
import io.github.mmevol.core.sample.BoundingBox;
import io.github.mmevol.core.sample.Check;
import io.github.mmevol.core.sample.Forms;
import io.github.mmevol.core.sample.Instruction;
import io.github.mmevol.core.sample.LabelMatcher;
import io.github.mmevol.core.sample.LabelMatcher.Relation;
import io.github.mmevol.core.sample.Sample;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Looks on which side of each other the text puts two things that are boxed once each: left, right, above, below. Depth and
 * size are marked as undecided. English only.
 */
public final class Relations {
    /** The name of the rule. */
    public static final String NAME = "relation";

    /** Words of a question whose answer is what is not so, or what somebody says. */
    private static final Set<String> DENYING = Words.of("""
            not no never neither nor false wrong wrongly incorrect incorrectly untrue except isn't aren't doesn't don't
            cannot can't contradicts contradict mistaken mistake error unlike misplaced unlikely inconsistent mismatch
            mismatches claim claims claimed says said say thinks believes instead without unless would should odd
            misleading inaccurate inaccurately least
            """);

    private final Instruction instruction;
    private final Scene scene;
    private final List<Check> checks = new ArrayList<>();
    private final List<Contradiction> contradictions = new ArrayList<>();

    private Relations(Instruction instruction, Scene scene) {
        this.instruction = instruction;
        this.scene = scene;
    }

    /** Looks at what an instruction says of the sides of things. */
    public static Findings look(Sample sample, Instruction instruction, Forms forms, LabelMatcher matcher) {
        Relations relations = new Relations(instruction, new Scene(sample, matcher));
        Passage question = Passage.of(Field.QUESTION, -1, instruction.question());
        if (!sample.objects().isEmpty() && Language.isEnglish(question)) {
            boolean blank = forms.find(instruction.format())
                    .map(form -> form.answerShape() == AnswerShape.BLANK)
                    .orElse(false);
            relations.look(question, blank);
        }
        return new Findings(relations.checks, relations.contradictions);
    }

    private void look(Passage question, boolean blank) {
        if (Clause.hasViewer(question, 0, question.size()) || Supposed.in(question)) {
            return;
        }
        for (Passage passage : Passage.of(instruction, EnumSet.of(Field.DESCRIPTION, Field.ANSWER))) {
            if (!Language.isForeign(passage)) {
                Clause.in(passage).forEach(clause -> judge(clause, passage.part(), clause.text()));
            }
        }
        if (blank) {
            filled();
        } else {
            asked(question);
        }
    }

    /** The sentence with its blank filled in. */
    private void filled() {
        String text = instruction
                .question()
                .replaceFirst("_{2,}", instruction.answer().strip().replaceAll("[\\\\$.]", ""));
        Clause.in(Passage.of(Field.ANSWER, 0, text))
                .forEach(clause -> judge(clause, Check.Part.VALUE, instruction.answer()));
    }

    private void asked(Passage question) {
        Reply reply = Reply.of(instruction);
        reply.option().ifPresent(option -> chosen(reply, option));
        String said = reply.option().orElse(instruction.answer());
        Passage answer = Passage.of(Field.ANSWER, 0, said);
        Optional<Clause> open = OpenSide.of(question, answer);
        if (open.isPresent()) {
            judge(open.get(), Check.Part.VALUE, instruction.answer());
            return;
        }
        if (reply.isYes() || reply.isNo()) {
            for (Clause clause : Clause.asked(question, reply.isNo())) {
                judge(reply.isYes() ? clause : clause.deny(), Check.Part.VALUE, instruction.answer());
            }
        }
    }

    /** What the chosen option states, where the question asks for what is so. */
    private void chosen(Reply reply, String option) {
        String stem = reply.options().map(Options::stem).orElse("");
        Passage asked = Passage.of(Field.QUESTION, -1, stem);
        boolean stated =
                !Clause.in(Passage.of(Field.ANSWER, 0, instruction.answer())).isEmpty();
        if (!stated && !asked.hasWord(0, asked.size(), DENYING)) {
            Clause.in(Passage.of(Field.ANSWER, 0, option))
                    .forEach(clause -> judge(clause, Check.Part.ANSWER, clause.text()));
        }
    }

    private void judge(Clause clause, Check.Part part, String claim) {
        Meaning subject = scene.meaning(clause.subject().phrase());
        Meaning object = scene.meaning(clause.object().phrase());
        List<Things> subjects = named(clause.subject(), subject);
        List<Things> objects = named(clause.object(), object);
        if (subjects.isEmpty() || objects.isEmpty()) {
            return;
        }
        String evidence = Scene.describe(subjects) + "; " + Scene.describe(objects);
        Check check = new Check(NAME, part, claim, Check.Result.UNDECIDED, evidence);
        BoundingBox one = only(subjects);
        BoundingBox other = only(objects);
        Side.Holds holds =
                one == null || other == null ? Side.Holds.OPEN : clause.side().holds(one, other);
        if (clause.denied()) {
            holds = holds.opposite();
        }
        boolean meant = scene.isExhaustive()
                || (clause.told() && isPlain(clause.subject(), subject) && isPlain(clause.object(), object));
        if (holds == Side.Holds.OPEN || (holds == Side.Holds.YES && scene.isNoisy())) {
            checks.add(check);
        } else if (holds == Side.Holds.YES) {
            checks.add(check.withResult(meant ? Check.Result.CONFIRMED : Check.Result.UNDECIDED, evidence));
        } else if (scene.isNoisy() || !meant) {
            checks.add(check.withResult(Check.Result.DISPUTED, evidence));
        } else {
            contradictions.add(new Contradiction(claim, "the boxes lie the other way round", evidence));
        }
    }

    /** The things that a noun names, by itself or without its modifiers. */
    private List<Things> named(Noun noun, Meaning meaning) {
        List<Things> same = meaning.of(Relation.SAME);
        String phrase = noun.phrase();
        return same.isEmpty()
                ? scene.meaning(phrase.substring(phrase.lastIndexOf(' ') + 1)).of(Relation.SAME)
                : same;
    }

    /** Whether a noun speaks of the one thing of its label, and singles none out. */
    private static boolean isPlain(Noun noun, Meaning meaning) {
        return noun.definite() && meaning.has(Relation.SAME);
    }

    private static @Nullable BoundingBox only(List<Things> things) {
        List<BoundingBox> boxes = Scene.boxes(things);
        return boxes.size() == 1 ? boxes.get(0) : null;
    }
}
