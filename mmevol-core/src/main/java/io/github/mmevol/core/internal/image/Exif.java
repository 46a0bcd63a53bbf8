package io.github.mmevol.core.internal.image;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/** The orientation tag of an EXIF block, which is a small TIFF file. */
public final class Exif {
    private static final int ORIENTATION = 0x0112;

    private Exif() {}

    /** The orientation, 1..8; 1 where the block does not tell or cannot be read, as every viewer takes it. */
    public static int orientation(byte[] file, int from, int to) {
        ByteBuffer tiff = ByteBuffer.wrap(file, from, to - from).slice();
        if (tiff.remaining() < 8) {
            return 1;
        }
        int order = tiff.getShort(0) & 0xffff;
        if (order != 0x4949 && order != 0x4d4d) {
            return 1;
        }
        tiff.order(order == 0x4949 ? ByteOrder.LITTLE_ENDIAN : ByteOrder.BIG_ENDIAN);
        long directory = tiff.getInt(4) & 0xffffffffL;
        if (directory + 2 > tiff.limit()) {
            return 1;
        }
        int entries = tiff.getShort((int) directory) & 0xffff;
        for (int i = 0; i < entries; i++) {
            long entry = directory + 2 + 12L * i;
            if (entry + 12 > tiff.limit()) {
                return 1;
            }
            if ((tiff.getShort((int) entry) & 0xffff) == ORIENTATION) {
                int value = tiff.getShort((int) entry + 8) & 0xffff;
                return value >= 1 && value <= 8 ? value : 1;
            }
        }
        return 1;
    }
}
