package io.github.mmevol.core.elimination.grounding;

import java.util.Set;

/** Tells whether a question asks for what is so: not for the mistake in a text, a quiz or a better arrangement. */
final class Truth {
    /** Words of a question whose answer is what is not so, or what somebody says. */
    private static final Set<String> DENYING = Words.of("""
            not no never neither nor false wrong wrongly incorrect incorrectly untrue except isn't aren't doesn't don't
            cannot can't contradicts contradict contradicted mistaken mistake error unlike misplaced unlikely
            inconsistent mismatch mismatches claim claims claimed says said say thinks believes instead without unless
            would should odd misleading inaccurate inaccurately least conflicts conflict fails fail refuted refutes
            needs need changed change corrected correcting correction rejected reject invalid fabricated hallucination
            hallucinated violates disagrees out
            """);
    /** Words of a question whose answer is what is so. */
    private static final Set<String> AFFIRMING = Words.of("""
            true correct correctly accurate accurately fits fit matches match describes describe supported supports
            consistent valid agrees holds best applies apply
            """);

    private static final Set<String> PLAINLY = Set.of("what", "where", "how");
    /** Words of a question that wants something said that is not so, or not yet. */
    private static final Set<String> UNTRUE = Words.of("""
            false wrong wrongly incorrect incorrectly untrue mistake mistakes mistaken error errors quiz solution
            solutions arrange arrangement rearrange rearranged suggest fictional invent invented
            """);

    private Truth() {}

    /** Whether a question before options surely asks which of them is so. */
    static boolean isWanted(Passage stem) {
        boolean truth = stem.hasWord(0, stem.size(), AFFIRMING);
        for (int i = 0; i < stem.size() && !truth; i++) {
            boolean right = stem.word(i).equals("right") && Set.of("is", "are").contains(stem.word(i - 1));
            truth = (right && !stem.isWord(i + 1)) || (PLAINLY.contains(stem.word(i)) && stem.sentenceStart(i) == i);
        }
        return truth && !stem.hasWord(0, stem.size(), DENYING) && !speaksOfALie(stem);
    }

    /** Whether a question wants something said that is not so, "true or false" apart. */
    static boolean isUnwanted(Passage question) {
        for (int i = 0; i < question.size(); i++) {
            if (UNTRUE.contains(question.word(i)) && !question.word(i - 1).equals("or")) {
                return true;
            }
        }
        return speaksOfALie(question);
    }

    private static boolean speaksOfALie(Passage question) {
        for (int i = 1; i < question.size(); i++) {
            if (question.word(i).equals("lie") && question.word(i - 1).equals("a")) {
                return true;
            }
        }
        return false;
    }
}
