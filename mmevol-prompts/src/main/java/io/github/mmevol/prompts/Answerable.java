package io.github.mmevol.prompts;

import io.github.mmevol.core.internal.text.ChosenOption;
import io.github.mmevol.core.internal.text.FreeOptions;
import io.github.mmevol.core.internal.text.NumberWords;
import io.github.mmevol.core.internal.text.Options;
import io.github.mmevol.core.internal.text.Texts;
import io.github.mmevol.core.sample.BoundingBox;
import io.github.mmevol.core.sample.Instruction;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Random;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.IntStream;

/**
 * An instruction whose answer is so definite that another one can be held against it: an option, yes or no, boxes, a number,
 * or a few words. A longer text is not.
 *
 * @param instruction the instruction
 * @param kind what its answer is
 * @param right the index of the right option; 1 for yes, 0 for no; -1 for the other kinds
 */
record Answerable(Instruction instruction, Kind kind, int right) {

    /** What an answer is. */
    enum Kind {
        OPTION,
        YES_NO,
        BOXES,
        NUMBER,
        WORDS
    }

    /** How another answer compares. */
    enum Match {
        SAME,
        OTHER,
        UNDECIDED
    }

    /**
     * A way to put the question.
     *
     * @param text the question
     * @param from which option's text stands at each place; empty where they stand as they are
     * @param negated whether yes means no
     */
    record Shown(String text, List<Integer> from, boolean negated) {}

    /** By guessing alone one open answer in ten may be right. */
    private static final double OPEN_CHANCE = 0.1;

    private static final double SAME_BOX = 0.5;
    private static final int FEW_WORDS = 6;
    private static final int SHORT_REPLY = 12;
    private static final int LONGEST_COUNTED = 200;
    private static final Pattern NUMBER = Pattern.compile("\\d+(?:[.,]\\d+)*");
    private static final Map<String, Integer> YES_OR_NO = Map.ofEntries(
            Map.entry("yes", 1),
            Map.entry("no", 0),
            Map.entry("ja", 1),
            Map.entry("nein", 0),
            Map.entry("oui", 1),
            Map.entry("non", 0),
            Map.entry("s\u00ed", 1),
            Map.entry("\u662f", 1),
            Map.entry("\u662f\u7684", 1),
            Map.entry("\u5426", 0),
            Map.entry("\u4e0d", 0),
            Map.entry("\u4e0d\u662f", 0));
    private static final Set<String> FILLERS =
            Set.of("a", "an", "the", "it", "its", "is", "are", "there", "they", "he", "she", "this", "that");
    private static final Set<String> DENIALS = Set.of("not", "no", "never", "neither", "nor", "without", "cannot");

    /** The instruction, if its answer is definite. */
    static Optional<Answerable> of(Instruction instruction) {
        String answer = instruction.answer();
        if (instruction.question().isBlank() || answer.isBlank()) {
            return Optional.empty();
        }
        Optional<Options> options = Options.of(instruction.question());
        int right = options.map(all -> ChosenOption.of(all, answer).index()).orElse(-1);
        if (right >= 0) {
            return Optional.of(new Answerable(instruction, Kind.OPTION, right));
        }
        OptionalInt yes = yesOrNo(answer);
        if (yes.isPresent()) {
            return Optional.of(new Answerable(instruction, Kind.YES_NO, yes.getAsInt()));
        }
        if (!boxes(answer).isEmpty() && words(withoutBoxes(answer)).size() <= 3) {
            return Optional.of(new Answerable(instruction, Kind.BOXES, -1));
        }
        if (options.isPresent() || !isShort(answer)) {
            return Optional.empty();
        }
        boolean number = numbers(answer).size() == 1 && words(answer).stream().noneMatch(DENIALS::contains);
        return Optional.of(new Answerable(instruction, number ? Kind.NUMBER : Kind.WORDS, -1));
    }

    /** How probable it is to guess it: one by the number of options, a half for yes or no, else a tenth. */
    double chance() {
        return switch (kind) {
            case OPTION ->
                1.0 / Options.of(instruction.question()).map(Options::size).orElse(2);
            case YES_NO -> 0.5;
            case BOXES, NUMBER, WORDS -> OPEN_CHANCE;
        };
    }

    /** The question with its options in a random order, if they can change places. */
    Shown shown(Random random) {
        Optional<Options> options =
                kind == Kind.OPTION ? Options.of(instruction.question()).filter(FreeOptions::are) : Optional.empty();
        if (options.isEmpty()) {
            return new Shown(instruction.question(), List.of(), false);
        }
        int[] from = IntStream.range(0, options.get().size()).toArray();
        for (int i = from.length - 1; i > 0; i--) {
            int j = random.nextInt(i + 1);
            int moved = from[i];
            from[i] = from[j];
            from[j] = moved;
        }
        return new Shown(
                options.get().reordered(from), IntStream.of(from).boxed().toList(), false);
    }

    /** The question whose right answer is yes where this one's is no, and the other way round. */
    Shown negation() {
        return new Shown("Is \"no\" the right answer to this question? " + instruction.question(), List.of(), true);
    }

    /** How a reply to the question, as it was put, compares with the given answer. */
    Match match(Shown shown, String reply) {
        String answer = instruction.answer();
        return switch (kind) {
            case OPTION -> option(shown, reply);
            case YES_NO -> {
                OptionalInt said = yesOrNo(reply);
                yield said.isPresent() && said.getAsInt() == (shown.negated() ? 1 - right : right)
                        ? Match.SAME
                        : Match.OTHER;
            }
            case BOXES -> boxes(reply).isEmpty() ? Match.UNDECIDED : of(sameBoxes(boxes(answer), boxes(reply)));
            case NUMBER -> numbers(reply).size() == 1 ? of(numbers(answer).equals(numbers(reply))) : Match.UNDECIDED;
            case WORDS -> words(words(answer), words(reply));
        };
    }

