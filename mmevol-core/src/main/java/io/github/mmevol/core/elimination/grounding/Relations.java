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

    private static final Set<String> AFFIRMED = Set.of("true", "correct");

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
            if (!relations.isEmpty() && asksOtherwise(question)) {
                return new Findings(List.of(), List.of());
            }
        }
        return new Findings(relations.checks, relations.contradictions);
    }

    private boolean isEmpty() {
        return checks.isEmpty() && contradictions.isEmpty();
    }

    /** Whether a question is not about what there is, as it is seen from the camera. */
    private static boolean asksOtherwise(Passage question) {
        return Clause.hasViewer(question, 0, question.size())
                || Clause.isForSomebody(question)
                || Supposed.in(question)
                || Truth.isUnwanted(question);
    }

    private void look(Passage question, boolean blank) {
        Reply reply = Reply.of(instruction);
        Passage answer = Passage.of(Field.ANSWER, 0, instruction.answer());
        boolean affirmed = reply.isYes() || AFFIRMED.contains(answer.word(0));
        boolean stated = false;
        for (Passage passage : Passage.of(instruction, EnumSet.of(Field.DESCRIPTION, Field.ANSWER))) {
            if (!Language.isForeign(passage)) {
                for (Clause clause : Clause.in(passage)) {
                    if (affirmed || !clause.isIn(question)) { // else it is only taken up again
                        judge(clause, passage.part(), clause.text(), false);
                        stated |= passage.field() == Field.ANSWER;
                    }
                }
            }
        }
        if (blank) {
            filled();
        } else {
            asked(question, answer, reply, stated);
        }
    }

    /** The sentence with its blank filled in. */
    private void filled() {
        String question = instruction.question();
        int begin = question.indexOf("__");
        if (begin < 0) {
            return;
        }
        int behind = begin;
        while (behind < question.length() && question.charAt(behind) == '_') {
            behind++;
        }
        StringBuilder text = new StringBuilder(question.substring(0, begin));
        for (char c : instruction.answer().strip().toCharArray()) {
            if (c != '\\' && c != '$' && c != '.') {
                text.append(c);
            }
        }
        int end = text.length();
        Passage filled = Passage.of(
                Field.ANSWER, 0, text.append(question.substring(behind)).toString());
        for (Clause clause : Clause.in(filled)) {
            judge(clause, Check.Part.VALUE, instruction.answer(), Whole.isFilled(filled, clause, begin, end));
        }
    }

    private void asked(Passage question, Passage answer, Reply reply, boolean stated) {
        if (!stated) {
            reply.option().ifPresent(option -> chosen(reply, option));
        }
        Passage said =
                reply.option().map(text -> Passage.of(Field.ANSWER, 0, text)).orElse(answer);
        int end = Whole.stemEnd(question, reply.options());
        Optional<Clause> open = OpenSide.of(question, said);
        if (open.isPresent()) {
            judge(
                    open.get(),
                    Check.Part.VALUE,
                    instruction.answer(),
                    Whole.asksForSide(question, end, open.get(), said, answer));
        } else if (reply.isYes() || reply.isNo()) {
            List<Clause> alone = Clause.asked(question, true);
            for (Clause clause : reply.isNo() ? alone : Clause.asked(question, false)) {
                Clause told = reply.isYes() ? clause : clause.deny();
                boolean whole = alone.contains(clause) && Whole.asksForSide(question, end, told, said, answer);
                judge(told, Check.Part.VALUE, instruction.answer(), whole);
            }
        }
    }

    /** What the chosen option states, where the question asks for what is so. */
    private void chosen(Reply reply, String option) {
        String stem = reply.options().map(Options::stem).orElse("");
        if (Truth.isWanted(Passage.of(Field.QUESTION, -1, stem))) {
            Clause.in(Passage.of(Field.ANSWER, 0, option))
                    .forEach(clause -> judge(clause, Check.Part.ANSWER, clause.text(), false));
        }
    }

    /**
     * Holds a clause against the boxes.
     *
     * @param whole whether it is the whole value that was asked for, if it is one
     */
    private void judge(Clause clause, Check.Part part, String claim, boolean whole) {
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
        boolean plain = clause.told() && isPlain(clause.subject(), subject) && isPlain(clause.object(), object);
        // who denies that the black cat is there may deny that it is black
        boolean meant = plain || (scene.isExhaustive() && !clause.denied());
        if (holds == Side.Holds.OPEN || (holds == Side.Holds.YES && scene.isNoisy())) {
            checks.add(check);
        } else if (holds == Side.Holds.YES) {
            Check.Part told = part == Check.Part.VALUE && !(whole && plain) ? Check.Part.ANSWER : part;
            checks.add(meant ? new Check(NAME, told, claim, Check.Result.CONFIRMED, evidence) : check);
        } else if (scene.isNoisy() || !meant || clause.mayMeanOver()) {
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
