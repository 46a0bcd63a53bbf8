package io.github.mmevol.core.dataset;

import io.github.mmevol.core.sample.Sample;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.IntStream;

/** Writes the boxes in the texts of an instruction in another way, or says that this cannot be done. */
final class BoxTexts {
    private static final int THOUSAND = 1000;
    private static final String SHARE = "(0?\\.\\d+|1(?:\\.0+)?|0(?:\\.0*)?)";
    private static final String WRITTEN_OUT = "(0?\\.\\d{2,}|1\\.00+)";

    /** Four shares in brackets, or in a row without them and without a fifth. */
    private static final Pattern BOX = Pattern.compile("[\\[(]\\s*" + four(SHARE, "\\s*,\\s*") + "\\s*[\\])]"
            + "|\\[\\s*" + four(SHARE, "\\s+") + "\\s*\\]"
            + "|(?<![\\d.])(?<!\\d,\\s?)" + four(WRITTEN_OUT, "\\s*,\\s*") + "(?!\\d|\\.\\d|\\s*,\\s*\\d)");

    private static final Pattern FRACTION = Pattern.compile("(?<![\\d.])\\d?\\.\\d{2,}(?!\\d)");
    private static final Pattern WORD_BEFORE = Pattern.compile("(\\p{L}+)\\s*$");
    private static final Pattern PLACE_ASKED =
            Pattern.compile("\\b(box|boxes|bbox|coordinates?|where|locat\\p{L}*)\\b", Pattern.CASE_INSENSITIVE);

    /** Words after which a sentence is torn if the box behind them goes. */
    private static final Set<String> NEEDING =
            Set.of(("a an the at in is are was were be of to by on from within inside into"
                            + " near around as has have and or with between than box boxes bbox bounding coordinate coordinates area"
                            + " areas region regions position positions location locations spans covers occupies")
                    .split(" "));

    private final TrainingForm.Boxes boxes;
    private final ImageSizes sizes = new ImageSizes();

    BoxTexts(TrainingForm.Boxes boxes) {
        this.boxes = boxes;
    }

    /**
     * The texts with their boxes rewritten; empty if that cannot be done without changing what they say.
     *
     * @param texts the question first, the answer last
     */
    Optional<List<String>> rewritten(Sample sample, List<String> texts) {
        if (boxes == TrainingForm.Boxes.UNIT || texts.stream().noneMatch(BoxTexts::hasBox)) {
            return Optional.of(texts);
        }
        return switch (boxes) {
            case NONE -> without(texts);
            case THOUSAND -> scaled(texts, THOUSAND, THOUSAND);
            default -> sizes.of(sample).flatMap(size -> scaled(texts, size.width(), size.height()));
        };
    }

    private static String four(String number, String separator) {
        return String.join(separator, number, number, number, number);
    }

    private static boolean hasBox(String text) {
        return text.indexOf('.') >= 0 && BOX.matcher(text).results().anyMatch(BoxTexts::isBox);
    }

    private static boolean isBox(MatchResult match) {
        double[] n = numbers(match).stream().mapToDouble(Double::parseDouble).toArray();
        return n[0] < n[2]
                && n[1] < n[3]
                && (match.group().indexOf('.') >= 0 || match.group().startsWith("["));
    }

    private static List<String> numbers(MatchResult match) {
        return IntStream.rangeClosed(1, match.groupCount())
                .filter(group -> match.start(group) >= 0)
                .mapToObj(match::group)
                .toList();
    }

    /** Empty where a coordinate stands outside its box too: in a sum, for example, which would not come out any more. */
    private static Optional<List<String>> scaled(List<String> texts, int width, int height) {
        Set<BigDecimal> coordinates = new HashSet<>();
        List<String> scaled = new ArrayList<>();
        for (String text : texts) {
            scaled.add(replaced(text, match -> {
                List<String> n = numbers(match);
                n.forEach(number -> coordinates.add(plain(number)));
                String box = scaled(n.get(0), width) + ", " + scaled(n.get(1), height) + ", " + scaled(n.get(2), width)
                        + ", " + scaled(n.get(3), height);
                String written = match.group();
                return "[(".indexOf(written.charAt(0)) < 0
                        ? box
                        : written.charAt(0) + box + written.charAt(written.length() - 1);
            }));
        }
        boolean reckonedWith = texts.stream()
                .map(text -> replaced(text, match -> " "))
                .flatMap(rest -> FRACTION.matcher(rest).results())
                .anyMatch(number -> coordinates.contains(plain(number.group())));
        return reckonedWith ? Optional.empty() : Optional.of(scaled);
    }

    private static long scaled(String share, int side) {
        return Math.round(Double.parseDouble(share) * side);
    }

    private static BigDecimal plain(String number) {
        return new BigDecimal(number).stripTrailingZeros();
    }

    private static String replaced(String text, Function<MatchResult, String> replacement) {
        return BOX.matcher(text)
                .replaceAll(match -> Matcher.quoteReplacement(isBox(match) ? replacement.apply(match) : match.group()));
    }

    /** Empty where a sentence is not whole without its box, or the box is what was asked for. */
    private static Optional<List<String>> without(List<String> texts) {
        if (hasBox(texts.get(texts.size() - 1))
                && PLACE_ASKED.matcher(texts.get(0)).find()) {
            return Optional.empty();
        }
        List<String> without = new ArrayList<>();
        for (String text : texts) {
            StringBuilder rest = new StringBuilder();
            int from = 0;
            for (MatchResult match :
                    BOX.matcher(text).results().filter(BoxTexts::isBox).toList()) {
                String before = text.substring(from, match.start());
                Matcher word = WORD_BEFORE.matcher(before);
                if (!word.find() || NEEDING.contains(word.group(1).toLowerCase(Locale.ROOT))) {
                    return Optional.empty();
                }
                rest.append(before.stripTrailing());
                from = match.end();
            }
            without.add(rest.append(text, from, text.length()).toString());
        }
        return Optional.of(without);
    }
}
