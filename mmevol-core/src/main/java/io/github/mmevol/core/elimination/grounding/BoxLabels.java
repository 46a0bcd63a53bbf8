package io.github.mmevol.core.elimination.grounding;

import io.github.mmevol.core.elimination.grounding.BoxQuestion.Asked;
import io.github.mmevol.core.elimination.grounding.Passage.Field;
import io.github.mmevol.core.elimination.grounding.Scene.Meaning;
import io.github.mmevol.core.elimination.grounding.Scene.Things;
import io.github.mmevol.core.internal.text.Options;
import io.github.mmevol.core.manipulation.Findings;
import io.github.mmevol.core.manipulation.Findings.Contradiction;
import io.github.mmevol.core.sample.BoundingBox;
import io.github.mmevol.core.sample.Check;
import io.github.mmevol.core.sample.DetectedObject;
import io.github.mmevol.core.sample.Instruction;
import io.github.mmevol.core.sample.LabelMatcher;
import io.github.mmevol.core.sample.LabelMatcher.Relation;
import io.github.mmevol.core.sample.Sample;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Looks whether a given box holds what the text says it holds: in steps and answer, and in the question where the answer
 * affirms it. A noun that is no annotated label decides nothing. English only.
 */
public final class BoxLabels {
    /** The name of the rule. */
    public static final String NAME = "box-label";

    /** From this overlap on two boxes are of one thing, whatever their labels. */
    private static final double SAME_PLACE = 0.5;

    private static final double MOSTLY = 0.9;
    private final Instruction instruction;
    private final Scene scene;
    private final LabelMatcher matcher;
    private final List<Check> checks = new ArrayList<>();
    private final List<Contradiction> contradictions = new ArrayList<>();

    private BoxLabels(Instruction instruction, Scene scene, LabelMatcher matcher) {
        this.instruction = instruction;
        this.scene = scene;
        this.matcher = matcher;
    }

    /** Looks at what the boxes of an instruction are said to hold. */
    public static Findings look(Sample sample, Instruction instruction, LabelMatcher matcher) {
        if (sample.objects().isEmpty()) {
            return new Findings(List.of(), List.of());
        }
        return new BoxLabels(instruction, new Scene(sample, matcher), matcher).findings();
    }

    private Findings findings() {
        Passage question = Passage.of(Field.QUESTION, -1, instruction.question());
        for (Passage passage :
                Passage.of(instruction, EnumSet.of(Field.MANIPULATION, Field.DESCRIPTION, Field.ANSWER))) {
            if (!Language.isForeign(passage)) {
                statements(question, passage);
            }
        }
        if (Language.isEnglish(question) && !Supposed.in(question)) {
            asked(question);
        }
        return new Findings(checks, contradictions);
    }

    private void statements(Passage question, Passage passage) {
        List<Pair> pairs = Pair.in(passage);
        int from = 0;
        for (Pair pair : pairs) {
            Noun noun = pair.noun();
            if (noun != null) {
                String claim = passage.text(
                        Math.min(noun.first(), pair.first().first()),
                        Math.max(noun.last(), pair.last().last()));
                boolean sure = pair.sure() && !fitsAnother(passage, pair, noun, from);
                judge(passage.part(), claim, noun.phrase(), pair.boxes(), sure, pair.loose());
            } else if (passage.field() == Field.ANSWER
                    && pairs.size() == 1
                    && pair.boxes().size() == 1) {
                located(question, passage, pair.first());
            }
            from = pair.last().last() + 1;
        }
    }

    /** The answer is a box: the question may say of what. */
    private void located(Passage question, Passage answer, BoxMention box) {
        if (Language.isEnglish(question) && !Supposed.in(question)) {
            BoxQuestion.located(question, answer, box).ifPresent(asked -> value(asked, List.of()));
        }
    }

    /** Whether another noun of the sentence before the boxes names what one of them holds. */
    private boolean fitsAnother(Passage passage, Pair pair, Noun noun, int from) {
        int first = pair.first().first();
        for (int i = Math.max(from, passage.sentenceStart(first)); i < first; i++) {
            String word = passage.word(i);
            boolean own = i >= noun.first() && i <= noun.last();
            if (!own && word.length() > 2 && !Noun.isBound(word)) {
                Meaning meaning = scene.meaning(word);
                for (BoxMention box : pair.boxes()) {
                    DetectedObject object = given(box);
                    if (object != null && fits(meaning, object)) {
                        return true;
                    }
                }
            }
        }
        return false;
    }

