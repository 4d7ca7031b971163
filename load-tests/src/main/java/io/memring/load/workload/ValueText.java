package io.memring.load.workload;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.util.Arrays;
import java.util.SplittableRandom;

/**
 * The bytes of values, which tell under which key, how long and in which version they were stored,
 * so that a value can be checked by itself, by whichever process reads it. Immutable.
 *
 * <pre>
 * offset 0          8          12         16         24
 *        +----------+----------+----------+----------+--------------------------+
 *        | key hash | version  | length   | checksum | body …                   |
 *        +----------+----------+----------+----------+--------------------------+
 * </pre>
 *
 * The body is a stretch of a fixed random text, and key and version choose where it begins: it is
 * compared byte for byte, at the speed of a copy. The checksum protects the header, which says what
 * the body has to be. A value that has no room for a header is a body that the key alone chooses.
 */
public final class ValueText {

    private static final int HEADER = 24;

    /** A stretch begins below this; longer bodies repeat it. */
    private static final int STRETCH = 1 << 15;

    /** The same for all runs: values outlive the run that has stored them. */
    private static final long TEXT_SEED = 0x6d656d72696e67L;

    private static final VarHandle LONG =
            MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.BIG_ENDIAN);
    private static final VarHandle INT =
            MethodHandles.byteArrayViewVarHandle(int[].class, ByteOrder.BIG_ENDIAN);

    private final byte[] text = new byte[2 * STRETCH];

    public ValueText() {
        new SplittableRandom(TEXT_SEED).nextBytes(text);
    }

    /** Writes a value; returns the position behind it. */
    public int write(byte[] into, int at, int length, long key, int version) {
        if (length < HEADER) {
            writeBody(into, at, length, hash(key));
            return at + length;
        }
        long keyHash = hash(key);
        LONG.set(into, at, keyHash);
        INT.set(into, at + 8, version);
        INT.set(into, at + 12, length);
        long checksum = checksum(keyHash, version, length);
        LONG.set(into, at + 16, checksum);
        writeBody(into, at + HEADER, length - HEADER, checksum);
        return at + length;
    }

    /** Whether these bytes are a value that was stored under a key. */
    public boolean verify(byte[] in, int at, int length, long key) {
        if (length < HEADER) {
            return isBody(in, at, length, hash(key));
        }
        long keyHash = (long) LONG.get(in, at);
        long checksum = (long) LONG.get(in, at + 16);
        return keyHash == hash(key)
                && (int) INT.get(in, at + 12) == length
                && checksum == checksum(keyHash, (int) INT.get(in, at + 8), length)
                && isBody(in, at + HEADER, length - HEADER, checksum);
    }

    /** What is wrong with a value that is not the one of a key, in words. */
    public String explain(byte[] in, int at, int length, long key) {
        if (length < HEADER) {
            return "its bytes are not those of the key";
        }
        long keyHash = (long) LONG.get(in, at);
        int version = (int) INT.get(in, at + 8);
        int storedLength = (int) INT.get(in, at + 12);
        if ((long) LONG.get(in, at + 16) != checksum(keyHash, version, storedLength)) {
            return "its header is damaged, or was not written by this tool";
        }
        if (keyHash != hash(key)) {
            return "it belongs to another key";
        }
        return storedLength == length
                ? "its body is damaged"
                : "it was stored with " + storedLength + " bytes";
    }

    private void writeBody(byte[] into, int at, int length, long choice) {
        int from = (int) choice & STRETCH - 1;
        for (int done = 0; done < length; done += STRETCH) {
            System.arraycopy(text, from, into, at + done, Math.min(STRETCH, length - done));
        }
    }

    private boolean isBody(byte[] in, int at, int length, long choice) {
        int from = (int) choice & STRETCH - 1;
        for (int done = 0; done < length; done += STRETCH) {
            int part = Math.min(STRETCH, length - done);
            int start = at + done;
            if (!Arrays.equals(text, from, from + part, in, start, start + part)) {
                return false;
            }
        }
        return true;
    }

    private static long checksum(long keyHash, int version, int length) {
        return hash(keyHash ^ hash((long) version << 32 | length));
    }

    /** A bijection that spreads every bit over all others (the finisher of MurmurHash3). */
    private static long hash(long number) {
        long hash = number + 0x9e3779b97f4a7c15L;
        hash = (hash ^ hash >>> 33) * 0xff51afd7ed558ccdL;
        hash = (hash ^ hash >>> 33) * 0xc4ceb9fe1a85ec53L;
        return hash ^ hash >>> 33;
    }
}
