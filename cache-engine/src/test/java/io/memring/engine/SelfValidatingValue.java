package io.memring.engine;

import java.nio.ByteBuffer;
import java.util.zip.CRC32C;

/**
 * A value that can tell whether it is whole, whose it is and how new it is.
 *
 * <pre>
 * offset 0          8          16       20       24
 *        +----------+----------+--------+--------+-----------+
 *        | key      | version  | length | CRC32C | filling … |
 *        +----------+----------+--------+--------+-----------+
 * </pre>
 *
 * The checksum covers all bytes but its own; the filling follows from key and version, so that two
 * values never share a stretch of bytes.
 */
final class SelfValidatingValue {

    static final int LENGTH_MIN = 24;

    private static final int VERSION = 8;
    private static final int LENGTH = 16;
    private static final int CHECKSUM = 20;

    private SelfValidatingValue() {}

    static void write(ByteBuffer to, int key, long version, int length) {
        to.putLong(0, key);
        to.putLong(VERSION, version);
        to.putInt(LENGTH, length);
        long filling = (key * 0x9E3779B97F4A7C15L) ^ (version * 0xC2B2AE3D27D4EB4FL);
        int at = LENGTH_MIN;
        for (; at + Long.BYTES <= length; at += Long.BYTES) {
            filling = filling * 6364136223846793005L + 1442695040888963407L;
            to.putLong(at, filling);
        }
        for (; at < length; at++) {
            to.put(at, (byte) (filling >>> (at & 7)));
        }
        to.putInt(CHECKSUM, checksum(to, length));
    }

    /** Answers the version; throws where the value is torn or another key's. */
    static long read(ByteBuffer from, int key, int length) {
        if (length < LENGTH_MIN || from.getInt(LENGTH) != length) {
            throw new AssertionError("torn: key " + key + ", length " + length);
        }
        if (from.getInt(CHECKSUM) != checksum(from, length)) {
            throw new AssertionError("torn: key " + key + ", checksum of " + length + " bytes");
        }
        if (from.getLong(0) != key) {
            throw new AssertionError("foreign: key " + key + " shows that of " + from.getLong(0));
        }
        return from.getLong(VERSION);
    }

    private static int checksum(ByteBuffer bytes, int length) {
        CRC32C checksum = new CRC32C();
        checksum.update(bytes.slice(0, CHECKSUM));
        checksum.update(bytes.slice(LENGTH_MIN, length - LENGTH_MIN));
        return (int) checksum.getValue();
    }
}
