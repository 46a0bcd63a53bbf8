package io.github.mmevol.core.elimination.grounding;

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
import java.util.Set;
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
    private static final Set<String> HOLDS = Words.of("""
            holds hold contains contain shows show encloses enclose frames frame surrounds surround marks mark
            outlines outline covers cover is
            """);
    private static final Set<String> ASKING = Set.of("does", "do", "is", "are");
    private static final Set<String> BOX_ASKED = Words.of("""
            box bbox coordinates region location position boxes
            """);

    private final Instruction instruction;
    private final Scene scene;
    private final List<Check> checks = new ArrayList<>();
    private final List<Contradiction> contradictions = new ArrayList<>();

    private BoxLabels(Instruction instruction, Scene scene) {
        this.instruction = instruction;
        this.scene = scene;
    }

    /** Looks at what the boxes of an instruction are said to hold. */
    public static Findings look(Sample sample, Instruction instruction, LabelMatcher matcher) {
        if (sample.objects().isEmpty()) {
            return new Findings(List.of(), List.of());
        }
        return new BoxLabels(instruction, new Scene(sample, matcher)).findings();
    }

    private Findings findings() {
        Passage question = Passage.of(Field.QUESTION, -1, instruction.question());
        for (Passage passage :
                Passage.of(instruction, EnumSet.of(Field.MANIPULATION, Field.DESCRIPTION, Field.ANSWER))) {
            if (!Language.isForeign(passage)) {
                statements(question, passage);
            }
        }
        if (Language.isEnglish(question)) {
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
                askedForBox(question, passage, pair.first());
            }
            from = pair.last().last() + 1;
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

    /** The answer is a box: the question says of what. */
    private void askedForBox(Passage question, Passage answer, BoxMention box) {
        for (int i = 0; i + 2 < question.size(); i++) {
            boolean asks = BOX_ASKED.contains(question.word(i))
                    && Set.of("of", "for", "around").contains(question.word(i + 1));
            Noun noun = asks ? Noun.startingAt(question, i + 2) : null;
            if (noun != null && Pair.endsThere(question, noun)) {
                value(answer.text(box.first(), box.last()), question, noun, box, true);
                return;
            }
        }
    }

    /** What the question puts up and the answer settles. */
    private void asked(Passage question) {
        List<BoxMention> boxes = BoxMention.in(question);
        if (boxes.isEmpty()) {
            return;
        }
        Reply reply = Reply.of(instruction);
        if (reply.options().isPresent() && reply.chosen() >= 0) {
            option(question, boxes, reply.options().get(), reply.chosen());
        } else if (boxes.size() == 1 && (reply.isYes() || reply.isNo())) {
            yesNo(question, Pair.in(question).get(0), reply.isYes());
        }
    }

    private void yesNo(Passage question, Pair pair, boolean yes) {
        int start = question.sentenceStart(pair.first().first());
        Noun noun = pair.noun();
        if (noun == null || !ASKING.contains(question.word(start))) {
            return;
        }
        boolean before = noun.last() < pair.first().first();
        boolean plain = before ? noun.first() == start + 1 : Pair.endsThere(question, noun);
        int behind = before ? pair.first().last() + 1 : noun.last() + 1;
        String claim = instruction.answer();
        if (!plain || question.hasWord(start, question.sentenceEnd(start), Pair.DOUBTS)) {
            undecided(claim);
        } else if (yes) {
            value(claim, question, noun, pair.first(), true);
        } else if (question.endsSentence(behind) && denies(noun, pair.first())) {
            against(Check.Part.VALUE, claim, "the answer says no, but the box holds " + noun.phrase(), pair.first());
        } else {
            undecided(claim);
        }
    }

    /** Whether a box surely holds what a phrase names. */
    private boolean denies(Noun noun, BoxMention box) {
        DetectedObject object = given(box);
        return object != null && isOf(scene.meaning(noun.phrase()), Relation.SAME, object);
    }

    private void option(Passage question, List<BoxMention> boxes, Options options, int chosen) {
        Options.Option option = options.list().get(chosen);
        int optionsBegin = options.list().get(0).begin();
        List<BoxMention> inside = new ArrayList<>();
        List<BoxMention> others = new ArrayList<>();
        for (BoxMention box : boxes) {
            int place = question.token(box.first()).start();
            if (place >= option.start() && place < option.end()) {
                inside.add(box);
            } else if (place >= optionsBegin) {
                others.add(box);
            }
        }
        for (int i = 0; i < question.size() && question.token(i).start() < optionsBegin; i++) {
            Noun noun = HOLDS.contains(question.word(i)) ? Noun.startingAt(question, i + 1) : null;
            boolean which = question.hasWord(question.sentenceStart(i), i, Set.of("which"));
            if (noun != null && which && inside.size() == 1 && Pair.endsThere(question, noun)) {
                boolean only = others.stream().noneMatch(other -> holds(noun, other));
                String claim = options.list().get(chosen).label() + " "
                        + question.text(inside.get(0).first(), inside.get(0).last());
                boolean described = Noun.PREPOSITIONS.contains(question.word(noun.last() + 1));
                value(claim, question, noun, inside.get(0), only && !described);
                return;
            }
        }
    }

    private boolean holds(Noun noun, BoxMention box) {
        DetectedObject object = given(box);
        return object != null && fits(scene.meaning(noun.phrase()), object);
    }

    /** A pair that is the very answer. */
    private void value(String claim, Passage question, Noun noun, BoxMention box, boolean only) {
        DetectedObject object = given(box);
        Meaning meaning = scene.meaning(noun.phrase());
        boolean plain = object != null
                && isOf(meaning, Relation.SAME, object)
                && only
                && Scene.boxes(meaning.of(Relation.SAME)).size() == 1
                && (noun.last() < box.first() || !Noun.PREPOSITIONS.contains(question.word(noun.last() + 1)));
        if (object != null && fits(meaning, object) && !(plain && !scene.isNoisy())) {
            checks.add(new Check(NAME, Check.Part.VALUE, claim, Check.Result.UNDECIDED, Scene.describe(object)));
        } else {
            judge(Check.Part.VALUE, claim, noun.phrase(), List.of(box), true, false);
        }
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

    private void undecided(String claim) {
        checks.add(new Check(NAME, Check.Part.VALUE, claim, Check.Result.UNDECIDED, ""));
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
