package io.memring.server.fuzz;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;

/**
 * Cuts what a client sends into frames of the binary protocol by their headers alone, and numbers
 * them: the opaque of the n-th is n, so that replies can be told apart.
 */
final class FrameLog {
    private static final int HEADER = 24;
    private static final int OPAQUE_INDEX = 12;
    private static final byte REQUEST = (byte) 0x80;

    /** A frame that has been sent, all of it. */
    record Request(int opcode, String key, String value) {}

    /** A frame that came back. */
    record Reply(int opcode, int status, int opaque, String value) {}

    private final List<Request> requests = new ArrayList<>();
    private final ByteArrayOutputStream frame = new ByteArrayOutputStream();
    private final ByteBuffer header = ByteBuffer.allocate(HEADER);
    private long bodyLeft;
    private boolean lost;

    /** Takes the next bytes of the stream, and writes the numbers into them. */
    void number(byte[] bytes) {
        for (int i = 0; i < bytes.length && !lost; i++) {
            if (bodyLeft > 0) {
                frame.write(bytes[i]);
                bodyLeft--;
            } else {
                bytes[i] = headerByte(bytes[i]);
            }
            endFrame();
        }
    }

    private byte headerByte(byte b) {
        int index = header.position();
        lost |= index == 0 && b != REQUEST;
        int shift = Byte.SIZE * (OPAQUE_INDEX + Integer.BYTES - 1 - index);
        boolean opaque = index >= OPAQUE_INDEX && index < OPAQUE_INDEX + Integer.BYTES;
        byte written = opaque ? (byte) (requests.size() >>> shift) : b;
        header.put(written);
        if (!header.hasRemaining()) {
            bodyLeft = header.getInt(8) & 0xffff_ffffL;
        }
        return written;
    }

    private void endFrame() {
        if (bodyLeft > 0 || header.hasRemaining()) {
            return;
        }
        String body = frame.toString(ISO_8859_1);
        int keyIndex = Math.min(header.get(4) & 0xff, body.length());
        int valueIndex = Math.min(keyIndex + (header.getShort(2) & 0xffff), body.length());
        requests.add(
                new Request(
                        header.get(1) & 0xff,
                        body.substring(keyIndex, valueIndex),
                        body.substring(valueIndex)));
        frame.reset();
        header.clear();
    }

    /** The frames so far; nothing is known of what follows a byte that begins no frame. */
    List<Request> requests() {
        return requests;
    }

    /** Replies that are whole frames and nothing else. */
    static List<Reply> replies(byte[] bytes) {
        List<Reply> replies = new ArrayList<>();
        ByteBuffer in = ByteBuffer.wrap(bytes);
        while (in.hasRemaining()) {
            InlineNode.require(in.remaining() >= HEADER, "half a header came back");
            int start = in.position();
            int opcode = in.get(start + 1) & 0xff;
            int bodyLength = in.getInt(start + 8);
            int valueIndex = (in.get(start + 4) & 0xff) + (in.getShort(start + 2) & 0xffff);
            InlineNode.require(in.get(start) == (byte) 0x81, "no reply's magic");
            InlineNode.require(
                    bodyLength >= valueIndex && bodyLength <= in.remaining() - HEADER,
                    "a reply's lengths do not agree");
            byte[] value = new byte[bodyLength - valueIndex];
            in.get(start + HEADER + valueIndex, value);
            int status = in.getShort(start + 6);
            int opaque = in.getInt(start + OPAQUE_INDEX);
            replies.add(new Reply(opcode, status, opaque, new String(value, ISO_8859_1)));
            in.position(start + HEADER + bodyLength);
        }
        return replies;
    }
}
