package io.github.mmevol.core.manipulation;

import java.util.List;
import java.util.Objects;
import java.util.Optional;

/**
 * One pseudo-function call of a {@link Chain}. A call inside another one stands before it, and its result takes its place.
 *
 * @param function what it simulates
 * @param name the function's name as written, without its number
 * @param step the index of the solving step it stands in
 * @param arguments what it is given, in order
 * @param results the variables that take what it gives; where none is written, the one that its function and number imply
 * @param stated what it gives, where that is written behind the arrow: {@code ->res_1 = 5}
 * @param text the call as it is written
 */
public record Call(
        Function function,
        String name,
        int step,
        List<Argument> arguments,
        List<Argument.Variable> results,
        Optional<Argument> stated,
        String text) {

    /** The visual operations of the method. */
    public enum Function {
        /** {@code grounding_i(tgt)->bbx_i}: finds what a noun phrase names. */
        GROUNDING,
        /** {@code referring_i(bbx)->tgt_i}: zooms in on a box. */
        REFERRING,
        /** {@code calculate(tgt)->res_i}: works out a count or a formula. */
        CALCULATE,
        /** {@code OCR_i(tgt)->txt_i}: reads a text. */
        OCR,
        /** One that a model invented. */
        OTHER
    }

    /** Copies the lists. */
    public Call {
        Objects.requireNonNull(function, "function");
        Objects.requireNonNull(name, "name");
        Objects.requireNonNull(stated, "stated");
        Objects.requireNonNull(text, "text");
        arguments = List.copyOf(arguments);
        results = List.copyOf(results);
    }
}
