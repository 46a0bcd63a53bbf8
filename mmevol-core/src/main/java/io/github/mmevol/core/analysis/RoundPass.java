package io.github.mmevol.core.analysis;

import io.github.mmevol.core.sample.AnswerShape;
import io.github.mmevol.core.sample.Check;
import io.github.mmevol.core.sample.Forms;
import io.github.mmevol.core.sample.Instruction;
import io.github.mmevol.core.sample.Verification;
import io.github.mmevol.core.sample.Vocabulary;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.OptionalInt;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The instructions of one round, so far. */
final class RoundPass {
    /** A right letter that heads its answer: {@code B}, {@code (B) the cup}, {@code B. The cup}, {@code **B**}. */
    private static final Pattern LETTER =
            Pattern.compile("[*_(\\[\\s]*([A-Za-z])(?:[*_)\\].:,;\\s]*$|[)\\].:,].*)", Pattern.DOTALL);

    private static final Pattern YES_NO =
            Pattern.compile("\\W*(yes|no)\\b.*", Pattern.DOTALL | Pattern.CASE_INSENSITIVE);

    private final VerbNounParser parser;
    private final Histogram skills = new Histogram();
    private final Histogram steps = new Histogram();
    private final Histogram score = new Histogram();
    private final Histogram question = new Histogram();
    private final Histogram answer = new Histogram();
    private final Histogram gainOverParent = new Histogram();
    private final Histogram gainOverSeed = new Histogram();
    private final Counter skillNames = new Counter();
    private final Counter forms = new Counter();
    private final Counter objects = new Counter();
    private final Counter pairs = new Counter();
    private final Counter letters = new Counter();
    private final Counter yesNo = new Counter();
    private final Likeness likeness = new Likeness();
    private final Map<Verification, Long> verification = new EnumMap<>(Verification.class);
    private final Map<String, Map<Check.Result, Long>> checks = new TreeMap<>();
    private long instructions;
    private long undecided;

    RoundPass(VerbNounParser parser) {
        this.parser = parser;
    }

    void add(String id, Instruction instruction, OptionalInt scored) {
        instructions++;
        List<String> named = instruction.skills().stream()
                .map(Vocabulary::skill)
                .filter(skill -> !skill.isEmpty())
                .distinct()
                .toList();
        if (!named.isEmpty()) {
            skills.add(named.size());
            named.forEach(skillNames::add);
        }
        if (!instruction.steps().isEmpty()) {
            steps.add(instruction.steps().size());
        }
        scored.ifPresent(score::add);
        question.add(characters(instruction.question()));
        answer.add(characters(instruction.answer()));
        instruction.objects().stream()
                .map(AnalysisPass::folded)
                .filter(name -> !name.isEmpty())
                .distinct()
                .forEach(objects::add);
        form(instruction);
        parser.parse(instruction.question()).ifPresentOrElse(pair -> pairs.add(pair.toString()), () -> undecided++);
        likeness.add(id, instruction.question());
    }

    private void form(Instruction instruction) {
        String format = Vocabulary.format(instruction.format());
        if (format.isEmpty()) {
            return;
        }
        forms.add(format);
        AnswerShape shape =
                Forms.standard().find(format).map(form -> form.answerShape()).orElse(AnswerShape.FREE);
        if (shape == AnswerShape.OPTION) {
            Matcher letter = LETTER.matcher(instruction.answer());
            if (letter.matches()) {
                letters.add(letter.group(1).toUpperCase(Locale.ROOT));
            }
        } else if (shape == AnswerShape.YES_NO) {
            Matcher word = YES_NO.matcher(instruction.answer());
            if (word.matches()) {
                yesNo.add(word.group(1).toLowerCase(Locale.ROOT));
            }
        }
    }

    void add(Verification mark, List<Check> found) {
        verification.merge(mark, 1L, Long::sum);
        found.forEach(check -> checks.computeIfAbsent(
                        AnalysisPass.bounded(checks, check.by()), by -> new EnumMap<>(Check.Result.class))
                .merge(check.result(), 1L, Long::sum));
    }

    void gain(OptionalInt own, OptionalInt parent, OptionalInt seed) {
        if (own.isPresent() && parent.isPresent()) {
            gainOverParent.add(own.getAsInt() - parent.getAsInt());
        }
        if (own.isPresent() && seed.isPresent()) {
            gainOverSeed.add(own.getAsInt() - seed.getAsInt());
        }
    }

    Analysis.RoundFigures figures(int number) {
        return new Analysis.RoundFigures(
                number,
                instructions,
                skills.distribution(),
                steps.distribution(),
                score.distribution(),
                question.distribution(),
                answer.distribution(),
                gainOverParent.distribution(),
                gainOverSeed.distribution(),
                skillNames.counts(),
                forms.counts(),
                objects.counts(),
                new Analysis.VerbNouns(instructions, undecided, pairs.counts()),
                letters.counts(),
                yesNo.counts(),
                likeness.figure(),
                verification,
                checks);
    }

    private static int characters(String text) {
        return text.codePointCount(0, text.length());
    }
}
