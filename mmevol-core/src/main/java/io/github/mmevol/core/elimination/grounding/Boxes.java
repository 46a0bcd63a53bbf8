package io.github.mmevol.core.elimination.grounding;

import io.github.mmevol.core.elimination.grounding.Passage.Field;
import io.github.mmevol.core.elimination.grounding.Scene.Meaning;
import io.github.mmevol.core.elimination.grounding.Scene.Things;
import io.github.mmevol.core.internal.text.Token.Kind;
import io.github.mmevol.core.manipulation.Findings;
import io.github.mmevol.core.manipulation.Findings.Contradiction;
import io.github.mmevol.core.sample.BoundingBox;
import io.github.mmevol.core.sample.Check;
import io.github.mmevol.core.sample.DetectedObject;
import io.github.mmevol.core.sample.Forms;
import io.github.mmevol.core.sample.Instruction;
import io.github.mmevol.core.sample.LabelMatcher;
import io.github.mmevol.core.sample.LabelMatcher.Relation;
import io.github.mmevol.core.sample.Sample;
import io.github.mmevol.core.sample.Step;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Looks where the boxes of an instruction come from. A box is given (one of the sample's, but for rounding), derived (the
 * union or intersection of given ones, inside of one that is named with it, the whole image), snapped (so near to a given
 * one that it is replaced by it), or invented. Reads boxes in any language.
 */
public final class Boxes {
    /** The name of the rule. */
    public static final String NAME = "box";

    private static final double SNAP = 0.7;
    private static final double SAME = 0.85;
    private static final double NEARLY_ALL = 0.9;

    /**
     * What was found, and the instruction with its boxes put right.
     *
     * @param findings the boxes that are fine, and those that are not
     * @param revised the instruction with given boxes in the place of snapped ones; empty if nothing was snapped
     * @param snapped how many boxes were replaced
     */
    public record Outcome(Findings findings, Optional<Instruction> revised, int snapped) {}

    /** Words of a question that asks for another box than one of a thing. */
    private static final Set<String> DERIVING = Words.of("margin padding mirrored flipped gap empty nothing");
    /** Words of a question that asks for a box by its width and height. */
    private static final Set<String> REWRITING = Words.of("width height xywh centre center convert w h");

    private record Replacement(Passage passage, int start, int end, String text) {}

    private final Instruction instruction;
    private final Scene scene;
    private final Forms forms;
    private final List<Passage> passages;
    private final List<BoundingBox> derived = new ArrayList<>();
    private final List<Check> checks = new ArrayList<>();
    private final List<Contradiction> contradictions = new ArrayList<>();
    private final List<Replacement> replacements = new ArrayList<>();

    private Boxes(Instruction instruction, Scene scene, Forms forms) {
        this.instruction = instruction;
        this.scene = scene;
        this.forms = forms;
        this.passages = Passage.of(instruction, EnumSet.allOf(Field.class));
    }

    /** Looks at the boxes of an instruction; a sample without boxes has nothing to hold them against. */
    public static Outcome look(Sample sample, Instruction instruction, Forms forms, LabelMatcher matcher) {
        if (sample.objects().isEmpty()) {
            return new Outcome(new Findings(List.of(), List.of()), Optional.empty(), 0);
        }
        return new Boxes(instruction, new Scene(sample, matcher), forms).outcome();
    }

    private Outcome outcome() {
        Passage question = passages.get(0);
        boolean asked = Figures.asksForBox(question);
        boolean figures = !asked && Figures.asksForShares(question);
        for (Passage passage : passages) {
            for (BoxMention mention : BoxMention.in(passage)) {
                boolean figure = figures && passage.field() == Field.ANSWER;
                if (!figure && Figures.isBox(passage, mention, isOfALabel(passage, mention), asked)) {
                    look(passage, mention);
                }
            }
        }
        Optional<Instruction> revised = replacements.isEmpty() ? Optional.empty() : Optional.of(revised());
        return new Outcome(new Findings(checks, contradictions), revised, replacements.size());
    }

