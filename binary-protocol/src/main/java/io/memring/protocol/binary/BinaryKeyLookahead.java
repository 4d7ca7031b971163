package io.memring.protocol.binary;

import io.netty.buffer.ByteBuf;

/**
 * Finds the keys of the requests that wait in an input, before any of them is decoded, so that the
 * memory behind all of them can be fetched at once. Frames that are refused later may be among
 * them, which costs nothing but time. One per worker; what was found holds until the next {@link
 * #scan}.
 */
public final class BinaryKeyLookahead {
    /** Bytes that one scan looks at at most. */
    private static final int MAX_BYTES = 4096;

    private final int[] starts;
    private final int[] lengths;
    private int count;
    private int end;

    /** Finds {@code maxKeys} keys at most in one scan. */
    public BinaryKeyLookahead(int maxKeys) {
        starts = new int[maxKeys];
        lengths = new int[maxKeys];
    }

    /** Looks for keys from a frame's start at the reader index on; returns how many there are. */
    public int scan(ByteBuf in) {
        long frame = in.readerIndex();
        long limit = frame + Math.min(in.readableBytes(), MAX_BYTES);
        count = 0;
        while (frame + Header.LENGTH <= limit && count < starts.length) {
            int start = (int) frame;
            int length = in.getUnsignedShort(start + Header.KEY_LENGTH);
            int key = start + Header.LENGTH + in.getUnsignedByte(start + Header.EXTRAS_LENGTH);
            if (length > 0 && key + length <= limit) {
                starts[count] = key;
                lengths[count++] = length;
            }
            frame += Header.LENGTH + in.getUnsignedInt(start + Header.BODY_LENGTH);
        }
        end = (int) Math.min(frame, in.writerIndex());
        return count;
    }

    /** Where a key that was found begins in the input. */
    public int keyIndex(int key) {
        return starts[key];
    }

    public int keyLength(int key) {
        return lengths[key];
    }

    /** The input has been looked at up to here. */
    public int end() {
        return end;
    }
}
