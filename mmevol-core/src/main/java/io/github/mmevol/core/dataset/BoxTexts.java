package io.github.mmevol.core.dataset;

import io.github.mmevol.core.sample.Sample;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Writes the boxes in the texts of an instruction in another way, or says that this cannot be done. */
final class BoxTexts {
    private static final int THOUSAND = 1000;
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
        List<List<FoundBox>> found = new ArrayList<>(texts.size());
        boolean any = false;
        for (String text : texts) {
            List<FoundBox> inText = FoundBox.in(text);
            any |= !inText.isEmpty();
            found.add(inText);
        }
        if (!any) {
            return Optional.of(texts);
        }
        return switch (boxes) {
            case NONE -> without(texts, found);
            case THOUSAND -> scaled(texts, found, THOUSAND, THOUSAND);
            default -> sizes.of(sample).flatMap(size -> scaled(texts, found, size.width(), size.height()));
        };
    }

    /** Empty where a coordinate stands outside its box too: in a sum, for example, which would not come out any more. */
    private static Optional<List<String>> scaled(
            List<String> texts, List<List<FoundBox>> found, int width, int height) {
        int boxes = 0;
        for (List<FoundBox> inText : found) {
            boxes += inText.size();
        }
        double[] coordinates = new double[4 * boxes];
        int many = 0;
        List<String> scaled = new ArrayList<>(texts.size());
        for (int i = 0; i < texts.size(); i++) {
            for (FoundBox box : found.get(i)) {
                coordinates[many++] = box.x1();
                coordinates[many++] = box.y1();
                coordinates[many++] = box.x2();
                coordinates[many++] = box.y2();
            }
            scaled.add(scaled(texts.get(i), found.get(i), width, height));
        }
        for (int i = 0; i < texts.size(); i++) {
            int from = 0;
            for (FoundBox box : found.get(i)) {
                if (Shares.isAnyIn(texts.get(i), from, box.start(), coordinates)) {
                    return Optional.empty();
                }
                from = box.end();
            }
            if (Shares.isAnyIn(texts.get(i), from, texts.get(i).length(), coordinates)) {
                return Optional.empty();
            }
        }
        return Optional.of(scaled);
    }

    private static String scaled(String text, List<FoundBox> boxes, int width, int height) {
        if (boxes.isEmpty()) {
            return text;
        }
        StringBuilder scaled = new StringBuilder(text.length());
        int from = 0;
        for (FoundBox box : boxes) {
            boolean bracketed = !Shares.isNumeric(text.charAt(box.start()));
            scaled.append(text, from, bracketed ? box.start() + 1 : box.start());
            scaled.append(Math.round(box.x1() * width)).append(", ");
            scaled.append(Math.round(box.y1() * height)).append(", ");
            scaled.append(Math.round(box.x2() * width)).append(", ");
            scaled.append(Math.round(box.y2() * height));
            from = bracketed ? box.end() - 1 : box.end();
        }
        return scaled.append(text, from, text.length()).toString();
    }

    /**
     * A step that is not whole without its box is left out; empty where that is so of question or answer, or the box is what
     * was asked for.
     */
    private static Optional<List<String>> without(List<String> texts, List<List<FoundBox>> found) {
        int last = texts.size() - 1;
        boolean answered = !found.get(last).isEmpty();
        if (answered && PLACE_ASKED.matcher(texts.get(0)).find()) {
            return Optional.empty();
        }
        List<String> without = new ArrayList<>();
        for (int i = 0; i <= last; i++) {
            Optional<String> bare = without(texts.get(i), found.get(i));
            if (bare.isEmpty() && (i == 0 || i == last)) {
                return Optional.empty();
            }
            bare.ifPresent(without::add);
        }
        return Optional.of(without);
    }

    private static Optional<String> without(String text, List<FoundBox> boxes) {
        StringBuilder rest = new StringBuilder();
        int from = 0;
        for (FoundBox box : boxes) {
            String before = text.substring(from, box.start());
            Matcher word = WORD_BEFORE.matcher(before);
            if (!word.find() || NEEDING.contains(word.group(1).toLowerCase(Locale.ROOT))) {
                return Optional.empty();
            }
            rest.append(before.stripTrailing());
            from = box.end();
        }
        return Optional.of(rest.append(text, from, text.length()).toString());
    }
}
