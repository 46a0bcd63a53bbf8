package io.github.mmevol.core.elimination;

import io.github.mmevol.core.evolution.Round;
import io.github.mmevol.core.internal.text.ChosenOption;
import io.github.mmevol.core.internal.text.FreeOptions;
import io.github.mmevol.core.internal.text.LetterReferences;
import io.github.mmevol.core.internal.text.LetterReferences.Reference;
import io.github.mmevol.core.internal.text.Options;
import io.github.mmevol.core.sample.Instruction;
import io.github.mmevol.core.sample.SampleKey;
import io.github.mmevol.core.sample.Step;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;

/**
 * Puts options into an order that depends on the candidate's id alone, so that the right letter is evenly spread over a
 * data set, and renames every letter that answer and steps speak of. Leaves alone whatever it cannot rename for sure.
 */
final class OptionOrder {
    private OptionOrder() {}

    /** The instruction with its options in the id's order; empty if they are to stay as they are. */
    static Optional<Instruction> spread(String id, Instruction evolved, Options options, int right) {
        if (!FreeOptions.are(options)) {
            return Optional.empty();
        }
        int[] from = order(id, options.size());
        int[] to = new int[from.length];
        boolean moved = false;
        for (int i = 0; i < from.length; i++) {
            to[from[i]] = i;
            moved |= from[i] != i;
        }
        if (!moved) {
            return Optional.empty();
        }
        Optional<String> answer = renamed(evolved.answer(), to);
        if (answer.isEmpty()) {
            return Optional.empty();
        }
        List<Step> steps = new ArrayList<>();
        for (Step step : evolved.steps()) {
            Optional<String> manipulation = renamed(step.manipulation(), to);
            Optional<String> description = renamed(step.description(), to);
            if (manipulation.isEmpty() || description.isEmpty()) {
                return Optional.empty();
            }
            steps.add(new Step(manipulation.get(), description.get()));
        }
        String question = options.reordered(from);
        return consistent(options, question, answer.get(), right, to[right])
                ? Optional.of(evolved.toBuilder()
                        .question(question)
                        .answer(answer.get())
                        .steps(steps)
                        .build())
                : Optional.empty();
    }

    /** Reads the new wording as a stranger would: the same texts, and the answer names the same one as before. */
    private static boolean consistent(Options before, String question, String answer, int right, int place) {
        Optional<Options> after = Options.of(question);
        return after.isPresent()
                && after.get().exact()
                && after.get().size() == before.size()
                && after.get().text(place).equals(before.text(right))
                && ChosenOption.of(after.get(), answer).index() == place;
    }

    private static Optional<String> renamed(String text, int[] to) {
        Optional<List<Reference>> references = LetterReferences.in(text, to.length);
        return references.map(known -> LetterReferences.renamed(text, known, to));
    }

    private static int[] order(String id, int size) {
        Random random = new Random(Round.derivedSeed(0, new SampleKey(id), 0, "option-order"));
        int[] order = new int[size];
        for (int i = 0; i < size; i++) {
            int j = random.nextInt(i + 1);
            order[i] = order[j];
            order[j] = i;
        }
        return order;
    }
}
