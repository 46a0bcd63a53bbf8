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

    /** Four shares in brackets. */
    private static final Pattern BRACKETED = Pattern.compile(
            "[\\[(]\\s*" + four(SHARE, "\\s*,\\s*") + "\\s*[\\])]" + "|\\[\\s*" + four(SHARE, "\\s+") + "\\s*\\]");

    /** Four shares in a row, without a fifth. */
    private static final Pattern BARE =
            Pattern.compile("(?<!\\d,\\s?)" + four(WRITTEN_OUT, "\\s*,\\s*") + "(?!\\d|\\.\\d|\\s*,\\s*\\d)");

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
        if (boxes == TrainingForm.Boxes.UNIT) {
            return Optional.of(texts);
        }
        List<Found> found = texts.stream().map(Found::in).toList();
        if (found.stream().allMatch(text -> text.boxes().isEmpty())) {
            return Optional.of(texts);
        }
        return switch (boxes) {
            case NONE -> without(found);
            case THOUSAND -> scaled(found, THOUSAND, THOUSAND);
            default -> sizes.of(sample).flatMap(size -> scaled(found, size.width(), size.height()));
        };
    }

    /** A text with the boxes in it. */
    private record Found(String text, List<MatchResult> boxes) {
        static Found in(String text) {
            return new Found(text, text.indexOf('.') < 0 ? List.of() : BoxTexts.boxes(text));
        }

        String replaced(Function<MatchResult, String> replacement) {
            if (boxes.isEmpty()) {
                return text;
            }
            StringBuilder replaced = new StringBuilder();
            int from = 0;
            for (MatchResult box : boxes) {
                replaced.append(text, from, box.start()).append(replacement.apply(box));
                from = box.end();
            }
            return replaced.append(text, from, text.length()).toString();
        }
    }

    private static String four(String number, String separator) {
        return String.join(separator, number, number, number, number);
    }

    /** The boxes of a text in order. Only where one can begin is it looked for. */
    private static List<MatchResult> boxes(String text) {
        List<MatchResult> boxes = new ArrayList<>();
        Matcher bracketed = BRACKETED.matcher(text);
        Matcher bare = BARE.matcher(text).useTransparentBounds(true);
        int at = 0;
        while (at < text.length()) {
            char c = text.charAt(at);
            Matcher here = c == '[' || c == '(' ? bracketed : beginsNumber(text, at) ? bare : null;
            if (here != null && here.region(at, text.length()).lookingAt() && isBox(here)) {
                boxes.add(here.toMatchResult());
                at = here.end();
            } else {
                at++;
            }
        }
        return boxes;
    }

    private static boolean beginsNumber(String text, int at) {
        char before = at == 0 ? ' ' : text.charAt(at - 1);
        return isNumeric(text.charAt(at)) && !isNumeric(before);
    }

    private static boolean isNumeric(char c) {
        return c == '.' || (c >= '0' && c <= '9');
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
    private static Optional<List<String>> scaled(List<Found> texts, int width, int height) {
        Set<BigDecimal> coordinates = new HashSet<>();
        List<String> scaled = new ArrayList<>();
        for (Found text : texts) {
            scaled.add(text.replaced(match -> {
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
                .map(text -> text.replaced(match -> " "))
                .filter(BoxTexts::hasFraction)
                .flatMap(rest -> FRACTION.matcher(rest).results())
                .anyMatch(number -> coordinates.contains(plain(number.group())));
        return reckonedWith ? Optional.empty() : Optional.of(scaled);
    }

    private static boolean hasFraction(String text) {
        for (int dot = text.indexOf('.'); dot >= 0; dot = text.indexOf('.', dot + 1)) {
            if (dot + 1 < text.length() && isNumeric(text.charAt(dot + 1))) {
                return true;
            }
        }
        return false;
    }

    private static long scaled(String share, int side) {
        return Math.round(Double.parseDouble(share) * side);
    }

    private static BigDecimal plain(String number) {
        return new BigDecimal(number).stripTrailingZeros();
    }

    /**
     * A step that is not whole without its box is left out; empty where that is so of question or answer, or the box is what
     * was asked for.
     */
    private static Optional<List<String>> without(List<Found> texts) {
        int last = texts.size() - 1;
        boolean answered = !texts.get(last).boxes().isEmpty();
        if (answered && PLACE_ASKED.matcher(texts.get(0).text()).find()) {
            return Optional.empty();
        }
        List<String> without = new ArrayList<>();
        for (int i = 0; i <= last; i++) {
            Optional<String> bare = without(texts.get(i));
            if (bare.isEmpty() && (i == 0 || i == last)) {
                return Optional.empty();
            }
            bare.ifPresent(without::add);
        }
        return Optional.of(without);
    }

    private static Optional<String> without(Found found) {
        String text = found.text();
        StringBuilder rest = new StringBuilder();
        int from = 0;
        for (MatchResult match : found.boxes()) {
            String before = text.substring(from, match.start());
            Matcher word = WORD_BEFORE.matcher(before);
            if (!word.find() || NEEDING.contains(word.group(1).toLowerCase(Locale.ROOT))) {
                return Optional.empty();
            }
            rest.append(before.stripTrailing());
            from = match.end();
        }
        return Optional.of(rest.append(text, from, text.length()).toString());
    }
}
