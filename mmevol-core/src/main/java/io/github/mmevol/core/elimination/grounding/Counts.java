package io.github.mmevol.core.elimination.grounding;

import io.github.mmevol.core.elimination.grounding.Passage.Field;
import io.github.mmevol.core.elimination.grounding.Scene.Meaning;
import io.github.mmevol.core.elimination.grounding.Scene.Things;
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
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;

/**
 * Compares the answer to "how many" of one annotated label with the number of its boxes. Says nothing where the label has a
 * modifier, or the answer is not one exact whole number. English only.
 */
public final class Counts {
    /** The name of the rule. */
    public static final String NAME = "count";

    private static final int LARGEST = 10_000;
    private static final double MOSTLY = 0.9;
    private static final Set<String> VAGUE = Set.of(
            "about", "around", "roughly", "approximately", "nearly", "almost", "least", "most", "over", "under", "than", "up",
            "some", "several", "few", "dozen", "dozens", "many", "or", "between", "minimum", "maximum", "perhaps", "maybe",
            "probably", "half", "hundreds", "to");
    private static final Set<String> NONE = Set.of("none", "zero", "0", "no");
    private static final Set<String> QUESTION_WORDS =
            Set.of("which", "what", "where", "who", "how", "is", "are", "do", "does", "of");
    private static final Set<String> HAVING = Set.of("have", "has", "bear", "carry", "wear", "show", "hold", "contain");

    /**
     * What is to be counted.
     *
     * @param phrase the noun with all that the question says of it
     * @param noun the noun
     * @param owner whose things are counted, as in "how many roofs has the pagoda"
     */
    private record Counted(String phrase, Noun noun, Optional<Noun> owner) {}

    private final Instruction instruction;
    private final Scene scene;
    private final Passage question;
    private final Passage answer;
    private final List<Check> checks = new ArrayList<>();
    private final List<Contradiction> contradictions = new ArrayList<>();

    private Counts(Sample sample, Instruction instruction, LabelMatcher matcher) {
        this.instruction = instruction;
        this.scene = new Scene(sample, matcher);
        this.question = Passage.of(Field.QUESTION, -1, instruction.question());
        this.answer = Passage.of(Field.ANSWER, 0, instruction.answer());
    }

    /** Looks at the number that an instruction asks for. */
    public static Findings look(Sample sample, Instruction instruction, LabelMatcher matcher) {
        String asked = instruction.question().toLowerCase(Locale.ROOT);
        if (sample.objects().isEmpty() || !(asked.contains("how many") || asked.contains("number of"))) {
            return new Findings(List.of(), List.of());
        }
        Counts counts = new Counts(sample, instruction, matcher);
        if (Language.isEnglish(counts.question) && !Language.isForeign(counts.answer)) {
            counts.counted().ifPresent(counts::compare);
        }
        return new Findings(counts.checks, counts.contradictions);
    }

    private void compare(Counted counted) {
        Meaning meaning = scene.meaning(counted.phrase());
        List<Things> same = meaning.of(Relation.SAME);
        List<Things> broader = meaning.of(Relation.BROADER);
        List<Things> narrower = meaning.of(Relation.NARROWER);
        int owned = owned(counted);
        if (!same.isEmpty()) {
            int boxes = Scene.boxes(same).size();
            compare(same, boxes, scene.isExhaustive() ? boxes : LARGEST);
        } else if (!broader.isEmpty()) {
            compare(broader, Scene.boxes(broader).size(), LARGEST);
        } else if (!narrower.isEmpty()) {
            compare(narrower, owned, scene.isExhaustive() ? Scene.boxes(narrower).size() : LARGEST);
        }
    }

