package io.github.mmevol.prompts;

import io.github.mmevol.core.sample.BoundingBox;
import io.github.mmevol.core.sample.DetectedObject;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Writes boxes into a model's text: references such as {@code {o1}} become the object's box, four numbers on another
 * scale become shares of the image where that is beyond doubt. Used by one thread, for one item; it gathers the
 * references that name no object.
 */
final class BoxText {
    /** Counted for every four numbers that were converted. */
    static final String CONVERTED = "box-converted";

    private static final double SAME_BOX = 0.9;
    private static final int MAX_NUMBER = 12;

    /** A size in the image's own units, such as pixels. */
    record Scale(int width, int height) {}

    /** One or more object numbers in brackets, and the index behind them. */
    private record Reference(List<String> names, int end) {}

    /** Four numbers in brackets, and the index behind them. */
    record Coordinates(List<Double> values, int end) {}

    private final List<DetectedObject> objects;
    private final Set<Scale> scales;
    private final Consumer<String> count;
    private final Set<String> unknown = new LinkedHashSet<>();

    BoxText(List<DetectedObject> objects, Set<Scale> scales, Consumer<String> count) {
        this.objects = objects;
        this.scales = scales;
        this.count = count;
    }

    /** References met so far that name no object, as {@code {o9}}. */
    Set<String> unknown() {
        return unknown;
    }

    /** A text with its references and foreign coordinates written as boxes. */
    String expand(String text) {
        return expand(text, false);
    }

    /** A manipulation, in which {@code o1} is a reference without brackets too. */
    String expandManipulation(String text) {
        return expand(text, true);
    }

    private String expand(String text, boolean bareToo) {
        StringBuilder expanded = new StringBuilder(text.length() + 32);
        int boxEnd = -1;
        int at = 0;
        while (at < text.length()) {
            char c = text.charAt(at);
            Reference reference = c == '{' || c == '<' || c == '[' ? reference(text, at, "{<[") : null;
            if (reference == null && bareToo && c == 'o') {
                reference = bareReference(text, at);
            }
            if (reference != null) {
                if (boxEnd == expanded.length()) {
                    expanded.append(' ');
                }
                expanded.append(boxes(reference));
                boxEnd = expanded.length();
                at = reference.end();
                continue;
            }
            Coordinates numbers = c == '[' || c == '(' ? coordinates(text, at) : null;
            String converted = numbers == null ? null : converted(numbers.values());
            if (numbers != null && converted != null) {
                count.accept(CONVERTED);
                expanded.append(converted);
                at = numbers.end();
            } else {
                expanded.append(c);
                at++;
            }
        }
        return expanded.toString();
    }

    private String boxes(Reference reference) {
        return reference.names().stream()
                .map(name -> {
                    DetectedObject object = object(name);
                    return object == null ? "{" + name + "}" : object.box().toString();
                })
                .collect(Collectors.joining(", "));
    }

    /**
     * The label that an entry of an object list stands for: {@code o1}, {@code {o1}} and {@code o1 cup} name an object,
     * anything else is a label itself.
     */
    String label(String entry) {
        Reference whole = reference(entry, 0, "{<[(");
        if (whole == null) {
            whole = bareReference(entry, 0);
        }
        if (whole != null && whole.names().size() == 1) {
            String rest = entry.substring(whole.end());
            String words = withoutLeading(rest, " :-=.,");
            DetectedObject object = object(whole.names().get(0));
            return words.isEmpty() ? object == null ? entry : object.label() : unwrapped(words);
        }
        for (int at = entry.length() - 1; at > 0; at--) {
            Reference last = "{<[(".indexOf(entry.charAt(at)) >= 0 ? reference(entry, at, "{<[(") : null;
            if (last != null && last.end() == entry.length()) {
                last.names().forEach(this::object);
                return entry.substring(0, at).strip();
            }
        }
        return entry;
    }

    private static String withoutLeading(String text, String characters) {
        int at = 0;
        while (at < text.length() && characters.indexOf(text.charAt(at)) >= 0) {
            at++;
        }
        return text.substring(at).strip();
    }

    private static String unwrapped(String words) {
        return words.startsWith("(") && words.indexOf(')') == words.length() - 1
                ? words.substring(1, words.length() - 1).strip()
                : words;
    }

