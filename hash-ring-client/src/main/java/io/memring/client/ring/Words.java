package io.memring.client.ring;

/** Words in byte arrays. */
final class Words {
    private Words() {}

    /** Four bytes, the first in the lowest. */
    static int littleEndian(byte[] bytes, int index) {
        return (bytes[index] & 0xFF)
                | (bytes[index + 1] & 0xFF) << 8
                | (bytes[index + 2] & 0xFF) << 16
                | bytes[index + 3] << 24;
    }

    /** Eight bytes, the first in the lowest. */
    static long longLittleEndian(byte[] bytes, int index) {
        return (littleEndian(bytes, index) & 0xFFFFFFFFL)
                | (long) littleEndian(bytes, index + Integer.BYTES) << 32;
    }

    /** The bytes of a word, the lowest first. */
    static byte[] bytesOf(int word) {
        return new byte[] {
            (byte) word, (byte) (word >>> 8), (byte) (word >>> 16), (byte) (word >>> 24)
        };
    }
}
