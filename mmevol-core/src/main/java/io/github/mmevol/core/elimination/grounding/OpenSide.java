package io.github.mmevol.core.elimination.grounding;

import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A question that leaves the side open, with the side that its answer gives: "On which side of the cup does the spoon lie?",
 * "Is the spoon to the left or to the right of the cup?", "Where does the spoon lie?" answered "To the right of the cup".
 */
final class OpenSide {
    private static final Set<String> VERBS = Words.of("""
            is does stands lies sits hangs rests appears do are can
            """);
    private static final Set<String> COMPARING = Set.of("relative", "respect", "relation", "compared");
    private static final Set<String> FILLING = Set.of("to", "the", "on", "its", "side", "or");

    /** What stands before a left or right that is a side. */
    private static final Set<String> LEADING = Set.of("the", "its", "my", "your", "to", "on");

    private static final Set<String> BEHIND = Set.of("of", "side", "hand");
    private static final Set<String> GOING_ON = Set.of("and", "but", "while", "where", "so", "when", "because");

    private OpenSide() {}

    static Optional<Clause> of(Passage question, Passage answer) {
        int said = said(answer);
        Side side = Side.of(answer.word(said));
        if (side == null || Clause.hasViewer(answer, 0, answer.size())) {
            return Optional.empty();
        }
        for (int i = 0; i < question.size(); i++) {
            Clause clause = at(question, i, side, answer, said);
            if (clause != null) {
                return clause.isTurnedRound(answer, said) ? Optional.empty() : Optional.of(clause);
            }
        }
        return Optional.empty();
    }

    private static @Nullable Clause at(Passage question, int index, Side side, Passage answer, int said) {
        if (question.word(index).equals("side")
                && question.word(index + 1).equals("of")
                && question.word(index - 1).equals("which")) {
            Noun object = Noun.startingAt(question, index + 2);
            boolean verb = object != null && VERBS.contains(question.word(object.last() + 1));
            Noun subject = object != null && verb ? Noun.startingAt(question, object.last() + 2) : null;
            return clause(question, subject, side, question, object);
        }
        if (Side.of(question.word(index)) != null && question.word(index + 1).equals("or")) {
            int second = index + 2;
            while (FILLING.contains(question.word(second))) {
                second++;
            }
            int behind = second + 1;
            while (question.word(behind).equals("side") || question.word(behind).equals("of")) {
                behind++;
            }
            boolean both = Side.of(question.word(second)) != null;
            Noun object = both ? Noun.startingAt(question, behind) : null;
            Noun subject = Clause.subjectBefore(question, index);
            return subject == null || object == null || !Clause.isWhole(question, object)
                    ? null
                    : new Clause(subject, side, object, answer.text(), true, false);
        }
        if (question.word(index).equals("where") && VERBS.contains(question.word(index + 1))) {
            Noun subject = Noun.startingAt(question, index + 2);
            Noun object = subject == null ? null : compared(question, subject.last() + 1);
            if (object != null) {
                return clause(question, subject, side, question, object);
            }
            boolean of = answer.word(said + 1).equals("of");
            int behind = side == Side.LEFT || side == Side.RIGHT ? of ? said + 2 : -1 : said + 1;
            return behind < 0 ? null : clause(question, subject, side, answer, Noun.startingAt(answer, behind));
        }
        return null;
    }

    private static @Nullable Clause clause(
            Passage question, @Nullable Noun subject, Side side, Passage other, @Nullable Noun object) {
        return subject == null || object == null || !Clause.isWhole(question, subject) || !Clause.isWhole(other, object)
                ? null
                : new Clause(subject, side, object, other.text(), true, false);
    }

    /** What the place is told by: "relative to the cup". */
    private static @Nullable Noun compared(Passage question, int from) {
        for (int i = from; i < Math.min(from + 6, question.size()); i++) {
            if (COMPARING.contains(question.word(i))) {
                boolean to = Set.of("to", "with").contains(question.word(i + 1));
                return to ? Noun.startingAt(question, i + 2) : null;
            }
        }
        return null;
    }

    /** Whether left and right are a side here, and not "right behind" or "has left". */
    private static boolean isSide(Passage answer, int index) {
        Side side = Side.of(answer.word(index));
        if (side != Side.LEFT && side != Side.RIGHT) {
            return side != null;
        }
        boolean ends = !answer.isWord(index + 1);
        String next = answer.word(index + 1);
        boolean led = LEADING.contains(answer.word(index - 1))
                && (ends || Noun.PREPOSITIONS.contains(next) || GOING_ON.contains(next));
        return led || (index == 0 && ends) || BEHIND.contains(next);
    }

    /** Where the one side stands that the answer gives; -1 if there is none, or there are several. */
    private static int said(Passage answer) {
        int said = -1;
        for (int i = 0; i < answer.size(); i++) {
            if (isSide(answer, i)) {
                if (said >= 0 && !answer.word(said).equals(answer.word(i))) {
                    return -1;
                }
                said = said < 0 ? i : said;
            }
        }
        return said;
    }
}
