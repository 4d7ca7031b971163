package io.memring.load.engine;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;

/** Bytes as they are. */
final class PlainLink implements Link {
    private final SocketChannel channel;
    private boolean blocked;

    PlainLink(SocketChannel channel) {
        this.channel = channel;
    }

    @Override
    public boolean handshake() {
        return true;
    }

    @Override
    public int read(ByteBuffer into) throws IOException {
        return channel.read(into);
    }

    @Override
    public void write(ByteBuffer from) throws IOException {
        channel.write(from);
        blocked = from.hasRemaining();
    }

    @Override
    public boolean isBlocked() {
        return blocked;
    }

    @Override
    public void close() throws IOException {
        channel.close();
    }
}
