package io.github.mmevol.core.elimination.grounding;

import io.github.mmevol.core.elimination.grounding.Passage.Field;
import io.github.mmevol.core.elimination.grounding.Scene.Meaning;
import io.github.mmevol.core.elimination.grounding.Scene.Things;
import io.github.mmevol.core.internal.text.LowerCase;
import io.github.mmevol.core.internal.text.Token;
import io.github.mmevol.core.internal.text.Token.Kind;
import io.github.mmevol.core.manipulation.Findings;
import io.github.mmevol.core.manipulation.Findings.Contradiction;
import io.github.mmevol.core.sample.BoundingBox;
import io.github.mmevol.core.sample.Check;
import io.github.mmevol.core.sample.Instruction;
import io.github.mmevol.core.sample.LabelMatcher;
import io.github.mmevol.core.sample.LabelMatcher.Relation;
import io.github.mmevol.core.sample.Sample;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalInt;
import java.util.Set;

/**
 * Compares the answer to "how many" of an annotated label with the number of its boxes. Says nothing where the answer is
 * not one exact whole number. Where the question singles some out, there are at most as many as boxes. English only.
 */
public final class Counts {
    /** The name of the rule. */
    public static final String NAME = "count";

    private static final int LARGEST = 10_000;
    private static final double MOSTLY = 0.9;
    private static final Set<String> VAGUE = Words.of("""
            about around roughly approximately nearly almost least most over under than up some several few dozen
            dozens many or between minimum maximum perhaps maybe probably half hundreds to kind kinds type types sort
            sorts species variety varieties
            """);
    /** Labels that name another thing too, or a thing that not everybody counts in with the others of its kind. */
    private static final Set<String> UNSURE = Words.of("""
            mouse bat crane seal ray fly ram chicken turkey duck fish lamb pitcher catcher coach tank orange lime kiwi
            palm tomato cucumber pumpkin olive bicycle bike tricycle skateboard scooter baby doll statue
            """);

    /** Words behind a noun that tell where in the picture it is, but for what is there. */
    private static final Set<String> PLACING = Words.of("""
            are is there here can be do does you we i see seen visible shown found located that which and or
            stand stands standing lie lies lying sit sits sitting hang hangs hanging placed positioned bear wear carry hold
            show shows contain contains appear appears exist present depicted count counted total altogether overall all
            have been boxed annotated detected identified given it rest rests attached fixed mounted belong belongs
            of in on at near by with behind beside next above below under underneath beneath over between among along
            around inside outside to left right top bottom upper lower middle centre center background foreground front
            half side corner edge part picture image photo photograph scene
            """);

    private static final Set<String> AT = Words.of("""
            on in at near by behind beside above below under underneath beneath over between among along around inside
            outside of
            """);
    private static final Set<String> BEARING = Set.of("bear", "wear", "carry", "hold", "show", "have");
    /** Things that may tell of others, show them as a picture or hide them, so that these need not be in sight. */
    private static final Set<String> TELLING = Words.of("""
            poster sign newspaper paper page label tag receipt menu recipe list screen monitor advertisement note card
            magazine book painting drawing crate box bag basket sack carton
            """);

    private static final Set<String> BEFORE_ONE = Set.of("only", "just", "exactly", "is");
    /** What belongs to the thing at which it is seen. */
    private static final Set<String> PARTS = Words.of("""
            wheel window door leg arm handle lid spout roof floor story tier ear eye tail wing button key horn sail mast
            chimney balcony column petal leaf branch finger hand foot tyre tire headlight mirror spoke drawer shelf pane
            arch step dome tower
            """);

    private static final Set<String> ONE_OF_THEM = Set.of("a", "an", "another", "each", "every");
    private static final Set<String> NONE = Set.of("none", "zero", "no");

    private final Instruction instruction;
    private final Scene scene;
    private final List<Check> checks = new ArrayList<>();
    private final List<Contradiction> contradictions = new ArrayList<>();

    private Counts(Sample sample, Instruction instruction, LabelMatcher matcher) {
        this.instruction = instruction;
        this.scene = new Scene(sample, matcher);
    }

