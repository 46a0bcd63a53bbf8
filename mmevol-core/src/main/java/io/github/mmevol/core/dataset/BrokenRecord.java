package io.github.mmevol.core.dataset;

import java.nio.file.Path;
import java.util.Objects;

/**
 * A record that could not be read, and why; or what is odd about one that could ({@link DataSetReader#onOdd}).
 *
 * @param file the data file
 * @param index the record's position in the file, from 0
 * @param line the line on which it begins, from 1
 * @param id its id; empty if not known
 * @param field the field that is wrong, for example {@code det[2].bbox}; empty if it is the record as a whole
 * @param reason what is wrong and what to do about it
 */
public record BrokenRecord(Path file, long index, long line, String id, String field, String reason) {
    /** Keeps the values. */
    public BrokenRecord {
        Objects.requireNonNull(file, "file");
        Objects.requireNonNull(id, "id");
        Objects.requireNonNull(field, "field");
        Objects.requireNonNull(reason, "reason");
    }

    /** A sentence with place and reason. */
    @Override
    public String toString() {
        return file + ", record " + index + " (line " + line + ")" + (id.isEmpty() ? "" : ", id '" + id + "'")
                + (field.isEmpty() ? "" : ", field " + field) + ": " + reason;
    }
}
