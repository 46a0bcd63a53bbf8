package io.github.mmevol.core.elimination;

import io.github.mmevol.core.evolution.Round;
import io.github.mmevol.core.internal.text.ChosenOption;
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
import java.util.OptionalDouble;
import java.util.Random;

/**
 * Puts options into an order that depends on the candidate's id alone, so that the right letter is evenly spread over a
 * data set, and renames every letter that answer and steps speak of. Leaves alone whatever it cannot rename for sure.
 */
final class OptionOrder {
    private static final int MOST_OPTIONS = 8;
    private static final List<String> BOUND_TO_PLACE = List.of(
            "all of",
            "none of",
            "any of",
            "neither",
            "both",
            "either",
            "the above",
            "the below",
            "cannot be",
            "can't be",
            "can not be",
            "not enough information",
            "something else",
            "anything else",
            "keine der",
            "keiner der",
            "alle genannten",
            "aucun des",
            "aucune des",
            "toutes les r\u00e9ponses",
            "ninguna de",
            "ninguno de",
            "todas las anteriores");

    private OptionOrder() {}

    /** The instruction with its options in the id's order; empty if they are to stay as they are. */
    static Optional<Instruction> spread(String id, Instruction evolved, Options options, int right) {
        if (!options.exact() || !options.lettered() || options.size() > MOST_OPTIONS || boundToPlace(options)) {
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

    private static boolean boundToPlace(Options options) {
        if (!LetterReferences.noneButAllTogether(options.stem(), options.size())
                || !LetterReferences.noneButAllTogether(options.tail(), options.size())) {
            return true;
        }
        List<OptionalDouble> numbers = new ArrayList<>();
        for (int i = 0; i < options.size(); i++) {
            String text = options.text(i);
            String folded = Texts.folded(text);
            boolean bound = BOUND_TO_PLACE.stream().anyMatch(phrase -> Texts.hasWords(folded, phrase))
                    || folded.contains("\u4ee5\u4e0a")
                    || folded.contains("\u90fd\u4e0d");
            boolean names = !LetterReferences.in(text, options.size())
                    .map(List::isEmpty)
                    .orElse(false);
            if (bound || names) {
                return true;
            }
            numbers.add(leadingNumber(folded));
        }
        return rises(numbers, 1) || rises(numbers, -1);
    }

    private static boolean rises(List<OptionalDouble> numbers, int sign) {
        for (int i = 0; i < numbers.size(); i++) {
            if (numbers.get(i).isEmpty()) {
                return false;
            }
            if (i > 0
                    && sign * (numbers.get(i).getAsDouble() - numbers.get(i - 1).getAsDouble()) <= 0) {
                return false;
            }
        }
        return true;
    }

    private static OptionalDouble leadingNumber(String text) {
        String word = text.split(" ", 2)[0];
        if (Texts.number(word).isPresent()) {
            return OptionalDouble.of(Texts.number(word).getAsInt());
        }
        if (word.equals("zero")) {
            return OptionalDouble.of(0);
        }
        int start = !word.isEmpty() && "$\u20ac\u00a3-".indexOf(word.charAt(0)) >= 0 ? 1 : 0;
        int end = start;
        while (end < word.length() && end < 12 && (isDigit(word.charAt(end)) || ".:,".indexOf(word.charAt(end)) >= 0)) {
            end++;
        }
        StringBuilder digits = new StringBuilder();
        for (int i = start; i < end; i++) {
            if (isDigit(word.charAt(i)) || (word.charAt(i) != ',' && digits.indexOf(".") < 0)) {
                digits.append(isDigit(word.charAt(i)) ? word.charAt(i) : '.');
            }
        }
        return digits.chars().anyMatch(OptionOrder::isDigit)
                ? OptionalDouble.of(Double.parseDouble(digits.toString()))
                : OptionalDouble.empty();
    }

    private static boolean isDigit(int c) {
        return c >= '0' && c <= '9';
    }
}
