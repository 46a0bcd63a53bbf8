package io.github.mmevol.core.elimination;

import io.github.mmevol.core.evolution.Round;
import io.github.mmevol.core.internal.text.ChosenOption;
import io.github.mmevol.core.internal.text.FreeOptions;
import io.github.mmevol.core.internal.text.LetterReferences;
import io.github.mmevol.core.internal.text.LetterReferences.Reference;
import io.github.mmevol.core.internal.text.Options;
import io.github.mmevol.core.internal.text.Texts;
import io.github.mmevol.core.sample.Instruction;
import io.github.mmevol.core.sample.SampleKey;
import io.github.mmevol.core.sample.Step;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.stream.IntStream;

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
        Optional<String> answer = renamed(evolved.answer(), options, to);
        if (answer.isEmpty()) {
            return Optional.empty();
        }
        List<Step> steps = new ArrayList<>();
        for (Step step : evolved.steps()) {
            Optional<String> manipulation = renamed(step.manipulation(), options, to);
            Optional<String> description = renamed(step.description(), options, to);
            if (manipulation.isEmpty() || description.isEmpty()) {
                return Optional.empty();
            }
            steps.add(new Step(manipulation.get(), description.get()));
        }
        Instruction revised = evolved.toBuilder()
                .question(options.reordered(from))
                .answer(answer.get())
                .steps(steps)
                .build();
        return consistent(options, evolved, revised, from, right) ? Optional.of(revised) : Optional.empty();
    }

    /**
     * Reads the new wording as a stranger would: the same texts at their new places with the same words around them, the
     * answer names the same one as before, and no wording of an option has been lost or made.
     */
    private static boolean consistent(Options before, Instruction old, Instruction revised, int[] from, int right) {
        Optional<Options> found = Options.of(revised.question());
        if (found.isEmpty() || !found.get().exact() || found.get().size() != before.size()) {
            return false;
        }
        Options after = found.get();
        boolean same = after.stem().equals(before.stem()) && after.tail().equals(before.tail());
        for (int i = 0; same && i < from.length; i++) {
            same = after.text(i).equals(before.text(from[i]));
        }
        int chosen = ChosenOption.of(after, revised.answer()).index();
        same &= chosen >= 0 && from[chosen] == right && sameWordings(before, old.answer(), revised.answer());
        for (int i = 0; same && i < old.steps().size(); i++) {
            Step step = old.steps().get(i);
            Step renamed = revised.steps().get(i);
            same = sameWordings(before, step.manipulation(), renamed.manipulation())
                    && sameWordings(before, step.description(), renamed.description());
        }
        return same;
    }

    /** Whether both texts hold the words of each option equally often; "A cup" has become none if it is now "C cup". */
    private static boolean sameWordings(Options options, String before, String after) {
        String old = Texts.fingerprint(before);
        String revised = Texts.fingerprint(after);
        return IntStream.range(0, options.size())
                .mapToObj(options::print)
                .allMatch(print -> count(old, print) == count(revised, print));
    }

    private static int count(String text, String words) {
        int count = 0;
        for (int at = Texts.findWords(text, words, 0); at >= 0; at = Texts.findWords(text, words, at + 1)) {
            count++;
        }
        return count;
    }

    private static Optional<String> renamed(String text, Options options, int[] to) {
        Optional<List<Reference>> references = LetterReferences.in(text, options);
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
