package io.github.mmevol.core.manipulation;

import io.github.mmevol.core.internal.text.Texts;
import io.github.mmevol.core.sample.BoundingBox;
import io.github.mmevol.core.sample.Check.Result;
import java.io.IOException;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;

/**
 * What a text reader reads where a call claims to read something: a dispute at most. Read in the whole image, because the
 * place is not known, the same text confirms nothing.
 */
record TextReading(String claim, Result result, String evidence) {
    private static final BoundingBox WHOLE = new BoundingBox(0, 0, 1, 1);
    /** So much of a region's shorter side is read beside it. */
    private static final double MARGIN = 0.15;

    static TextReading of(
            Call call, List<Value> given, Statement statement, Scene scene, OcrEngine engine, Grounding grounding) {
        List<String> claimed = claimed(call, statement);
        if (claimed.isEmpty()) {
            return new TextReading(call.text(), Result.UNDECIDED, "it does not say what it reads");
        }
        List<BoundingBox> regions = regions(given, scene, grounding);
        List<String> lines = new ArrayList<>();
        try {
            for (BoundingBox region : regions.isEmpty() ? List.of(WHOLE) : regions) {
                lines.addAll(engine.read(scene.zoomed(around(region))));
            }
        } catch (IOException | RuntimeException e) {
            return new TextReading(call.text(), Result.UNDECIDED, "the text could not be read: " + e.getMessage());
        }
        String print = Texts.fingerprint(String.join("\n", lines));
        boolean found = claimed.stream().allMatch(text -> holds(print, Texts.fingerprint(text)));
        Result result = !found ? Result.DISPUTED : regions.isEmpty() ? Result.UNDECIDED : Result.CONFIRMED;
        return new TextReading(
                String.join(", ", claimed), result, engine.name() + " reads: " + String.join("|", lines));
    }

    /** A little more than a region: boxes are drawn so tightly that letters are cut at them. */
    private static BoundingBox around(BoundingBox region) {
        double margin = MARGIN * Math.min(region.x2() - region.x1(), region.y2() - region.y1());
        return new BoundingBox(
                Math.max(0, region.x1() - margin),
                Math.max(0, region.y1() - margin),
                Math.min(1, region.x2() + margin),
                Math.min(1, region.y2() + margin));
    }

    /** Whether a text holds another: numbers as they are, words with or without the spaces between them. */
    private static boolean holds(String text, String wanted) {
        return Texts.hasWords(text, wanted)
                || (Texts.hasLetter(wanted) && text.replace(" ", "").contains(wanted.replace(" ", "")));
    }

    private static List<String> claimed(Call call, Statement statement) {
        Argument stated = call.stated().orElse(null);
        if (stated instanceof Argument.Phrase phrase) {
            return List.of(phrase.text());
        }
        if (stated instanceof Argument.Figure figure) {
            return List.of(figure.value().toPlainString());
        }
        List<String> quoted = statement.quotations();
        return quoted.isEmpty()
                ? statement.numbers().stream().map(BigDecimal::toPlainString).toList()
                : quoted;
    }

    /** The boxes it reads in, or where the annotations have what it names; empty if the place is not known. */
    private static List<BoundingBox> regions(List<Value> given, Scene scene, Grounding grounding) {
        List<BoundingBox> regions = new ArrayList<>();
        for (Value value : given) {
            Value place = value instanceof Value.Text phrase
                    ? grounding.find(phrase.text(), scene).orElse(value)
                    : value;
            if (place instanceof Value.Boxes boxes) {
                regions.addAll(boxes.boxes());
            }
        }
        return regions;
    }
}
