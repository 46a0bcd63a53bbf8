package io.github.mmevol.openai;

/** How closely the model is asked to look at an image: the field {@code detail}. */
public enum ImageDetail {
    /** {@code low} where the longest side is at most 512 pixels, else not said. An image that is sent as URL: not said. */
    AUTO,
    /** {@code low}. */
    LOW,
    /** {@code high}. */
    HIGH,
    /** Never said, for a server that does not know the field. */
    NONE
}
