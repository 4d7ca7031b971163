package io.memring.client;

import java.io.IOException;
import java.net.StandardSocketOptions;
import java.nio.ByteBuffer;
import java.util.Arrays;

/** What a {@link FaultProxy} does with a piece of a node's output. */
enum Fault {
    NONE {
        @Override
        void pass(FaultProxy.Link link, byte[] piece) throws IOException {
            link.send(piece);
        }
    },
    DELAY {
        @Override
        void pass(FaultProxy.Link link, byte[] piece) throws IOException, InterruptedException {
            link.pause();
            link.send(piece);
        }
    },
    SPLIT {
        @Override
        void pass(FaultProxy.Link link, byte[] piece) throws IOException {
            for (int at = 0; at < piece.length; ) {
                int length = at < SINGLE_BYTES ? 1 : 1 + link.random(MAX_SPLIT);
                link.send(Arrays.copyOfRange(piece, at, Math.min(at + length, piece.length)));
                at += length;
            }
        }
    },
    /** The bytes come when the fault is over, in order. */
    STALL {
        @Override
        void pass(FaultProxy.Link link, byte[] piece) throws IOException, InterruptedException {
            link.send(Arrays.copyOf(piece, piece.length / 2));
            link.waitUntilHealed();
            link.send(Arrays.copyOfRange(piece, piece.length / 2, piece.length));
        }
    },
    RESET {
        @Override
        void pass(FaultProxy.Link link, byte[] piece) throws IOException {
            link.send(Arrays.copyOf(piece, piece.length / 2));
            link.client().setOption(StandardSocketOptions.SO_LINGER, 0);
            link.client().close();
        }
    },
    HALF_CLOSE {
        @Override
        void pass(FaultProxy.Link link, byte[] piece) throws IOException {
            link.send(Arrays.copyOf(piece, piece.length / 2));
            link.client().shutdownOutput();
        }
    },
    /** In place of replies, never in the middle of a value: nobody could tell that. */
    GARBAGE {
        @Override
        void pass(FaultProxy.Link link, byte[] piece) throws IOException {
            link.send(beginsReply(piece) ? link.randomBytes(piece.length) : piece);
        }
    },
    /** All replies twice. */
    TOO_MUCH {
        @Override
        void pass(FaultProxy.Link link, byte[] piece) throws IOException {
            link.send(piece);
            if (beginsReply(piece)) {
                link.send(piece);
            }
        }
    };

    private static final int SINGLE_BYTES = 200;
    private static final int MAX_SPLIT = 500;
    private static final int BINARY_REPLY = 0x81;

    /** Deals with a piece; the fault lasts until the proxy is told otherwise. */
    abstract void pass(FaultProxy.Link link, byte[] piece) throws IOException, InterruptedException;

    /** True for the codes of replies; the values of {@link Workload} have no capitals. */
    private static boolean beginsReply(byte[] piece) {
        int first = ByteBuffer.wrap(piece).get() & 0xFF;
        return first == BINARY_REPLY || first >= 'A' && first <= 'Z';
    }
}