    /** Looks at the number that an instruction asks for. */
    public static Findings look(Sample sample, Instruction instruction, LabelMatcher matcher) {
        String asked = LowerCase.of(instruction.question());
        if (sample.objects().isEmpty() || !(asked.contains("how many") || asked.contains("number of"))) {
            return new Findings(List.of(), List.of());
        }
        Passage question = Passage.of(Field.QUESTION, -1, instruction.question());
        Passage answer = Passage.of(Field.ANSWER, 0, instruction.answer());
        Counts counts = new Counts(sample, instruction, matcher);
        if (Language.isEnglish(question) && !Language.isForeign(answer)) {
            CountQuestion.of(question).ifPresent(counted -> counts.compare(question, counted, answer));
        }
        return new Findings(counts.checks, counts.contradictions);
    }

    private void compare(Passage question, CountQuestion counted, Passage answer) {
        Reply reply = Reply.of(instruction);
        Passage said =
                reply.option().map(text -> Passage.of(Field.ANSWER, 0, text)).orElse(answer);
        OptionalInt number = number(counted, said);
        Meaning meaning = scene.meaning(counted.phrase());
        List<Things> same = meaning.of(Relation.SAME);
        List<Things> broader = meaning.of(Relation.BROADER).stream()
                .filter(things -> !UNSURE.contains(LowerCase.of(lastWord(things.label()))))
                .toList();
        List<Things> narrower = meaning.of(Relation.NARROWER);
        if (!same.isEmpty()) {
            boolean single = same.stream().noneMatch(things -> CountQuestion.isPlural(lastWord(things.label())));
            int most = scene.isExhaustive() && single ? Scene.boxes(same).size() : LARGEST;
            int end = Whole.stemEnd(question, reply.options());
            boolean whole = !counted.asksMore()
                    && Whole.asksOnly(question, end, counted.noun())
                    && Whole.counts(question, end, said, answer);
            compare(number, same, Scene.places(same).size(), most, whole ? Check.Part.VALUE : Check.Part.ANSWER);
        } else if (!broader.isEmpty()) {
            compare(number, broader, Scene.places(broader).size(), LARGEST, Check.Part.ANSWER);
        } else if (!narrower.isEmpty() && endsWithALabel(counted.noun())) {
            boolean known = counted.owner().isPresent(); // "how many wheels has the car" asks what everybody knows
            boolean bounded = scene.isExhaustive() && !known && singlesOut(question, counted);
            int most = bounded ? Scene.boxes(narrower).size() : LARGEST;
            compare(number, narrower, owned(counted), most, Check.Part.ANSWER);
        }
    }

    /**
     * Compares the stated number with the fewest and the most that there can be.
     *
     * @param told what a confirmed number is: the value that was asked for, or a part of it
     */
    private void compare(OptionalInt number, List<Things> things, int least, int most, Check.Part told) {
        int boxes = Scene.boxes(things).size();
        String evidence = boxes + (boxes == 1 ? " box: " : " boxes: ") + Scene.describe(things);
        Check check = new Check(NAME, Check.Part.VALUE, instruction.answer(), Check.Result.UNDECIDED, evidence);
        if (number.isEmpty() || (number.getAsInt() >= least && number.getAsInt() <= most)) {
            boolean exact = number.isPresent() && least == most && !scene.isNoisy();
            checks.add(exact ? new Check(NAME, told, instruction.answer(), Check.Result.CONFIRMED, evidence) : check);
        } else if (scene.isNoisy()) {
            checks.add(check.withResult(Check.Result.DISPUTED, evidence));
        } else {
            String limit = number.getAsInt() < least ? least + " or more" : most + " or fewer";
            contradictions.add(new Contradiction(
                    instruction.answer(),
                    "the answer counts " + number.getAsInt() + ", there are "
                            + (least == most ? String.valueOf(least) : limit),
                    evidence));
        }
    }

    /** Whether all that is said of the counted noun stands before it, or tells a place in the picture. */
    private boolean singlesOut(Passage question, CountQuestion counted) {
        int next = counted.noun().last() + 1;
        boolean plain = true;
        while (next < counted.end() && plain) {
            String word = question.word(next);
            Noun noun = PLACING.contains(word) ? null : Noun.startingAt(question, next);
            plain = noun == null
                    ? PLACING.contains(word) || word.equals("the")
                    : noun.last() < counted.end() && isPlace(question, noun);
            next = noun == null ? next + 1 : noun.last() + 1;
        }
        return plain;
    }

