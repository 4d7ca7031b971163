package io.memring.protocol.text;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * Binary keys, which travel as base64; bytes outside the alphabet are skipped, as memcached does.
 */
final class Base64Key {
    private static final int ENCODED = 4;
    private static final int DECODED = 3;
    private static final int MAX_DECODED_LENGTH = RequestFields.MAX_KEY_LENGTH / ENCODED * DECODED;
    private static final byte[] ALPHABET =
            "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/"
                    .getBytes(StandardCharsets.US_ASCII);

    /** One or two padding characters at the end of a word of four. */
    private static final int PADDING_1 = '=' << 24;

    private static final int PADDING_2 = PADDING_1 | ('=' << 16);

    /** Six-bit values by character; padding counts as zero; -1 for what is skipped. */
    private static final byte[] VALUES = values();

    /**
     * Where a key is decoded to. Made on first use, by most connections never; outside the heap, so
     * that the engine can read it at its address; left to the garbage collector.
     */
    private ByteBuf scratch = Unpooled.EMPTY_BUFFER;

    private static byte[] values() {
        byte[] values = new byte[256];
        Arrays.fill(values, (byte) -1);
        for (int i = 0; i < ALPHABET.length; i++) {
            values[ALPHABET[i]] = (byte) i;
        }
        values['='] = 0;
        return values;
    }

    /** Replaces the request's key by what it decodes to; false if it decodes to nothing. */
    boolean decode(RequestFields request) {
        if (scratch.capacity() == 0) {
            scratch = Unpooled.wrappedBuffer(ByteBuffer.allocateDirect(MAX_DECODED_LENGTH));
        }
        int length = decode(request.keyBuffer, request.wireKeyIndex, request.wireKeyLength);
        request.keyBuffer = scratch;
        request.keyIndex = 0;
        request.keyLength = length;
        return length > 0;
    }

    /** Decodes up to the first group with padding; the length, 0 if the text is malformed. */
    private int decode(ByteBuf in, int from, int length) {
        int digits = 0;
        int group = 0;
        int padding = 0;
        int decoded = 0;
        for (int i = from; i < from + length; i++) {
            byte value = VALUES[in.getUnsignedByte(i)];
            if (value < 0) {
                continue;
            }
            if (padding < 0) {
                digits++;
                continue;
            }
            group = (group << 6) | value;
            padding += in.getByte(i) == '=' ? 1 : 0;
            if (++digits % ENCODED == 0) {
                if (padding >= DECODED) {
                    return 0;
                }
                scratch.setMedium(decoded, group);
                decoded += DECODED - padding;
                padding = padding > 0 ? -1 : 0;
                group = 0;
            }
        }
        return digits % ENCODED == 0 ? decoded : 0;
    }

    /** Appends {@code length} bytes of {@code source} as base64. */
    static void encode(ByteBuf out, ByteBuf source, int index, int length) {
        int end = index + length;
        int i = index;
        for (; end - i >= DECODED; i += DECODED) {
            out.writeIntLE(digits(source.getUnsignedMedium(i)));
        }
        switch (end - i) {
            case 1 ->
                    out.writeIntLE((digits(source.getUnsignedByte(i) << 16) & 0xFFFF) | PADDING_2);
            case 2 ->
                    out.writeIntLE(
                            (digits(source.getUnsignedShort(i) << 8) & 0xFFFFFF) | PADDING_1);
            default -> {}
        }
    }

    /** The characters of 24 bits, the first in the lowest byte. */
    private static int digits(int group) {
        return ALPHABET[group >>> 18]
                | (ALPHABET[(group >>> 12) & 63] << 8)
                | (ALPHABET[(group >>> 6) & 63] << 16)
                | (ALPHABET[group & 63] << 24);
    }
}
