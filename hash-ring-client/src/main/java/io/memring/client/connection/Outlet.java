package io.memring.client.connection;

import io.netty.buffer.ByteBuf;
import io.netty.channel.Channel;

import org.jspecify.annotations.Nullable;

/**
 * The way out of a connection: encodes requests into a batch, and hands the batch to the channel of
 * the moment. The event loop alone.
 */
final class Outlet {
    private static final int MAX_BATCH_BYTES = 64 * 1024;

    private final RequestEncoder encoder;
    private final BatchWriter batch = new BatchWriter();
    private final OpaqueSource opaques = new OpaqueSource();
    private @Nullable Channel channel;

    Outlet(RequestEncoder encoder) {
        this.encoder = encoder;
    }

    /** Writes to a channel from now on. */
    void open(Channel next) {
        channel = next;
    }

    boolean isOpen() {
        return channel != null;
    }

    /** False also while the channel has more than it can send. */
    boolean isWritable() {
        Channel out = channel;
        return out != null && out.isWritable();
    }

    /** Adds a request to the batch. */
    void add(Request<?> request) {
        request.encode(encoder, batch, opaques);
    }

    /**
     * Writes the batch if it is large. That may make the channel writable or not, of which the
     * connection hears before this returns: whatever was added must be on its books by then.
     */
    void spill() {
        Channel out = channel;
        if (out != null && batch.length() >= MAX_BATCH_BYTES) {
            write(out);
        }
    }

    /** Sends what was added. */
    void flush() {
        Channel out = channel;
        if (out != null) {
            if (batch.length() > 0) {
                write(out);
            }
            out.flush();
        }
    }

    @SuppressWarnings("FutureReturnValueIgnored") // What cannot be written ends the channel.
    private void write(Channel out) {
        ByteBuf bytes = out.alloc().buffer(batch.length());
        batch.moveTo(bytes);
        out.write(bytes, out.voidPromise());
    }

    /** Closes the channel; what was added and not sent is forgotten. */
    @SuppressWarnings("FutureReturnValueIgnored") // Nobody waits for it.
    void close() {
        Channel old = channel;
        channel = null;
        batch.clear();
        if (old != null) {
            old.close();
        }
    }
}