    /** Whether a noun is a thing at which others are seen, and not one that only tells or shows of them. */
    private boolean isPlace(Passage question, Noun noun) {
        String last = question.word(noun.last());
        String before = question.word(noun.first() - 1);
        boolean bears = Set.of("does", "do").contains(before) && BEARING.contains(question.word(noun.last() + 1));
        return !TELLING.contains(last)
                && (PLACING.contains(last)
                        || scene.meaning(noun.phrase()).has(Relation.SAME)
                        || (noun.definite() && (AT.contains(before) || bears)));
    }

    private boolean endsWithALabel(Noun noun) {
        Meaning last = scene.meaning(lastWord(noun.phrase()));
        return last.has(Relation.SAME)
                || last.has(Relation.NARROWER)
                || scene.meaning(noun.phrase()).has(Relation.SAME);
    }

    private static String lastWord(String phrase) {
        return phrase.substring(phrase.lastIndexOf(' ') + 1);
    }

    /** How many boxes of the counted noun surely belong to the one owner that the question names; 0 if it names none. */
    private int owned(CountQuestion counted) {
        if (!PARTS.contains(singular(lastWord(counted.noun().phrase())))) {
            return 0; // a bus that stands behind people does not have them
        }
        List<Things> owners = counted.owner()
                .map(owner -> scene.meaning(owner.phrase()).of(Relation.SAME))
                .orElse(List.of());
        List<BoundingBox> whole = Scene.boxes(owners);
        List<BoundingBox> parts =
                Scene.boxes(scene.meaning(counted.noun().phrase()).of(Relation.SAME));
        return whole.size() != 1
                ? 0
                : (int) parts.stream()
                        .filter(part -> Geometry.share(part, whole.get(0)) >= MOSTLY)
                        .count();
    }

    /** The one exact number that the answer gives. */
    private static OptionalInt number(CountQuestion counted, Passage said) {
        OptionalInt found = OptionalInt.empty();
        for (int i = 0; i < said.size(); i++) {
            Token token = said.token(i);
            if (token.is(Kind.ODD) || token.is(Kind.PERCENT) || token.is(Kind.BOX) || VAGUE.contains(token.word())) {
                return OptionalInt.empty();
            }
            if (ONE_OF_THEM.contains(token.word()) && isOf(said, i, counted.noun())) {
                return OptionalInt.empty(); // "two floor lamps and a table lamp"
            }
            if (token.is(Kind.NUMBER)) {
                int value = whole(token);
                boolean plain = !counted.asksMore() && !isPronoun(said, i);
                boolean counts = plain || i == 0 || isOf(said, i + 1, counted.noun());
                if (value < 0 || !counts || (found.isPresent() && found.getAsInt() != value)) {
                    return OptionalInt.empty();
                }
                found = OptionalInt.of(value);
            }
        }
        boolean none = found.isEmpty() && said.size() > 0 && said.size() <= 2 && NONE.contains(said.word(0));
        return none ? OptionalInt.of(0) : found;
    }

    /** Whether "one" stands for a thing: "the second one". */
    private static boolean isPronoun(Passage answer, int index) {
        return answer.text(index, index).equalsIgnoreCase("one")
                && answer.isWord(index - 1)
                && !BEFORE_ONE.contains(answer.word(index - 1));
    }

    /** Whether the noun that begins at a word is the counted one. */
    private static boolean isOf(Passage answer, int index, Noun counted) {
        Noun noun = Noun.startingAt(answer, index);
        return noun != null && singular(lastWord(noun.phrase())).equals(singular(lastWord(counted.phrase())));
    }

    private static String singular(String noun) {
        String lower = LowerCase.of(noun);
        return lower.endsWith("s") && CountQuestion.isPlural(lower) ? lower.substring(0, lower.length() - 1) : lower;
    }

    private static int whole(Token token) {
        boolean whole =
                token.value().stripTrailingZeros().scale() <= 0 && token.value().intValue() <= LARGEST;
        return whole ? token.value().intValue() : -1;
    }
}
