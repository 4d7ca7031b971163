package io.memring.protocol.binary;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;

/** Bytes of requests, written by hand: no coder of ours has a part in them. */
record TestFrame(int opcode, String extras, String key, String value, int opaque, long cas) {
    static TestFrame of(int opcode) {
        return new TestFrame(opcode, "", "", "", 0, 0);
    }

    TestFrame extras(byte... bytes) {
        String text = new String(bytes, StandardCharsets.ISO_8859_1);
        return new TestFrame(opcode, text, key, value, opaque, cas);
    }

    TestFrame key(String text) {
        return new TestFrame(opcode, extras, text, value, opaque, cas);
    }

    TestFrame value(String text) {
        return new TestFrame(opcode, extras, key, text, opaque, cas);
    }

    TestFrame opaque(int number) {
        return new TestFrame(opcode, extras, key, value, number, cas);
    }

    TestFrame cas(long number) {
        return new TestFrame(opcode, extras, key, value, opaque, number);
    }

    byte[] bytes() {
        int body = extras.length() + key.length() + value.length();
        return ByteBuffer.allocate(24 + body)
                .put(header(key.length(), extras.length(), body))
                .put(extras.getBytes(StandardCharsets.ISO_8859_1))
                .put(key.getBytes(StandardCharsets.ISO_8859_1))
                .put(value.getBytes(StandardCharsets.ISO_8859_1))
                .array();
    }

    /** The header alone, with lengths that need not be true. */
    byte[] header(int keyLength, int extrasLength, long bodyLength) {
        return ByteBuffer.allocate(24)
                .put((byte) 0x80)
                .put((byte) opcode)
                .putShort((short) keyLength)
                .put((byte) extrasLength)
                .put((byte) 0)
                .putShort((short) 0)
                .putInt((int) bodyLength)
                .putInt(opaque)
                .putLong(cas)
                .array();
    }
}
