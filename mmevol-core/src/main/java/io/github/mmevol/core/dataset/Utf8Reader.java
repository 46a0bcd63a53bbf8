package io.github.mmevol.core.dataset;

import java.io.IOException;
import java.io.InputStream;
import java.io.Reader;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharsetDecoder;
import java.nio.charset.CoderResult;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.Deque;

/**
 * Decodes UTF-8 without a byte order mark and remembers where bytes were not UTF-8, so that one bad record can be told
 * apart and the others be read. Bad bytes come out as U+FFFD.
 */
final class Utf8Reader extends Reader {
    private static final int SIZE = 1 << 14;

    private final InputStream in;
    private final CharsetDecoder decoder = StandardCharsets.UTF_8
            .newDecoder()
            .onMalformedInput(CodingErrorAction.REPORT)
            .onUnmappableCharacter(CodingErrorAction.REPORT);
    private final ByteBuffer bytes = ByteBuffer.allocate(SIZE).flip();
    private final CharBuffer chars = CharBuffer.allocate(SIZE).flip();
    private final Deque<Long> malformed = new ArrayDeque<>();
    private long decoded;
    private long skipped;
    private boolean ended;

    Utf8Reader(InputStream in) {
        this.in = in;
    }

    /**
     * Skips a byte order mark and blank lines in front; to be called once, before reading.
     *
     * @return how many line ends were skipped
     */
    int skipBlank() throws IOException {
        int lines = 0;
        while (fill()) {
            char c = chars.get(chars.position());
            if (decoded == chars.limit() && chars.position() == 0 && c == '\uFEFF') {
                chars.get();
            } else if (c == ' ' || c == '\t' || c == '\r' || c == '\n') {
                lines += c == '\n' ? 1 : 0;
                chars.get();
            } else {
                break;
            }
        }
        skipped = decoded - chars.remaining();
        return lines;
    }

    /** The next character, which stays unread; -1 at the end. */
    int peek() throws IOException {
        return fill() ? chars.get(chars.position()) : -1;
    }

    /**
     * Whether there were bad bytes since the last time this was asked.
     *
     * @param end up to which character, counted from where {@link #skipBlank()} ended
     */
    boolean malformedBefore(long end) {
        boolean found = false;
        while (!malformed.isEmpty() && malformed.getFirst() < end + skipped) {
            malformed.removeFirst();
            found = true;
        }
        return found;
    }

    @Override
    public int read(char[] target, int offset, int length) throws IOException {
        if (length == 0) {
            return 0;
        }
        if (!fill()) {
            return -1;
        }
        int n = Math.min(length, chars.remaining());
        chars.get(target, offset, n);
        return n;
    }

    @Override
    public void close() throws IOException {
        in.close();
    }

    /** Makes sure that there are characters to give; false at the end. */
    private boolean fill() throws IOException {
        if (chars.hasRemaining()) {
            return true;
        }
        chars.clear();
        while (true) {
            CoderResult result = decoder.decode(bytes, chars, ended);
            if (result.isError()) {
                if (!chars.hasRemaining()) {
                    break;
                }
                malformed.addLast(decoded + chars.position());
                bytes.position(bytes.position() + result.length());
                chars.put('\uFFFD');
            } else if (result.isOverflow() || chars.position() > 0 || ended) {
                break;
            } else {
                readBytes();
            }
        }
        chars.flip();
        decoded += chars.remaining();
        return chars.hasRemaining();
    }

    private void readBytes() throws IOException {
        boolean first = decoded == 0;
        bytes.compact();
        int n = in.read(bytes.array(), bytes.position(), bytes.remaining());
        if (n < 0) {
            ended = true;
        } else {
            bytes.position(bytes.position() + n);
        }
        bytes.flip();
        if (first && bytes.remaining() >= 2) {
            int mark = ((bytes.get(0) & 0xFF) << 8) | (bytes.get(1) & 0xFF);
            if (mark == 0xFEFF || mark == 0xFFFE) {
                throw new IOException("the file is written in UTF-16; save it as UTF-8");
            }
        }
    }
}
