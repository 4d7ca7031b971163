package io.memring.load.engine;

import java.io.EOFException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;

import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLEngineResult;
import javax.net.ssl.SSLEngineResult.HandshakeStatus;
import javax.net.ssl.SSLEngineResult.Status;
import javax.net.ssl.SSLException;

/** Bytes over TLS, by the JDK. */
final class TlsLink implements Link {
    private static final ByteBuffer NOTHING = ByteBuffer.allocate(0);

    private final SocketChannel channel;
    private final SSLEngine engine;

    /** From the network, to be decrypted; in the state for reading. */
    private final ByteBuffer encryptedIn;

    /** Encrypted, for the network; in the state for reading. */
    private final ByteBuffer encryptedOut;

    private final ByteBuffer handshakeIn;

    TlsLink(SocketChannel channel, SSLEngine engine) throws SSLException {
        this.channel = channel;
        this.engine = engine;
        int packet = engine.getSession().getPacketBufferSize();
        encryptedIn = ByteBuffer.allocateDirect(packet).flip();
        encryptedOut = ByteBuffer.allocateDirect(packet).flip();
        handshakeIn = ByteBuffer.allocate(engine.getSession().getApplicationBufferSize());
        engine.beginHandshake();
    }

    @Override
    public boolean handshake() throws IOException {
        while (true) {
            drain();
            HandshakeStatus status = engine.getHandshakeStatus();
            boolean advanced =
                    switch (status) {
                        case FINISHED, NOT_HANDSHAKING -> false;
                        case NEED_TASK -> runTasks();
                        case NEED_WRAP -> wrap(NOTHING);
                        case NEED_UNWRAP, NEED_UNWRAP_AGAIN -> unwrapHandshake();
                    };
            if (!advanced) {
                return status == HandshakeStatus.NOT_HANDSHAKING && !encryptedOut.hasRemaining();
            }
        }
    }

    private boolean runTasks() {
        for (Runnable task = engine.getDelegatedTask();
                task != null;
                task = engine.getDelegatedTask()) {
            task.run();
        }
        return true;
    }

    private boolean unwrapHandshake() throws IOException {
        SSLEngineResult result = engine.unwrap(encryptedIn, handshakeIn);
        if (result.getStatus() == Status.CLOSED) {
            throw new EOFException("closed the connection in the handshake");
        }
        if (result.getStatus() != Status.BUFFER_UNDERFLOW) {
            return true;
        }
        int count = fill();
        if (count < 0) {
            throw new EOFException("closed the connection in the handshake");
        }
        return count > 0;
    }

    /** Reads from the network; returns what it has read, -1 at the end. */
    private int fill() throws IOException {
        encryptedIn.compact();
        try {
            return channel.read(encryptedIn);
        } finally {
            encryptedIn.flip();
        }
    }

    @Override
    public int read(ByteBuffer into) throws IOException {
        int before = into.position();
        while (true) {
            SSLEngineResult result = engine.unwrap(encryptedIn, into);
            switch (result.getStatus()) {
                case CLOSED -> {
                    return into.position() > before ? into.position() - before : -1;
                }
                case BUFFER_OVERFLOW -> {
                    return into.position() - before;
                }
                case BUFFER_UNDERFLOW -> {
                    int count = fill();
                    if (count <= 0) {
                        int read = into.position() - before;
                        return read > 0 ? read : count;
                    }
                }
                case OK -> afterHandshake();
            }
        }
    }

    /** Answers what comes after the handshake, such as a change of keys. */
    private void afterHandshake() throws IOException {
        HandshakeStatus status = engine.getHandshakeStatus();
        if (status == HandshakeStatus.NEED_TASK) {
            runTasks();
        } else if (status == HandshakeStatus.NEED_WRAP && !encryptedOut.hasRemaining()) {
            wrap(NOTHING);
            drain();
        }
    }

    @Override
    public void write(ByteBuffer from) throws IOException {
        drain();
        while (from.hasRemaining() && !encryptedOut.hasRemaining()) {
            wrap(from);
            drain();
        }
    }

    /** Encrypts a record; false if the last one is not yet gone. */
    private boolean wrap(ByteBuffer from) throws IOException {
        if (encryptedOut.hasRemaining()) {
            return false;
        }
        encryptedOut.clear();
        try {
            SSLEngineResult result = engine.wrap(from, encryptedOut);
            if (result.getStatus() == Status.CLOSED) {
                throw new EOFException("closed the connection");
            }
        } finally {
            encryptedOut.flip();
        }
        return true;
    }

    private void drain() throws IOException {
        if (encryptedOut.hasRemaining()) {
            channel.write(encryptedOut);
        }
    }

    @Override
    public boolean isBlocked() {
        return encryptedOut.hasRemaining();
    }

    @Override
    public void close() throws IOException {
        engine.closeOutbound();
        if (!encryptedOut.hasRemaining() && !engine.isOutboundDone()) {
            wrapFarewell();
        }
        channel.close();
    }

    /** Says good-bye, if the network takes it at once. */
    private void wrapFarewell() {
        try {
            encryptedOut.clear();
            engine.wrap(NOTHING, encryptedOut);
            encryptedOut.flip();
            channel.write(encryptedOut);
        } catch (IOException e) {
            encryptedOut.limit(0); // The peer has gone before us.
        }
    }
}
