package io.memring.server.wire;

import java.util.random.RandomGenerator;

/** How the bytes of a conversation reach the server: the replies must not depend on it. */
enum Delivery {
    /** What stands between two replies goes out in one write. */
    WHOLE,
    /** Every byte in a write of its own; long values in larger pieces between their edges. */
    BYTE_BY_BYTE,
    /** In pieces of random lengths. */
    RANDOM_CUTS,
    /** Everything in one write, before the first reply is read. */
    PIPELINED;

    /** A byte-by-byte delivery sends so many single bytes at both ends of a long write. */
    private static final int EDGE = 3000;

    private static final int LONG_PIECE = 7001;

    private static final int MAX_RANDOM_PIECE = 40;

    /** The length of the piece that begins at {@code offset} of {@code total} bytes. */
    int pieceLength(int offset, int total, RandomGenerator random) {
        return switch (this) {
            case WHOLE, PIPELINED -> total - offset;
            case BYTE_BY_BYTE -> isAtEdge(offset, total) ? 1 : middlePiece(offset, total);
            case RANDOM_CUTS -> {
                int longest = total > EDGE * 2 ? total / 20 : MAX_RANDOM_PIECE;
                yield Math.min(total - offset, 1 + random.nextInt(longest));
            }
        };
    }

    private static boolean isAtEdge(int offset, int total) {
        return offset < EDGE || total - offset <= EDGE;
    }

    private static int middlePiece(int offset, int total) {
        return Math.min(LONG_PIECE, total - EDGE - offset);
    }
}
