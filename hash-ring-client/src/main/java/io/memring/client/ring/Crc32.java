package io.memring.client.ring;

/** CRC-32 of IEEE 802.3 by table, which goes on from an earlier value without an object. */
final class Crc32 {
    private static final int POLYNOMIAL = 0xEDB88320;
    private static final int[] TABLE = table();

    private Crc32() {}

    private static int[] table() {
        int[] table = new int[256];
        for (int i = 0; i < table.length; i++) {
            int value = i;
            for (int bit = 0; bit < Byte.SIZE; bit++) {
                value = (value >>> 1) ^ ((value & 1) == 0 ? 0 : POLYNOMIAL);
            }
            table[i] = value;
        }
        return table;
    }

    /** The checksum of what {@code crc} is the checksum of, followed by these bytes. */
    static int update(int crc, byte[] bytes, int from, int length) {
        int state = ~crc;
        for (int i = from; i < from + length; i++) {
            state = (state >>> 8) ^ TABLE[(state ^ bytes[i]) & 0xFF];
        }
        return ~state;
    }
}
