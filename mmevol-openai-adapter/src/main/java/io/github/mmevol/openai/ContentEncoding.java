package io.github.mmevol.openai;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.http.HttpHeaders;
import java.util.Locale;
import java.util.zip.GZIPInputStream;

/** What a proxy may have done to a body, though we do not ask for it and the JDK does not undo it. */
final class ContentEncoding {
    private ContentEncoding() {}

    /**
     * The body as it was before, up to so many bytes and one more.
     *
     * @throws IOException if it is packed in a way that we cannot undo, or broken
     */
    static byte[] undo(HttpHeaders headers, byte[] body, int limit) throws IOException {
        ByteArrayOutputStream unpacked = new ByteArrayOutputStream();
        if (isPacked(headers)) {
            unpack(body, limit, unpacked);
            return unpacked.toByteArray();
        }
        return body;
    }

    /** What can be had of the body, up to so many bytes. */
    static byte[] undoBegun(HttpHeaders headers, byte[] body, int limit) {
        ByteArrayOutputStream unpacked = new ByteArrayOutputStream();
        try {
            if (!isPacked(headers)) {
                return body;
            }
            unpack(body, limit, unpacked);
        } catch (IOException e) {
            // the beginning has to do
        }
        return unpacked.toByteArray();
    }

    private static boolean isPacked(HttpHeaders headers) throws IOException {
        String encoding =
                headers.firstValue("content-encoding").orElse("").strip().toLowerCase(Locale.ROOT);
        return switch (encoding) {
            case "", "identity" -> false;
            case "gzip", "x-gzip" -> true;
            default -> throw new IOException("Content-Encoding " + encoding + ", which was not asked for");
        };
    }

    private static void unpack(byte[] body, int limit, ByteArrayOutputStream unpacked) throws IOException {
        try (GZIPInputStream packed = new GZIPInputStream(new ByteArrayInputStream(body), 8192)) {
            byte[] piece = new byte[8192];
            int length = packed.read(piece);
            while (length >= 0 && unpacked.size() <= limit) {
                unpacked.write(piece, 0, Math.min(length, limit + 1 - unpacked.size()));
                length = packed.read(piece);
            }
        }
    }
}
