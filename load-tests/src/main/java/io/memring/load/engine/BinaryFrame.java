package io.memring.load.engine;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static java.nio.charset.StandardCharsets.UTF_8;

import org.jspecify.annotations.Nullable;

import java.nio.ByteBuffer;

/** A reply of the binary protocol, outside of the load itself: logins and statistics. */
final class BinaryFrame {
    static final int VERSION = 0x0b;
    static final int STAT = 0x10;
    static final int SASL_LIST_MECHS = 0x20;
    static final int SASL_AUTH = 0x21;
    static final int SASL_STEP = 0x22;

    static final int HEADER = 24;

    private static final byte REQUEST = (byte) 0x80;
    private static final byte REPLY = (byte) 0x81;

    /** Far more than any of these replies has. */
    private static final int MAX_BODY = 1 << 20;

    private final int opcode;
    private final int status;
    private final String key;
    private final byte[] value;

    private BinaryFrame(int opcode, int status, String key, byte[] value) {
        this.opcode = opcode;
        this.status = status;
        this.key = key;
        this.value = value;
    }

    /** Encodes a request. */
    static byte[] request(int opcode, String key, byte[] value) {
        byte[] keyBytes = key.getBytes(US_ASCII);
        return ByteBuffer.allocate(HEADER + keyBytes.length + value.length)
                .put(REQUEST)
                .put((byte) opcode)
                .putShort((short) keyBytes.length)
                .putInt(0)
                .putInt(keyBytes.length + value.length)
                .putInt(0)
                .putLong(0)
                .put(keyBytes)
                .put(value)
                .array();
    }

    /** The length of the body, by the header; -1 if it is not the header of a reply. */
    static int bodyLength(ByteBuffer header) {
        int at = header.position();
        int length = header.getInt(at + 8);
        return header.get(at) == REPLY && length >= 0 && length <= MAX_BODY ? length : -1;
    }

    /** Takes a reply out of a buffer; null if it is not there in whole. */
    static @Nullable BinaryFrame read(ByteBuffer in) {
        if (in.remaining() < HEADER || in.remaining() < HEADER + bodyLength(in)) {
            return null;
        }
        int at = in.position();
        int body = bodyLength(in);
        int extras = Math.min(in.get(at + 4) & 0xff, body);
        byte[] key = new byte[Math.min(in.getShort(at + 2) & 0xffff, body - extras)];
        byte[] value = new byte[body - extras - key.length];
        in.get(at + HEADER + extras, key);
        in.get(at + HEADER + extras + key.length, value);
        int opcode = in.get(at + 1) & 0xff;
        int status = in.getShort(at + 6) & 0xffff;
        in.position(at + HEADER + body);
        return new BinaryFrame(opcode, status, new String(key, UTF_8), value);
    }

    int opcode() {
        return opcode;
    }

    /** 0 for success. */
    int status() {
        return status;
    }

    String key() {
        return key;
    }

    byte[] value() {
        return value;
    }

    String text() {
        return new String(value, UTF_8);
    }
}
