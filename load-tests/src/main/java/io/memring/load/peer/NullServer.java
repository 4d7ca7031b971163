package io.memring.load.peer;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.StandardSocketOptions;
import java.nio.ByteBuffer;
import java.nio.channels.ClosedSelectorException;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;

/**
 * Answers every line with the same bytes: to gets of the text and the meta protocol with a miss, or
 * to those of the meta protocol with a hit. It keeps nothing and looks at nothing but line feeds,
 * so that it is the cheapest peer that a load generator can have. One thread.
 */
public final class NullServer implements AutoCloseable {

    private static final int BUFFER_BYTES = 1 << 18;
    static final byte[] VERSION = ascii("VERSION null\r\n");
    private static final byte[] END = ascii("END\r\n");
    private static final byte[] META_END = ascii("EN\r\n");

    private final ServerSocketChannel listener;
    private final Selector selector;
    private final ByteBuffer received = ByteBuffer.allocateDirect(BUFFER_BYTES);
    private final byte[] bytes = new byte[BUFFER_BYTES];
    private final Replies versions = new Replies(VERSION);
    private final Replies ends = new Replies(END);
    private final Replies metaReplies;

    /**
     * Listens on the loopback interface.
     *
     * @param port 0 for a free one
     * @param valueLength of the hits of meta gets; negative to let them miss
     */
    public NullServer(int port, int valueLength) throws IOException {
        metaReplies = new Replies(valueLength < 0 ? META_END : hit(valueLength));
        selector = Selector.open();
        listener = ServerSocketChannel.open();
        listener.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), port));
        listener.configureBlocking(false);
        listener.register(selector, SelectionKey.OP_ACCEPT);
    }

    /** Listens on a port until it is killed; the port, and the length of values if gets hit. */
    public static void main(String... arguments) throws IOException {
        int port = arguments.length > 0 ? Integer.parseInt(arguments[0]) : 0;
        int valueLength = arguments.length > 1 ? Integer.parseInt(arguments[1]) : -1;
        try (NullServer server = new NullServer(port, valueLength)) {
            System.out.println(server.port());
            server.run();
        }
    }

    /** The port that it listens on. */
    public int port() {
        return listener.socket().getLocalPort();
    }

    /** Serves until it is closed. */
    public void run() throws IOException {
        try {
            while (selector.isOpen()) {
                selector.select(this::onSelected);
            }
        } catch (ClosedSelectorException e) {
            // It was closed between two looks.
        } catch (UncheckedIOException e) {
            throw e.getCause();
        }
    }

    @Override
    public void close() throws IOException {
        listener.close();
        selector.close();
    }

    private void onSelected(SelectionKey key) {
        if (key.attachment() instanceof Client client) {
            serve(key, client);
        } else {
            accept();
        }
    }

    private void accept() {
        try {
            SocketChannel channel = listener.accept();
            if (channel != null) {
                channel.configureBlocking(false);
                channel.setOption(StandardSocketOptions.TCP_NODELAY, true);
                channel.register(selector, SelectionKey.OP_READ, new Client(channel));
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void serve(SelectionKey key, Client client) {
        try {
            if (client.owed > 0 || client.receive()) {
                client.answer();
                key.interestOps(client.owed > 0 ? SelectionKey.OP_WRITE : SelectionKey.OP_READ);
            } else {
                client.channel.close();
            }
        } catch (IOException e) {
            key.cancel(); // The client has gone, which is all that there is to know.
        }
    }

    /** A reply many times over, to be sent in pieces of any length. */
    private static final class Replies {
        final int length;
        final ByteBuffer block;

        Replies(byte[] reply) {
            length = reply.length;
            int count = Math.max(2, BUFFER_BYTES / length);
            block = ByteBuffer.allocateDirect(count * length);
            for (int i = 0; i < count; i++) {
                block.put(reply);
            }
        }
    }

    /** A connection. */
    private final class Client {
        final SocketChannel channel;

        /** Bytes of replies that have not been sent. */
        long owed;

        private Replies replies = ends;
        private boolean isAtLineStart = true;

        Client(SocketChannel channel) {
            this.channel = channel;
        }

        /** Reads, and counts the lines; false when the client has gone. */
        boolean receive() throws IOException {
            received.clear();
            int count = channel.read(received);
            if (count <= 0) {
                return count == 0;
            }
            received.flip().get(bytes, 0, count);
            if (isAtLineStart) {
                replies = repliesTo(bytes[0]);
            }
            isAtLineStart = bytes[count - 1] == '\n';
            owed = (long) lines(count) * replies.length;
            return true;
        }

        /** By the first letter, since what is read at once is all of one kind. */
        private Replies repliesTo(byte letter) {
            return switch (letter) {
                case 'm' -> metaReplies;
                case 'v' -> versions;
                default -> ends;
            };
        }

        private int lines(int count) {
            int lines = 0;
            for (int i = 0; i < count; i++) {
                lines += bytes[i] == '\n' ? 1 : 0;
            }
            return lines;
        }

        void answer() throws IOException {
            while (owed > 0) {
                // It ends where a reply ends, which tells where in a reply it begins.
                int from = (int) ((replies.length - owed % replies.length) % replies.length);
                ByteBuffer block = replies.block.clear().position(from);
                int length = (int) Math.min(owed, block.remaining());
                int written = channel.write(block.limit(from + length));
                owed -= written;
                if (written < length) {
                    return;
                }
            }
        }
    }

    /** The reply to a meta get that asks for the value. */
    static byte[] hit(int valueLength) {
        return ascii("VA " + valueLength + "\r\n" + "v".repeat(valueLength) + "\r\n");
    }

    private static byte[] ascii(String text) {
        return text.getBytes(US_ASCII);
    }
}
