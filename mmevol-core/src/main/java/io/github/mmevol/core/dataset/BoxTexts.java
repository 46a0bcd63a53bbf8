package io.github.mmevol.core.dataset;

import io.github.mmevol.core.sample.Sample;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/** Writes the boxes in the texts of an instruction in another way, or says that this cannot be done. */
final class BoxTexts {
    private static final int THOUSAND = 1000;
    private static final Pattern PLACE_ASKED =
            Pattern.compile("\\b(box|boxes|bbox|coordinates?|where|locat\\p{L}*)\\b", Pattern.CASE_INSENSITIVE);

    private final TrainingForm.Boxes boxes;
    private final ImageSizes sizes = new ImageSizes();

    BoxTexts(TrainingForm.Boxes boxes) {
        this.boxes = boxes;
    }

    /**
     * The texts with their boxes rewritten; empty if that cannot be done without changing what they say. Only question and
     * answer are left where the others are no sentences without their boxes.
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
        double[] coordinates = coordinates(found);
        List<String> scaled = new ArrayList<>(texts.size());
        for (int i = 0; i < texts.size(); i++) {
            if (isAnyOutside(texts.get(i), found.get(i), coordinates)) {
                return Optional.empty();
            }
            scaled.add(scaled(texts.get(i), found.get(i), width, height));
        }
        return Optional.of(scaled);
    }

    private static double[] coordinates(List<List<FoundBox>> found) {
        int boxes = 0;
        for (List<FoundBox> inText : found) {
            boxes += inText.size();
        }
        double[] coordinates = new double[4 * boxes];
        int many = 0;
        for (List<FoundBox> inText : found) {
            for (FoundBox box : inText) {
                coordinates[many++] = box.x1();
                coordinates[many++] = box.y1();
                coordinates[many++] = box.x2();
                coordinates[many++] = box.y2();
            }
        }
        return coordinates;
    }

    private static boolean isAnyOutside(String text, List<FoundBox> boxes, double[] coordinates) {
        int from = 0;
        for (FoundBox box : boxes) {
            if (Shares.isAnyIn(text, from, box.start(), coordinates)) {
                return true;
            }
            from = box.end();
        }
        return Shares.isAnyIn(text, from, text.length(), coordinates);
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
     * Empty where question or answer is no sentence without its boxes, reckons with their coordinates, or the box is what was
     * asked for; without the steps where one of these is none, or reckons.
     */
    private static Optional<List<String>> without(List<String> texts, List<List<FoundBox>> found) {
        double[] coordinates = coordinates(found);
        int last = texts.size() - 1;
        boolean asked = PLACE_ASKED.matcher(texts.get(0)).find();
        List<String> cut = new ArrayList<>();
        boolean torn = false;
        for (int i = 0; i <= last; i++) {
            String text = texts.get(i);
            List<FoundBox> boxes = found.get(i);
            // in a question a place tells which one is meant
            Optional<String> rest = isAnyOutside(text, boxes, coordinates) || (i == last && asked && !boxes.isEmpty())
                    ? Optional.empty()
                    : BoxCuts.cut(text, boxes, i > 0);
            if (rest.isEmpty() && (i == 0 || i == last)) {
                return Optional.empty();
            }
            torn |= rest.isEmpty();
            rest.ifPresent(cut::add);
        }
        return Optional.of(torn ? List.of(cut.get(0), cut.get(cut.size() - 1)) : cut);
    }
}
