package io.memring.server;

import java.io.IOException;
import java.net.SocketAddress;
import java.net.StandardSocketOptions;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;

/**
 * A client that asks what most clients ask, so that the JVM loads, links and compiles what answers
 * them. Its requests end with a no-op, whose reply tells that all have been answered.
 */
final class SampleClient implements AutoCloseable {

    static final String REQUESTS =
            """
            set key 0 0 5\r
            value\r
            get key\r
            gets key other\r
            set number 0 0 1\r
            1\r
            incr number 2\r
            mg key t f v\r
            ms key 5\r
            value\r
            touch key 0\r
            delete number\r
            get number\r
            mn\r
            """;

    private static final ByteBuffer LAST_REPLY =
            ByteBuffer.wrap("MN\r\n".getBytes(StandardCharsets.US_ASCII)).asReadOnlyBuffer();

    private final SocketChannel channel;

    /** Of the replies, what has come last. */
    private final ByteBuffer replies = ByteBuffer.allocate(1024);

    SampleClient(SocketAddress node) throws IOException {
        channel = SocketChannel.open(node);
    }

    void send(String requests) throws IOException {
        ByteBuffer bytes = ByteBuffer.wrap(requests.getBytes(StandardCharsets.US_ASCII));
        while (bytes.hasRemaining()) {
            channel.write(bytes);
        }
    }

    /** Waits for the replies to what has been sent, or for the end of the connection. */
    void awaitReplies() throws IOException {
        replies.clear();
        while (channel.read(replies) >= 0 && !endsWithLastReply()) {
            if (!replies.hasRemaining()) {
                replies.position(replies.limit() - LAST_REPLY.capacity()).compact();
            }
        }
    }

    private boolean endsWithLastReply() {
        int start = replies.position() - LAST_REPLY.capacity();
        return start >= 0
                && replies.slice(start, LAST_REPLY.capacity()).equals(LAST_REPLY.duplicate());
    }

    /**
     * Has the node close the connection, and so that the system need not remember it for a minute
     * ({@code TIME_WAIT}), answers that with a reset.
     */
    void quit() throws IOException {
        send("quit\r\n");
        awaitReplies();
        channel.setOption(StandardSocketOptions.SO_LINGER, 0);
        close();
    }

    @Override
    public void close() throws IOException {
        channel.close();
    }
}