    /** A reply to the question, as it was put, in the words of the question as it is: with its own letter. */
    String plain(Shown shown, String reply) {
        if (shown.from().isEmpty()) {
            return reply.strip();
        }
        Options own = Options.of(instruction.question()).orElseThrow();
        int chosen = Options.of(shown.text())
                .map(options -> ChosenOption.of(options, reply).index())
                .orElse(-1);
        return chosen < 0
                ? reply.strip()
                : String.valueOf(own.list().get(shown.from().get(chosen)).label());
    }

    private Match option(Shown shown, String reply) {
        ChosenOption chosen = Options.of(shown.text())
                .map(options -> ChosenOption.of(options, reply))
                .orElse(new ChosenOption(-1, Optional.empty()));
        if (chosen.index() < 0) {
            return chosen.wrong().isPresent() ? Match.OTHER : Match.UNDECIDED;
        }
        return of((shown.from().isEmpty() ? chosen.index() : shown.from().get(chosen.index())) == right);
    }

    private static Match of(boolean same) {
        return same ? Match.SAME : Match.OTHER;
    }

    private static Match words(List<String> answer, List<String> reply) {
        String wanted = String.join(" ", answer);
        String given = String.join(" ", reply);
        if (wanted.equals(given)) {
            return Match.SAME;
        }
        boolean denies =
                reply.stream().anyMatch(DENIALS::contains) != answer.stream().anyMatch(DENIALS::contains);
        if (reply.size() > SHORT_REPLY || denies) {
            return Match.UNDECIDED;
        }
        if (Texts.hasWords(given, wanted)) {
            return Match.SAME;
        }
        return !given.isEmpty() && Texts.hasWords(wanted, given) ? Match.UNDECIDED : Match.OTHER;
    }

    /** The words of a text without those that carry nothing. */
    private static List<String> words(String text) {
        List<String> all = List.of(Texts.fingerprint(text).split(" ", -1));
        List<String> words =
                all.stream().filter(word -> !FILLERS.contains(word)).toList();
        return words.isEmpty() ? all : words;
    }

    private static boolean isShort(String answer) {
        List<String> words = words(answer);
        String text = String.join("", words);
        return !text.isEmpty() && words.size() <= FEW_WORDS && (!Texts.unspaced(text) || text.length() <= SHORT_REPLY);
    }

    /** 1 for a text that begins with yes and goes on behind a stop, 0 for no; empty for all else. */
    private static OptionalInt yesOrNo(String text) {
        String stripped = text.replace("*", "").replace("\"", "").strip();
        int end = 0;
        while (end < stripped.length() && Character.isLetter(stripped.charAt(end))) {
            end++;
        }
        boolean stops = end == stripped.length() || ",.;:!\n\u3002\uff0c".indexOf(stripped.charAt(end)) >= 0;
        Integer yes = YES_OR_NO.get(stripped.substring(0, end).toLowerCase(Locale.ROOT));
        return stops && yes != null ? OptionalInt.of(yes) : OptionalInt.empty();
    }

    /** The different numbers of a text, in digits or English words; none of a long one. */
    private static Set<BigDecimal> numbers(String text) {
        Set<BigDecimal> numbers = new HashSet<>();
        if (text.length() > LONGEST_COUNTED) {
            return numbers;
        }
        Matcher digits = NUMBER.matcher(text);
        while (digits.find()) {
            String number = digits.group();
            boolean thousands = number.matches("\\d{1,3}(,\\d{3})+(\\.\\d+)?");
            String plain = thousands ? number.replace(",", "") : number.replace(',', '.');
            if (plain.indexOf('.') == plain.lastIndexOf('.')) {
                numbers.add(new BigDecimal(plain).stripTrailingZeros());
            }
        }
        List<String> words = List.of(Texts.fingerprint(text).split(" ", -1));
        for (int start = 0; start < words.size(); ) {
            int end = words.size();
            while (end > start && NumberWords.of(words.subList(start, end)).isEmpty()) {
                end--;
            }
            if (end > start) {
                numbers.add(
                        new BigDecimal(NumberWords.of(words.subList(start, end)).getAsInt()).stripTrailingZeros());
            }
            start = Math.max(end, start + 1);
        }
        return numbers;
    }

    private static List<BoundingBox> boxes(String text) {
        List<BoundingBox> boxes = new ArrayList<>();
        for (int at = text.indexOf('['); at >= 0; at = text.indexOf('[', at + 1)) {
            BoxText.Coordinates found = BoxText.coordinates(text, at);
            if (found != null) {
                try {
                    List<Double> v = found.values();
                    boxes.add(BoundingBox.clamped(v.get(0), v.get(1), v.get(2), v.get(3)));
                } catch (IllegalArgumentException e) {
                    // four numbers that are no box
                }
            }
        }
        return boxes;
    }

    private static String withoutBoxes(String text) {
        return text.replaceAll("\\[[^\\]]*]", " ");
    }

    /** Whether each box of either has one of the other to overlap with, by half at least. */
    private static boolean sameBoxes(List<BoundingBox> some, List<BoundingBox> others) {
        return some.size() == others.size() && cover(some, others) && cover(others, some);
    }

    private static boolean cover(List<BoundingBox> some, List<BoundingBox> others) {
        return some.stream().allMatch(box -> others.stream().anyMatch(other -> box.iou(other) >= SAME_BOX));
    }
}
