package io.github.mmevol.core.dataset;

/** The bytes of an image file. */
@SuppressWarnings("ArrayRecordComponent") // never compared
record ImageFile(String mediaType, byte[] bytes) {
    /** How the file's name ends, without the dot. */
    String ending() {
        return mediaType.endsWith("jpeg") ? "jpg" : mediaType.substring("image/".length());
    }
}
