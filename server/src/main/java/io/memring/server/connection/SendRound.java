package io.memring.server.connection;

import org.jspecify.annotations.Nullable;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Executor;

/**
 * The connections of a worker whose replies leave together.
 *
 * <p>What has arrived on several connections is decoded and answered first; then all replies are
 * sent, one system call after the other. Decoding and the kernel's network code are each larger
 * than the nearest cache for instructions: taken in turns for every request, they would push each
 * other out of it. Where it can, a {@link SendRing} sends for all with one system call. A round
 * ends with the pass of the event loop that began it, or sooner when much has piled up. Used by the
 * worker's thread only.
 */
final class SendRound implements Runnable {
    /** Beyond these, replies that wait are no longer in the nearer caches for data. */
    private static final int MAX_CONNECTIONS = 64;

    private static final int MAX_BYTES = 64 << 10;

    private final Executor loop;
    private final List<Connection> connections = new ArrayList<>(MAX_CONNECTIONS);
    private int bytes;

    /** Those of them whose replies go past their channels. */
    private int direct;

    /** Passes with replies since the last {@link #reportTo}, and connections that had some. */
    private int passes;

    private int joined;

    /** From the first round of several direct connections on; null where the system has none. */
    private @Nullable SendRing ring;

    private boolean ringTried;

    /** The end of this round is among the loop's tasks. */
    private boolean scheduled;

    SendRound(Executor loop) {
        this.loop = loop;
    }

    /**
     * Has the connection send its replies soon; it joins once a round.
     *
     * @param isDirect whether replies may go past its channel
     */
    void join(Connection connection, int replyBytes, boolean isDirect) {
        connections.add(connection);
        bytes += replyBytes;
        direct += isDirect ? 1 : 0;
        joined++;
        if (!scheduled) {
            scheduled = true;
            loop.execute(this);
        }
        if (bytes >= MAX_BYTES || connections.size() == MAX_CONNECTIONS) {
            sendAll();
        }
    }

    /** After the pass of the event loop. */
    @Override
    public void run() {
        scheduled = false;
        passes++;
        sendAll();
    }

    private void sendAll() {
        SendRing together = direct > 1 ? ring() : null;
        if (together != null) {
            for (Connection connection : connections) {
                connection.addTo(together);
            }
            together.sendAll();
        }
        for (Connection connection : connections) {
            connection.sendInRound();
        }
        connections.clear();
        bytes = 0;
        direct = 0;
    }

    private @Nullable SendRing ring() {
        if (!ringTried) {
            ringTried = true;
            ring = SendRing.open().orElse(null);
        }
        return ring;
    }

    /** Frees what it keeps; to be called when there are no more connections. */
    void close() {
        SendRing last = ring;
        ring = null;
        ringTried = true;
        if (last != null) {
            last.close();
        }
    }

    /** Tells of what has been sent since it was last called. */
    void reportTo(WorkerScheduling scheduling) {
        scheduling.adapt(passes, joined);
        passes = 0;
        joined = 0;
    }
}
