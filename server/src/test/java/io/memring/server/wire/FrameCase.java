package io.memring.server.wire;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;

/**
 * A binary header with lengths that may lie, and what the protocol's documents say of it: written
 * down once more here, apart from the decoder.
 */
record FrameCase(int opcode, int keyLength, int extrasLength, long bodyLength) {
    private static final int[] KEY_LENGTHS = {0, 1, 250, 251, 0x7fff, 0x8000, 0xffff};
    private static final int[] EXTRAS_LENGTHS = {0, 4, 8, 20, 21, 48, 255};

    private static final int HEADER_LENGTH = 24;
    private static final int READ_BUFFER = 16 << 10;
    private static final long GIBIBYTE = 1L << 30;

    /** No reply at all. */
    static final int SILENT = -1;

    /** Whatever the request comes to. */
    static final int SERVED = -2;

    /** What the node answers, and whether it then closes. */
    record Verdict(int status, boolean closes) {}

    /** 256 opcodes, 7 lengths of keys, 7 of extras, 13 of bodies. */
    static List<FrameCase> all() {
        List<FrameCase> cases = new ArrayList<>();
        for (int opcode = 0; opcode < 256; opcode++) {
            for (int key : KEY_LENGTHS) {
                for (int extras : EXTRAS_LENGTHS) {
                    for (long body : bodyLengths(key, extras)) {
                        cases.add(new FrameCase(opcode, key, extras, body & 0xffff_ffffL));
                    }
                }
            }
        }
        return cases;
    }

    private static long[] bodyLengths(int key, int extras) {
        return new long[] {
            0,
            1,
            key - 1,
            key,
            key + extras - 1,
            key + extras,
            key + extras + 1,
            GIBIBYTE,
            GIBIBYTE + 1,
            (1L << 31) - 1,
            1L << 31,
            (1L << 32) - 24,
            (1L << 32) - 1
        };
    }

    /** The order of checks. */
    Verdict verdict() {
        if (HEADER_LENGTH + extrasLength + keyLength > READ_BUFFER) {
            return new Verdict(SILENT, true);
        }
        if (extrasLength + keyLength > bodyLength) {
            return new Verdict(0x81, true);
        }
        if (bodyLength > GIBIBYTE || keyLength > 250) {
            return new Verdict(0x04, true);
        }
        if (!isKnown()) {
            return new Verdict(0x81, false);
        }
        if (!isWellShaped()) {
            return new Verdict(0x04, true);
        }
        return switch (opcode) {
            case 0x07 -> new Verdict(0, true);
            case 0x17 -> new Verdict(SILENT, true);
            case 0x20, 0x21, 0x22 -> new Verdict(0x81, false);
            default -> new Verdict(SERVED, false);
        };
    }

    boolean isKnown() {
        return opcode <= 0x24 && opcode != 0x1b && opcode != 0x1f;
    }

    private boolean isWellShaped() {
        long value = valueLength();
        return switch (opcode) {
            case 0x07, 0x17, 0x0a, 0x0b, 0x20 -> extrasLength == 0 && keyLength == 0 && value == 0;
            case 0x08, 0x18 ->
                    (extrasLength == 0 || extrasLength == 4) && keyLength == 0 && value == 0;
            case 0x01, 0x02, 0x03, 0x11, 0x12, 0x13 -> extrasLength == 8 && keyLength > 0;
            case 0x05, 0x06, 0x15, 0x16 -> extrasLength == 20 && keyLength > 0 && value == 0;
            case 0x0e, 0x0f, 0x19, 0x1a, 0x21, 0x22 -> extrasLength == 0 && keyLength > 0;
            case 0x10 -> extrasLength == 0 && value == 0;
            case 0x1c, 0x1d, 0x1e, 0x23, 0x24 -> extrasLength == 4 && keyLength > 0 && value == 0;
            default -> extrasLength == 0 && keyLength > 0 && value == 0;
        };
    }

    private long valueLength() {
        return bodyLength - extrasLength - keyLength;
    }

    /** Whether memcached answers in the same way: see the table of differences. */
    boolean isAnsweredAlike() {
        if (extrasLength + keyLength > bodyLength || bodyLength > GIBIBYTE || keyLength > 250) {
            return true;
        }
        boolean dropsTwice = !isKnown() && extrasLength + keyLength > 0;
        boolean takesSurplus =
                switch (opcode) {
                    case 0x10, 0x1c, 0x1d, 0x1e, 0x23, 0x24 -> valueLength() > 0;
                    default -> false;
                };
        boolean waitsForTheBody = !isSmall();
        return !dropsTwice && !takesSurplus && !waitsForTheBody;
    }

    /** Whether the body's bytes can be sent as announced. */
    boolean isSmall() {
        return bodyLength <= READ_BUFFER;
    }

    /** The header, and as much of extras, key and value as fits a small frame. */
    byte[] bytes() {
        int sent = (int) Math.min(READ_BUFFER, Math.max(extrasLength + keyLength, bodyLength));
        return ByteBuffer.allocate(HEADER_LENGTH + sent)
                .put((byte) 0x80)
                .put((byte) opcode)
                .putShort((short) keyLength)
                .put((byte) extrasLength)
                .put((byte) 0)
                .putShort((short) 0)
                .putInt((int) bodyLength)
                .array();
    }
}