    /** What the question puts up and the answer settles. */
    private void asked(Passage question) {
        List<BoxMention> boxes = BoxMention.in(question);
        if (boxes.isEmpty()) {
            return;
        }
        Reply reply = Reply.of(instruction);
        Optional<Options> options = reply.options();
        if (options.isPresent() && reply.chosen() >= 0) {
            BoxQuestion.chosen(question, boxes, options.get(), reply.chosen(), answer())
                    .ifPresent(asked -> value(asked, others(question, asked, boxes, options.get())));
        } else if (boxes.size() == 1 && (reply.isYes() || reply.isNo())) {
            BoxQuestion.affirmed(question, answer()).ifPresent(asked -> yesNo(asked, reply.isYes()));
            return;
        }
        if (boxes.size() == 1) {
            thing(question, boxes.get(0), reply);
        }
    }

    private void yesNo(Asked asked, boolean yes) {
        Noun noun = asked.noun();
        int behind = Math.max(noun.last(), asked.box().last()) + 1;
        if (asked.only() && yes) {
            value(asked, List.of());
        } else if (asked.only()
                && asked.passage().endsSentence(behind)
                && BoxQuestion.isOne(asked.passage(), noun)
                && denies(noun, asked.box())) {
            String why = "the answer says no, but the box holds " + noun.phrase();
            against(Check.Part.VALUE, asked.claim(), why, asked.box());
        } else {
            checks.add(new Check(NAME, Check.Part.VALUE, asked.claim(), Check.Result.UNDECIDED, ""));
        }
    }

    /** Whether a box surely holds what a phrase names. */
    private boolean denies(Noun noun, BoxMention box) {
        DetectedObject object = given(box);
        return object != null && isOf(scene.meaning(noun.phrase()), Relation.SAME, object);
    }

    /** The boxes of the other options. */
    private static List<BoxMention> others(Passage question, Asked asked, List<BoxMention> boxes, Options options) {
        int begin = options.list().get(0).begin();
        return boxes.stream()
                .filter(box ->
                        !box.equals(asked.box()) && question.token(box.first()).start() >= begin)
                .toList();
    }

    private Passage answer() {
        return Passage.of(Field.ANSWER, instruction.steps().size(), instruction.answer());
    }

    /** What the one box of the question holds, by the answer. */
    private void thing(Passage question, BoxMention box, Reply reply) {
        Optional<Options> options = reply.options();
        boolean chosen = options.isPresent() && reply.chosen() >= 0;
        int begin = options.isPresent() ? options.get().list().get(0).begin() : Integer.MAX_VALUE;
        if ((options.isPresent() && !chosen) || question.token(box.first()).start() >= begin) {
            return;
        }
        int stemEnd = Whole.stemEnd(question, options);
        Passage said = Passage.of(
                Field.ANSWER, instruction.steps().size(), reply.option().orElse(instruction.answer()));
        BoxQuestion.named(question, stemEnd, box, said, answer())
                .filter(asked -> !chosen || isOnlyOne(options.get(), reply.chosen(), box))
                .ifPresent(asked -> value(asked, List.of()));
    }

    /** Whether no other option names what a box holds too. */
    private boolean isOnlyOne(Options options, int chosen, BoxMention box) {
        DetectedObject object = given(box);
        for (int i = 0; i < options.size(); i++) {
            if (i != chosen && object != null && fits(scene.meaning(options.text(chosen)), object)) {
                return !fits(scene.meaning(options.text(i)), object);
            }
        }
        return true;
    }

    /** A pair that is the very answer. */
    private void value(Asked asked, List<BoxMention> others) {
        Noun noun = asked.noun();
        DetectedObject object = given(asked.box());
        Meaning meaning = scene.meaning(noun.phrase());
        boolean before = asked.passage().field() != Field.QUESTION
                || noun.last() < asked.box().first();
        boolean plain = object != null
                && isOf(meaning, Relation.SAME, object)
                && asked.only()
                && others.stream().noneMatch(other -> holds(noun, other))
                && Scene.boxes(meaning.of(Relation.SAME)).size() == 1
                && (before || !Noun.PREPOSITIONS.contains(asked.passage().word(noun.last() + 1)));
        boolean fits = object != null && fits(meaning, object);
        if (object != null && (fits ? !plain || scene.isNoisy() : asked.among() && mayBe(noun, object))) {
            checks.add(
                    new Check(NAME, Check.Part.VALUE, asked.claim(), Check.Result.UNDECIDED, Scene.describe(object)));
        } else {
            judge(Check.Part.VALUE, asked.claim(), noun.phrase(), List.of(asked.box()), true, asked.loose());
            if (!asked.whole()) {
                checks.replaceAll(BoxLabels::beside);
            }
        }
    }

