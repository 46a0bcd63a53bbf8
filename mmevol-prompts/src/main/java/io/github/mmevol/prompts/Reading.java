package io.github.mmevol.prompts;

/**
 * What one item of a reply says, or why it says nothing usable.
 *
 * @param <T> what is read
 */
sealed interface Reading<T> {
    /** A usable item. */
    record Of<T>(T value) implements Reading<T> {}

    /**
     * An unusable item.
     *
     * @param by a short, countable name: {@code declined}, {@code incomplete}, {@code unknown-box}, {@code unreadable}
     * @param why what is wrong, in words that a model can act on
     */
    record Problem<T>(String by, String why) implements Reading<T> {}

    static <T> Reading<T> of(T value) {
        return new Of<>(value);
    }

    static <T> Reading<T> problem(String by, String why) {
        return new Problem<>(by, why);
    }
}
