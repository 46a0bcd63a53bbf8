package io.github.mmevol.core.sample;

/** How far the detected objects of a data set can be believed; declared by whoever supplies the data. */
public enum AnnotationTrust {
    /** Every instance of every annotated label is boxed, and what is boxed is right. */
    EXHAUSTIVE,
    /** What is boxed is right, but more instances may exist. The default. */
    PRECISE,
    /** Output of a detector: labels and boxes may be wrong. */
    NOISY
}
