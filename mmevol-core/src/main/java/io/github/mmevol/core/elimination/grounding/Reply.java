package io.github.mmevol.core.elimination.grounding;

import io.github.mmevol.core.internal.text.ChosenOption;
import io.github.mmevol.core.internal.text.Options;
import io.github.mmevol.core.internal.text.Texts;
import io.github.mmevol.core.sample.Instruction;
import java.util.Optional;

/**
 * What an answer says, where it is yes, no or one of the options of its question.
 *
 * @param verdict "yes", "no" or empty
 * @param options the options of the question
 * @param chosen the index of the chosen option; -1 if there is none
 */
record Reply(String verdict, Optional<Options> options, int chosen) {

    static Reply of(Instruction instruction) {
        String print = Texts.fingerprint(instruction
                .answer()
                .substring(0, Math.min(40, instruction.answer().length())));
        int end = print.indexOf(' ');
        String first = end < 0 ? print : print.substring(0, end);
        Optional<Options> options = Options.of(instruction.question());
        int chosen = options.map(
                        list -> ChosenOption.of(list, instruction.answer()).index())
                .orElse(-1);
        return new Reply(first.equals("yes") || first.equals("no") ? first : "", options, chosen);
    }

    boolean isYes() {
        return verdict.equals("yes");
    }

    boolean isNo() {
        return verdict.equals("no");
    }

    /** The text of the chosen option. */
    Optional<String> option() {
        return chosen < 0 ? Optional.empty() : options.map(list -> list.text(chosen));
    }

    /** Whether a place in the question lies in an option that was not chosen. */
    boolean isOtherOption(int place) {
        if (options.isEmpty() || chosen < 0) {
            return false;
        }
        for (int i = 0; i < options.get().size(); i++) {
            Options.Option option = options.get().list().get(i);
            if (place >= option.start() && place < option.end()) {
                return i != chosen;
            }
        }
        return false;
    }
}