    private void look(Passage passage, BoxMention mention) {
        String claim = passage.text(mention.first(), mention.last());
        if (!mention.isShares()) {
            contradict(claim, "the box does not lie within the image, 0 to 1", "");
            return;
        }
        Optional<BoundingBox> box = mention.box();
        DetectedObject rewritten = asksFor(REWRITING) ? Geometry.measured(scene.objects(), mention) : null;
        if (rewritten != null) {
            check(passage, claim, Check.Result.UNDECIDED, rewritten);
            return;
        }
        if (box.isEmpty()) {
            contradict(claim, "the box has no area: left and top come first, right and bottom last", "");
            return;
        }
        DetectedObject given = Geometry.given(scene.objects(), box.get(), mention.tolerance());
        if (given != null) {
            check(passage, claim, scene.isNoisy() ? Check.Result.UNDECIDED : Check.Result.CONFIRMED, given);
            return;
        }
        String origin = origin(passage, mention, box.get());
        if (!origin.isEmpty()) {
            derived.add(box.get());
            checks.add(new Check(NAME, passage.part(), claim, Check.Result.UNDECIDED, origin));
            return;
        }
        DetectedObject near = near(passage, mention, box.get());
        if (near != null) {
            replacements.add(replacement(passage, mention, near.box()));
            check(
                    passage,
                    near.box().toString(),
                    scene.isNoisy() ? Check.Result.UNDECIDED : Check.Result.CONFIRMED,
                    near);
        } else if (asksFor(DERIVING) || isPutUpForRejection(passage, mention)) {
            checks.add(new Check(NAME, passage.part(), claim, Check.Result.UNDECIDED, "no annotated box"));
        } else {
            contradict(
                    claim,
                    "the box is invented: it is none of the annotated ones and not made of them",
                    "nearest: " + Scene.describe(nearest(box.get())));
        }
    }

    private boolean asksFor(Set<String> words) {
        Passage question = passages.get(0);
        return question.hasWord(0, question.size(), words);
    }

    private void check(Passage passage, String claim, Check.Result result, DetectedObject object) {
        checks.add(new Check(NAME, passage.part(), claim, result, Scene.describe(object)));
    }

    private void contradict(String claim, String why, String evidence) {
        contradictions.add(new Contradiction(claim, why, evidence));
    }

    /** What given boxes a box is made of; empty if of none. */
    private String origin(Passage passage, BoxMention mention, BoundingBox box) {
        double tolerance = mention.tolerance() + 0.001;
        String made = Geometry.origin(scene.objects(), box, tolerance);
        if (!made.isEmpty()) {
            return made;
        }
        for (BoundingBox before : derived) {
            if (Geometry.distance(before, box) <= tolerance) {
                return "given before";
            }
        }
        for (DetectedObject object : scene.objects()) {
            if (Geometry.isInside(box, object.box(), tolerance)
                    && object.box().area() < NEARLY_ALL
                    && isNamedWith(passage, object)) {
                return "inside " + Scene.describe(object);
            }
        }
        return "";
    }

    /**
     * Whether an object is named, or its box is written, in the same step as a passage or in the one before; what a box of
     * the question is part of may be told in any step.
     */
    private boolean isNamedWith(Passage passage, DetectedObject object) {
        for (Passage other : passages) {
            boolean near = other.step() == passage.step()
                    || other.step() == passage.step() - 1
                    || passage.field() == Field.QUESTION;
            if (near && (names(other, object.label()) || writes(other, object))) {
                return true;
            }
        }
        return false;
    }

    private boolean names(Passage passage, String label) {
        for (int i = 0; i < passage.size(); i++) {
            String word = passage.word(i);
            if (word.length() > 2 && !Noun.isBound(word)) {
                String bare = word.endsWith("'s") ? word.substring(0, word.length() - 2) : word;
                if (fits(scene.meaning(bare), label)) {
                    return true;
                }
            }
        }
        return false;
    }