    private @Nullable DetectedObject object(String name) {
        int number = Integer.parseInt(name.substring(1));
        if (number < 1 || number > objects.size()) {
            unknown.add("{" + name + "}");
            return null;
        }
        return objects.get(number - 1);
    }

    /** {@code {o1}}, {@code {{o1}}}, {@code [{o1}]}, {@code <o1>}, {@code {o1, o2}}: at most two brackets deep. */
    private static @Nullable Reference reference(String text, int start, String openers) {
        StringBuilder closers = new StringBuilder();
        int at = start;
        while (at < text.length() && closers.length() < 2 && openers.indexOf(text.charAt(at)) >= 0) {
            closers.insert(0, closer(text.charAt(at)));
            at = spaces(text, at + 1);
        }
        List<String> names = new ArrayList<>();
        while (!closers.isEmpty()) {
            int end = nameEnd(text, at);
            if (end < 0) {
                return null;
            }
            names.add("o" + text.substring(at + 1, end));
            at = spaces(text, end);
            if (at == text.length() || text.charAt(at) != ',') {
                break;
            }
            at = spaces(text, at + 1);
        }
        for (int i = 0; i < closers.length(); i++) {
            at = i == 0 ? at : spaces(text, at);
            if (at >= text.length() || text.charAt(at) != closers.charAt(i)) {
                return null;
            }
            at++;
        }
        return names.isEmpty() ? null : new Reference(names, at);
    }

    private static @Nullable Reference bareReference(String text, int at) {
        boolean begins = at == 0 || !Character.isJavaIdentifierPart(text.charAt(at - 1));
        int end = begins && text.charAt(at) == 'o' ? nameEnd(text, at) : -1;
        boolean ends = end > 0 && (end == text.length() || !Character.isJavaIdentifierPart(text.charAt(end)));
        return ends ? new Reference(List.of("o" + text.substring(at + 1, end)), end) : null;
    }

    /** The index behind a letter o and up to four digits; -1 if there is no such name. */
    private static int nameEnd(String text, int start) {
        if (start >= text.length() || (text.charAt(start) != 'o' && text.charAt(start) != 'O')) {
            return -1;
        }
        int end = start + 1;
        while (end < text.length() && text.charAt(end) >= '0' && text.charAt(end) <= '9') {
            end++;
        }
        return end == start + 1 || end > start + 5 ? -1 : end;
    }

    private static char closer(char opener) {
        return switch (opener) {
            case '{' -> '}';
            case '<' -> '>';
            case '(' -> ')';
            default -> ']';
        };
    }

    private static int spaces(String text, int from) {
        int at = from;
        while (at < text.length() && text.charAt(at) == ' ') {
            at++;
        }
        return at;
    }

    /** The four numbers in the brackets that open here; null if there is something else. */
    static @Nullable Coordinates coordinates(String text, int start) {
        List<Double> values = new ArrayList<>();
        int at = start + 1;
        for (int i = 0; i < 4; i++) {
            at = spaces(text, at);
            int end = at;
            while (end < text.length() && end - at < MAX_NUMBER && "0123456789.".indexOf(text.charAt(end)) >= 0) {
                end++;
            }
            try {
                values.add(Double.parseDouble(text.substring(at, end)));
            } catch (NumberFormatException e) {
                return null;
            }
            at = spaces(text, end);
            char next = at < text.length() ? text.charAt(at) : ' ';
            if (next != (i < 3 ? ',' : closer(text.charAt(start)))) {
                return null;
            }
            at++;
        }
        return new Coordinates(values, at);
    }

    /** The numbers as shares of the image, if exactly one scale makes a given object's box of them. */
    private @Nullable String converted(List<Double> v) {
        if (v.stream().allMatch(value -> value <= 1)) {
            return null;
        }
        Set<String> readings = new TreeSet<>();
        for (Scale scale : scales) {
            BoundingBox box = box(v, scale);
            if (box != null && objects.stream().anyMatch(object -> object.box().iou(box) >= SAME_BOX)) {
                readings.add(box.toString());
            }
        }
        return readings.size() == 1 ? readings.iterator().next() : null;
    }

    private static @Nullable BoundingBox box(List<Double> v, Scale scale) {
        try {
            return BoundingBox.clamped(
                    v.get(0) / scale.width(),
                    v.get(1) / scale.height(),
                    v.get(2) / scale.width(),
                    v.get(3) / scale.height());
        } catch (IllegalArgumentException e) {
            return null;
        }
    }
}
