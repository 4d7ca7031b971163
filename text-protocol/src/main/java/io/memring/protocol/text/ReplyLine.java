package io.memring.protocol.text;

import io.netty.buffer.ByteBuf;

import java.nio.charset.StandardCharsets;

/**
 * A reply line that never changes, kept as little-endian words so that it goes out in a few stores.
 * The last word may be padded: the bytes behind the line are overwritten by whatever follows.
 */
final class ReplyLine {
    private final long[] words;
    private final int length;

    /** Keeps a text with a line end behind it. */
    ReplyLine(String text) {
        byte[] bytes = (text + "\r\n").getBytes(StandardCharsets.US_ASCII);
        length = bytes.length;
        words = new long[(length + Long.BYTES - 1) / Long.BYTES];
        for (int i = 0; i < length; i++) {
            words[i >> 3] |= (long) bytes[i] << (i << 3);
        }
    }

    void writeTo(ByteBuf out) {
        out.ensureWritable(words.length * Long.BYTES);
        int index = out.writerIndex();
        for (int i = 0; i < words.length; i++) {
            out.setLongLE(index + (i << 3), words[i]);
        }
        out.writerIndex(index + length);
    }
}