    /** Compares the stated number with the fewest and the most that there can be. */
    private void compare(List<Things> things, int least, int most) {
        int boxes = Scene.boxes(things).size();
        String evidence = boxes + (boxes == 1 ? " box: " : " boxes: ") + Scene.describe(things);
        Check check = new Check(NAME, Check.Part.VALUE, instruction.answer(), Check.Result.UNDECIDED, evidence);
        OptionalInt number = number();
        if (number.isEmpty() || (number.getAsInt() >= least && number.getAsInt() <= most)) {
            boolean exact = number.isPresent() && least == most && !scene.isNoisy();
            checks.add(check.withResult(exact ? Check.Result.CONFIRMED : Check.Result.UNDECIDED, evidence));
        } else if (scene.isNoisy()) {
            checks.add(check.withResult(Check.Result.DISPUTED, evidence));
        } else {
            String annotated = number.getAsInt() < least ? least + " or more" : most + " or fewer";
            contradictions.add(new Contradiction(
                    instruction.answer(),
                    number.getAsInt() + " are stated, there are " + (least == most ? String.valueOf(least) : annotated),
                    evidence));
        }
    }

    /** How many boxes of the counted noun surely belong to the one owner that the question names; 0 if it names none. */
    private int owned(Counted counted) {
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

    /** What the question asks the number of; empty if it does not ask for one count. */
    private Optional<Counted> counted() {
        int at = 0;
        while (at < question.size() && !isCount(at)) {
            at++;
        }
        boolean bound = Set.of("least", "most").contains(question.word(at - 1));
        Noun noun = Noun.startingAt(question, at + 2);
        if (bound || noun == null) {
            return Optional.empty();
        }
        int end = noun.last() + 1;
        while (end < question.size() && !question.is(end, Kind.STOP) && !goesOn(end)) {
            end++;
        }
        for (int i = end; i < question.size(); i++) {
            if (isCount(i)) {
                return Optional.empty();
            }
        }
        return Optional.of(new Counted(question.text(at + 2, end - 1), noun, owner(noun.last() + 1)));
    }

    private boolean isCount(int index) {
        String word = question.word(index);
        String next = question.word(index + 1);
        return (word.equals("how") && next.equals("many")) || (word.equals("number") && next.equals("of"));
    }

    /** Whether something begins that does not restrict the count: ", and which of them ...", ", as far as can be seen". */
    private boolean goesOn(int index) {
        int word = question.is(index, Kind.COMMA) ? index + 1 : index;
        boolean asks = question.word(word).equals("and") && QUESTION_WORDS.contains(question.word(word + 1));
        boolean aside = word > index && (question.word(word).equals("as") || question.word(word + 1).equals("all"));
        return asks || aside;
    }

    /** "has the pagoda", "does the cat have". */
    private Optional<Noun> owner(int verb) {
        String word = question.word(verb);
        Noun owner = Noun.startingAt(question, verb + 1);
        boolean has = word.equals("has") || word.equals("have");
        boolean does = Set.of("does", "do").contains(word)
                && owner != null
                && HAVING.contains(question.word(owner.last() + 1));
        return owner != null && (has || does) && owner.definite() ? Optional.of(owner) : Optional.empty();
    }

    /** The one exact number that the answer gives. */
    private OptionalInt number() {
        Optional<String> option = Reply.of(instruction).option();
        Passage said = option.map(text -> Passage.of(Field.ANSWER, 0, text)).orElse(answer);
        OptionalInt found = OptionalInt.empty();
        for (int i = 0; i < said.size(); i++) {
            Token token = said.token(i);
            if (token.is(Kind.ODD) || token.is(Kind.PERCENT) || token.is(Kind.BOX) || VAGUE.contains(token.word())) {
                return OptionalInt.empty();
            }
            if (token.is(Kind.NUMBER)) {
                int value = whole(token);
                if (value < 0 || (found.isPresent() && found.getAsInt() != value)) {
                    return OptionalInt.empty();
                }
                found = OptionalInt.of(value);
            }
        }
        if (found.isEmpty() && said.size() > 0 && said.size() <= 2 && NONE.contains(said.word(0))) {
            return OptionalInt.of(0);
        }
        return found;
    }

    private static int whole(Token token) {
        boolean whole = token.value().stripTrailingZeros().scale() <= 0 && token.value().intValue() <= LARGEST;
        return whole ? token.value().intValue() : -1;
    }
}
