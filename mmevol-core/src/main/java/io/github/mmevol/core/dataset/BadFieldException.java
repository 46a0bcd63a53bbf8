package io.github.mmevol.core.dataset;

/** Says which field of a record cannot be read, and why. */
final class BadFieldException extends Exception {
    private static final long serialVersionUID = 1L;

    private final String field;
    private final String reason;

    BadFieldException(String field, String reason) {
        super(field + ": " + reason);
        this.field = field;
        this.reason = reason;
    }

    String field() {
        return field;
    }

    String reason() {
        return reason;
    }
}