    /** A confirmed value, as what is only a part of what was asked for. */
    private static Check beside(Check check) {
        boolean value = check.part() == Check.Part.VALUE && check.result() == Check.Result.CONFIRMED;
        return value
                ? new Check(check.by(), Check.Part.ANSWER, check.claim(), check.result(), check.evidence())
                : check;
    }

    /** Whether an object may be called so all the same: nobody knows better, or what is called so lies there too. */
    private boolean mayBe(Noun noun, DetectedObject object) {
        List<Things> same = scene.meaning(noun.phrase()).of(Relation.SAME);
        boolean other = matcher.relate(noun.phrase(), object.label()) == Relation.OTHER;
        return !other
                || same.isEmpty()
                || Scene.boxes(same).stream()
                        .anyMatch(box -> Geometry.share(object.box(), box) >= SAME_PLACE
                                || Geometry.share(box, object.box()) >= SAME_PLACE);
    }

    private boolean holds(Noun noun, BoxMention box) {
        DetectedObject object = given(box);
        return object != null && fits(scene.meaning(noun.phrase()), object);
    }

    private void judge(
            Check.Part part, String claim, String phrase, List<BoxMention> boxes, boolean sure, boolean loose) {
        Meaning meaning = scene.meaning(phrase);
        boolean confirmed = sure && !scene.isNoisy();
        List<String> evidence = new ArrayList<>();
        for (BoxMention box : boxes) {
            DetectedObject object = given(box);
            boolean fits = object != null && fits(meaning, object);
            if (object != null && !fits && sure && isElsewhere(named(phrase), object.box(), loose)) {
                against(part, claim, "the box does not hold " + phrase + " but " + object.label(), box);
                return;
            }
            if (object == null || !(fits || sure)) {
                return; // not understood
            }
            confirmed &= isNamed(phrase, object);
            evidence.add(Scene.describe(object));
        }
        Check.Result result = confirmed ? Check.Result.CONFIRMED : Check.Result.UNDECIDED;
        checks.add(new Check(NAME, part, claim, result, String.join("; ", evidence)));
    }

    /** Whether some things are annotated, and none of them at the place of a box. */
    private static boolean isElsewhere(List<Things> named, BoundingBox box, boolean loose) {
        return !named.isEmpty()
                && Scene.boxes(named).stream()
                        .noneMatch(own -> own.iou(box) >= SAME_PLACE || (loose && Geometry.share(own, box) >= MOSTLY));
    }

    private void against(Check.Part part, String claim, String why, BoxMention mention) {
        DetectedObject object = given(mention);
        String evidence = object == null ? "" : Scene.describe(object);
        if (scene.isNoisy()) {
            checks.add(new Check(NAME, part, claim, Check.Result.DISPUTED, evidence));
        } else {
            contradictions.add(new Contradiction(claim, why, evidence));
        }
    }

    /** The labels that a phrase names, itself or by its last word. */
    private List<Things> named(String phrase) {
        List<Things> same = scene.meaning(phrase).of(Relation.SAME);
        return same.isEmpty() ? scene.meaning(lastWord(phrase)).of(Relation.SAME) : same;
    }

    /** Whether a phrase, or the noun that it modifies, is a name for what an object is labelled. */
    private boolean isNamed(String phrase, DetectedObject object) {
        Meaning whole = scene.meaning(phrase);
        Meaning head = scene.meaning(lastWord(phrase));
        for (Relation relation : List.of(Relation.SAME, Relation.BROADER)) {
            if (isOf(whole, relation, object) || isOf(head, relation, object)) {
                return true;
            }
        }
        return false;
    }

    private static String lastWord(String phrase) {
        return phrase.substring(phrase.lastIndexOf(' ') + 1);
    }

    private static boolean fits(Meaning meaning, DetectedObject object) {
        return isOf(meaning, Relation.SAME, object)
                || isOf(meaning, Relation.BROADER, object)
                || isOf(meaning, Relation.NARROWER, object);
    }

    /** Whether a phrase relates so to the label of an object, or of another one that is boxed at the same place. */
    private static boolean isOf(Meaning meaning, Relation relation, DetectedObject object) {
        for (Things things : meaning.of(relation)) {
            if (things.label().equals(object.label().strip())
                    || things.boxes().stream().anyMatch(box -> box.iou(object.box()) >= SAME_PLACE)) {
                return true;
            }
        }
        return false;
    }

    private @Nullable DetectedObject given(BoxMention mention) {
        Optional<BoundingBox> box = mention.box();
        return box.isEmpty() ? null : Geometry.given(scene.objects(), box.get(), mention.tolerance());
    }
}
