package io.github.mmevol.core.elimination.grounding;

import io.github.mmevol.core.elimination.grounding.Passage.Field;
import io.github.mmevol.core.internal.text.Token.Kind;
import io.github.mmevol.core.manipulation.Findings;
import io.github.mmevol.core.manipulation.Findings.Contradiction;
import io.github.mmevol.core.sample.Forms;
import io.github.mmevol.core.sample.Instruction;
import io.github.mmevol.core.sample.Sample;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;

/** Looks for coordinates that a sample without annotated objects cannot have given, and for questions that demand them. */
public final class Locations {
    /** The name of the rule. */
    public static final String NAME = "ungrounded-location";

    private static final Set<String> DEMANDS = Words.of("""
            give provide return output state report list specify what which draw mark write tell find name locate
            predict estimate with by as in
            """);
    private static final Set<String> READ = Words.of("""
            map sign written printed read reads text chart graph axis plot grid gps latitude longitude geographic
            screen display label page point points diagram vertex vertices parabola triangle circle function curve
            intersection
            """);
    private static final Set<String> BEFORE_NUMBERS = Set.of("as", "in", "by", "of");

    private Locations() {}

    /** Looks at an instruction whose sample has no annotated objects; finds nothing for any other. */
    public static Findings look(Sample sample, Instruction instruction, Forms forms) {
        List<Contradiction> contradictions = new ArrayList<>();
        if (sample.objects().isEmpty()) {
            Passage question = Passage.of(Field.QUESTION, -1, instruction.question());
            for (Passage passage : Passage.of(instruction, EnumSet.allOf(Field.class))) {
                written(passage, Figures.asksForBox(question), contradictions);
            }
            boolean mayBeUnsure = forms.find(instruction.format())
                    .map(form -> form.mayBeUnsure())
                    .orElse(false);
            if (contradictions.isEmpty()
                    && !(mayBeUnsure && !Reply.of(instruction).isYes())) {
                demanded(question, contradictions);
            }
        }
        return new Findings(List.of(), contradictions);
    }

    private static void written(Passage passage, boolean asked, List<Contradiction> contradictions) {
        for (BoxMention mention : BoxMention.in(passage)) {
            if (Figures.isBox(passage, mention, false, asked)) {
                contradictions.add(new Contradiction(
                        passage.text(mention.first(), mention.last()),
                        "coordinates are written, but the sample has no annotated boxes",
                        ""));
            }
        }
    }

    /** Whether a box is to be given in numbers: "with four numbers", "as numbers". */
    private static boolean inNumbers(Passage question, int box) {
        for (int i = box + 1; i < question.sentenceEnd(box); i++) {
            boolean given = question.is(i - 1, Kind.NUMBER) || BEFORE_NUMBERS.contains(question.word(i - 1));
            if (given && question.word(i).equals("numbers")) {
                return true;
            }
        }
        return false;
    }

    private static void demanded(Passage question, List<Contradiction> contradictions) {
        for (int i = 0; i < question.size(); i++) {
            String word = question.word(i);
            boolean bounding = word.equals("bounding") && question.word(i + 1).startsWith("box");
            boolean read = question.hasWord(0, question.size(), READ);
            boolean numbers = word.startsWith("box") && !read && inNumbers(question, i);
            boolean named =
                    numbers || word.equals("bbox") || word.equals("bboxes") || (word.equals("coordinates") && !read);
            boolean pattern = question.is(i, Kind.ODD)
                    && question.token(i).word().equals("x1")
                    && question.is(i + 2, Kind.ODD)
                    && question.token(i + 2).word().equals("y1");
            int start = question.sentenceStart(i);
            if (pattern || ((bounding || named) && question.hasWord(start, i, DEMANDS))) {
                contradictions.add(new Contradiction(
                        question.text(start, Math.min(question.sentenceEnd(i), question.size() - 1)),
                        "coordinates are asked for, but the sample has no annotated boxes",
                        ""));
                return;
            }
        }
    }
}
