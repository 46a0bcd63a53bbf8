package io.github.mmevol.core.dataset;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * A file in a tar archive.
 *
 * @param offset where its bytes begin
 */
record TarEntry(String name, long offset, long size) {
    static final int BLOCK = 512;

    private static final int NAME = 100;
    private static final int SIZE_AT = 124;
    private static final int SUM_AT = 148;
    private static final int TYPE_AT = 156;
    private static final int MAGIC_AT = 257;
    private static final int PREFIX_AT = 345;
    private static final int LONGEST_TEXT = 1 << 20;

    /** Reads entries one after another; what an entry holds may be read, or left. */
    static final class Reader {
        private final InputStream in;
        private long at;
        private long end;

        Reader(InputStream in) {
            this.in = in;
        }

        /**
         * The next file; null at the end. Folders, links and the like are passed over.
         *
         * @throws IOException if this is no tar archive, or one that is cut off
         */
        @Nullable
        TarEntry next() throws IOException {
            String longName = "";
            while (true) {
                in.skipNBytes(end - at);
                at = end;
                byte[] head = in.readNBytes(BLOCK);
                at += head.length;
                if (head.length == 0 || isEmpty(head)) {
                    return null;
                }
                if (head.length < BLOCK || !isHead(head)) {
                    throw new IOException("it is no tar archive, or cut off, at byte " + (at - head.length));
                }
                long size = number(head, SIZE_AT, 12);
                end = at + (size + BLOCK - 1) / BLOCK * BLOCK;
                switch (head[TYPE_AT]) {
                    case 'L' -> longName = text(bytes(size), 0, (int) size);
                    case 'x' -> longName = paxPath(new String(bytes(size), StandardCharsets.UTF_8), longName);
                    case '0', 0 -> {
                        return new TarEntry(longName.isEmpty() ? name(head) : longName, at, size);
                    }
                    default -> longName = head[TYPE_AT] == 'g' ? longName : "";
                }
            }
        }

        /** The bytes of the entry that came last, from where it was read to. */
        byte[] bytes(long size) throws IOException {
            if (size > LONGEST_TEXT) {
                throw new IOException("a text of " + size + " bytes in a tar archive is more than is read");
            }
            byte[] bytes = in.readNBytes((int) size);
            at += bytes.length;
            if (bytes.length < size) {
                throw new IOException("the tar archive is cut off at byte " + at);
            }
            return bytes;
        }
    }

    /** The block before a file's bytes. */
    static byte[] head(String name, long size) {
        byte[] head = new byte[BLOCK];
        put(head, 0, name);
        put(head, NAME, "0000644");
        put(head, 108, "0000000");
        put(head, 116, "0000000");
        put(head, SIZE_AT, String.format("%011o", size));
        put(head, 136, "00000000000");
        put(head, SUM_AT, "        ");
        head[TYPE_AT] = '0';
        put(head, MAGIC_AT, "ustar\u000000");
        put(head, SUM_AT, String.format("%06o", sum(head)) + "\u0000 ");
        return head;
    }

    private static void put(byte[] head, int at, String text) {
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        System.arraycopy(bytes, 0, head, at, bytes.length);
    }

    private static boolean isEmpty(byte[] head) {
        return Arrays.equals(head, new byte[head.length]);
    }

    private static boolean isHead(byte[] head) {
        byte[] blank = head.clone();
        Arrays.fill(blank, SUM_AT, SUM_AT + 8, (byte) ' ');
        return number(head, SUM_AT, 8) == sum(blank);
    }

    private static long sum(byte[] head) {
        long sum = 0;
        for (byte b : head) {
            sum += b & 0xff;
        }
        return sum;
    }

    /** A number in octal digits, or, where its first bit is set, in bytes. */
    private static long number(byte[] head, int from, int length) {
        long number = 0;
        if (head[from] < 0) {
            for (int i = from + 1; i < from + length; i++) {
                number = (number << 8) | (head[i] & 0xff);
            }
            return number;
        }
        for (int i = from; i < from + length; i++) {
            if (head[i] >= '0' && head[i] <= '7') {
                number = number * 8 + head[i] - '0';
            }
        }
        return number;
    }

    private static String name(byte[] head) {
        boolean ustar = text(head, MAGIC_AT, 5).equals("ustar");
        String prefix = ustar ? text(head, PREFIX_AT, 155) : "";
        String name = text(head, 0, NAME);
        return prefix.isEmpty() ? name : prefix + "/" + name;
    }

    private static String text(byte[] bytes, int from, int length) {
        int end = from;
        while (end < from + length && bytes[end] != 0) {
            end++;
        }
        return new String(bytes, from, end - from, StandardCharsets.UTF_8);
    }

    /** The path among the lines of an extended header, each {@code length key=value}. */
    private static String paxPath(String lines, String otherwise) {
        for (String line : lines.split("\n", -1)) {
            int key = line.indexOf(' ') + 1;
            if (line.startsWith("path=", key)) {
                return line.substring(key + "path=".length());
            }
        }
        return otherwise;
    }
}
