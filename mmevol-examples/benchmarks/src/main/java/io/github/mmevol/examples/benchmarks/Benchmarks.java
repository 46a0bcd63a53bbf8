package io.github.mmevol.examples.benchmarks;

/** Entry. */
public final class Benchmarks {
    private Benchmarks() {}

    public static void main(String[] args) {}
}
