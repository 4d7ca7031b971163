package io.memring.server.connection;

import io.memring.engine.EngineWorker;
import io.memring.protocol.text.KeyLookahead;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;
import io.netty.buffer.Unpooled;

import java.util.ArrayList;
import java.util.List;

/**
 * The connections of a worker whose requests are answered together.
 *
 * <p>What has arrived on several sockets is first taken from all of them, one behind the other into
 * one buffer. So the requests of many connections are looked ahead in like those of one pipeline:
 * their items come from memory at the same time, instead of one after the other. Then each
 * connection gets its part. A round ends with the event loop's look at its sockets, or sooner when
 * there is enough to look ahead in. Used by the worker's thread only.
 */
final class ReadRound {
    /** As many keys are prefetched together. */
    private static final int MAX_CONNECTIONS = EngineWorker.PREFETCH_MAX;

    private final ByteBufAllocator allocator;
    private final List<Connection> connections = new ArrayList<>(MAX_CONNECTIONS);

    /** Where the part of each connection ends in the buffer. */
    private final int[] ends = new int[MAX_CONNECTIONS];

    private ByteBuf buffer = Unpooled.EMPTY_BUFFER;
    private boolean closed;

    ReadRound(ByteBufAllocator allocator) {
        this.allocator = allocator;
    }

    /**
     * Takes what has arrived on a connection's socket, which the connection gets at the end of the
     * round.
     *
     * @return false if there was nothing, the stream has ended or is broken, or all this is closed
     */
    boolean read(int socket, Connection connection) {
        int reads = 0;
        boolean isFull = !closed;
        while (isFull && reads < ReadBuffer.READS_PER_EVENT && connection.isReading()) {
            if (connections.isEmpty()) {
                begin();
            }
            if (!SocketCalls.receive(socket, buffer)) {
                break;
            }
            reads++;
            isFull = !buffer.isWritable();
            ends[connections.size()] = buffer.writerIndex();
            connections.add(connection);
            if (connections.size() == MAX_CONNECTIONS
                    || buffer.writerIndex() >= KeyLookahead.MAX_BYTES) {
                answerAll();
            }
        }
        return reads > 0;
    }

    /** Begins with an empty buffer; not with one that a connection keeps. */
    private void begin() {
        if (buffer.refCnt() > 1 || buffer.capacity() == 0) {
            replaceBuffer(0, 0);
        }
        buffer.clear();
    }

    /** The end of the round: has all requests answered. */
    void answerAll() {
        int end = buffer.writerIndex();
        int start = 0;
        int aheadTo = 0;
        for (int i = 0; i < connections.size(); i++) {
            Connection connection = connections.get(i);
            try {
                if (buffer.refCnt() > 1) {
                    replaceBuffer(start, end);
                }
                if (start >= aheadTo) {
                    aheadTo = connection.lookAhead(buffer.setIndex(start, end));
                }
                connection.receive(buffer.setIndex(start, ends[i]).retain(), aheadTo);
                connection.joinRound();
            } catch (Throwable failure) {
                // It ends this connection; thrown on, it would end the loop of all others.
                connection.fail(failure);
            }
            start = ends[i];
        }
        connections.clear();
    }

    /**
     * Leaves the buffer to the connection that keeps it, and goes on with another, which has the
     * bytes of those whose turn comes in the same place.
     */
    private void replaceBuffer(int start, int end) {
        ByteBuf next = allocator.directBuffer(ReadBuffer.CAPACITY); // May fail; all is as before.
        next.setBytes(start, buffer, start, end - start);
        buffer.release();
        buffer = next;
    }

    /** Frees the buffer; nothing is read later. */
    void close() {
        closed = true;
        buffer.release();
        buffer = Unpooled.EMPTY_BUFFER;
    }
}