    private static boolean writes(Passage passage, DetectedObject object) {
        for (BoxMention mention : BoxMention.in(passage)) {
            Optional<BoundingBox> box = mention.box();
            if (box.isPresent() && Geometry.distance(box.get(), object.box()) <= mention.tolerance()) {
                return true;
            }
        }
        return false;
    }

    /** The given box that was meant, if it is near enough and nothing says that another thing is meant. */
    private @Nullable DetectedObject near(Passage passage, BoxMention mention, BoundingBox box) {
        Noun noun = Pair.nounBefore(passage, mention.first());
        Meaning meaning = noun == null ? null : scene.meaning(noun.phrase());
        DetectedObject best = null;
        double most = SNAP;
        for (DetectedObject object : scene.objects()) {
            double iou = object.box().iou(box);
            boolean fitting =
                    iou >= SAME || meaning == null || !meaning.has(Relation.SAME) || fits(meaning, object.label());
            if (iou >= most && fitting) {
                most = iou;
                best = object;
            }
        }
        return best;
    }

    private static boolean fits(Meaning meaning, String label) {
        for (Relation relation : List.of(Relation.SAME, Relation.BROADER, Relation.NARROWER)) {
            for (Things things : meaning.of(relation)) {
                if (things.label().equals(label.strip())) {
                    return true;
                }
            }
        }
        return false;
    }

    private DetectedObject nearest(BoundingBox box) {
        DetectedObject best = scene.objects().get(0);
        for (DetectedObject object : scene.objects()) {
            if (object.box().iou(box) > best.box().iou(box)) {
                best = object;
            }
        }
        return best;
    }

    /** Whether a box stands in the question as one that, by the form and the answer, holds not what is asked for. */
    private boolean isPutUpForRejection(Passage passage, BoxMention mention) {
        boolean mayBeAbsent = forms.find(instruction.format())
                .map(form -> form.mayNameAbsent())
                .orElse(false);
        if (passage.field() != Field.QUESTION || !mayBeAbsent) {
            return false;
        }
        Reply reply = Reply.of(instruction);
        return reply.isNo()
                || reply.isOtherOption(passage.token(mention.first()).start());
    }

    private boolean isOfALabel(Passage passage, BoxMention mention) {
        Noun noun = Pair.nounBefore(passage, mention.first());
        return noun != null && scene.meaning(noun.phrase()).has(Relation.SAME);
    }

    private static Replacement replacement(Passage passage, BoxMention mention, BoundingBox box) {
        int start = passage.token(mention.first()).start();
        int end = passage.token(mention.last()).end();
        boolean argument = passage.is(mention.first(), Kind.OPEN)
                && passage.is(mention.first() - 1, Kind.ODD)
                && passage.token(mention.first() - 1).end() == start;
        return new Replacement(passage, start, end, argument ? "(" + box + ")" : box.toString());
    }

    private Instruction revised() {
        List<Step> steps = new ArrayList<>();
        for (int i = 0; i < instruction.steps().size(); i++) {
            Step step = instruction.steps().get(i);
            steps.add(new Step(
                    text(Field.MANIPULATION, i, step.manipulation()), text(Field.DESCRIPTION, i, step.description())));
        }
        return instruction.toBuilder()
                .question(text(Field.QUESTION, -1, instruction.question()))
                .steps(steps)
                .answer(text(Field.ANSWER, instruction.steps().size(), instruction.answer()))
                .build();
    }

    private String text(Field field, int step, String text) {
        StringBuilder put = new StringBuilder();
        int at = 0;
        for (Replacement one : replacements) {
            if (one.passage().field() == field && one.passage().step() == step) {
                put.append(text, at, one.start()).append(one.text());
                at = one.end();
            }
        }
        return put.append(text, at, text.length()).toString();
    }
}
