package io.memring.server.connection;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import static java.nio.charset.StandardCharsets.US_ASCII;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.epoll.Epoll;
import io.netty.channel.unix.Socket;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Real sockets; skipped where the system has no such ring. */
final class SendRingTest {
    private static final int TIMEOUT_MILLIS = 20_000;

    /** More than a socket takes from a client that does not read. */
    private static final int LARGE = 64 << 20;

    private final List<Pair> pairs = new ArrayList<>();
    private Optional<SendRing> ring = Optional.empty();

    @BeforeEach
    void open() {
        assumeTrue(Epoll.isAvailable());
        ring = SendRing.open();
        assumeTrue(ring.isPresent());
    }

    @AfterEach
    void close() throws IOException {
        for (Pair pair : pairs) {
            pair.client.close();
            pair.server.close();
            pair.bytes.release();
        }
        ring.ifPresent(SendRing::close);
    }

    @Test
    void eachSocket_getsItsOwnBytes_roundAfterRound() throws IOException {
        for (int i = 0; i < SendRing.CAPACITY; i++) {
            connect();
        }
        for (int round = 0; round < 5; round++) {
            int senders = SendRing.CAPACITY - 7 * round;
            for (int i = 0; i < senders; i++) {
                assertThat(add(pairs.get(i), "round " + round + " for " + i)).isEqualTo(i);
            }
            ring.orElseThrow().sendAll();
            for (int i = 0; i < senders; i++) {
                assertThat(hasSent(pairs.get(i), i)).isTrue();
                assertThat(pairs.get(i).read()).isEqualTo("round " + round + " for " + i);
            }
        }
    }

    @Test
    void clientThatDoesNotRead_hasARest_andTheOthersAreServed() throws IOException {
        Pair stuck = connect();
        Pair reader = connect();
        stuck.bytes.writeZero(LARGE);
        ring.orElseThrow().add(stuck.server.intValue(), stuck.bytes);
        add(reader, "for the reader");
        ring.orElseThrow().sendAll();
        assertThat(hasSent(stuck, 0)).isFalse();
        assertThat(stuck.bytes.readerIndex()).isPositive().isLessThan(LARGE);
        assertThat(hasSent(reader, 1)).isTrue();
        assertThat(reader.read()).isEqualTo("for the reader");

        int sent = stuck.bytes.readerIndex();
        ring.orElseThrow().add(stuck.server.intValue(), stuck.bytes);
        ring.orElseThrow().sendAll();
        assertThat(hasSent(stuck, 0)).isFalse();
        int now = stuck.bytes.readerIndex();
        assertThat(now).isGreaterThanOrEqualTo(sent);
        assertThat(stuck.client.getInputStream().readNBytes(now)).hasSize(now);
    }

    @Test
    void brokenConnection_isToldOf_andTheOthersAreServed() throws IOException {
        Pair broken = connect();
        Pair reader = connect();
        broken.server.shutdown(false, true);
        add(broken, "nobody hears");
        add(reader, "for the reader");
        ring.orElseThrow().sendAll();
        assertThat(hasSent(broken, 0)).isFalse();
        assertThat(broken.bytes.readerIndex()).isZero();
        assertThat(hasSent(reader, 1)).isTrue();
        assertThat(reader.read()).isEqualTo("for the reader");
    }

    private int add(Pair pair, String text) {
        pair.bytes.clear().writeCharSequence(text, US_ASCII);
        return ring.orElseThrow().add(pair.server.intValue(), pair.bytes);
    }

    private boolean hasSent(Pair pair, int number) {
        return ring.orElseThrow().hasSent(number, pair.bytes);
    }

    private Pair connect() throws IOException {
        try (ServerSocket listener = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            Socket server = Socket.newSocketStream();
            var _ =
                    server.connect(
                            new InetSocketAddress(
                                    listener.getInetAddress(), listener.getLocalPort()));
            java.net.Socket client = listener.accept();
            assertThat(server.finishConnect()).isTrue();
            client.setSoTimeout(TIMEOUT_MILLIS);
            Pair pair = new Pair(server, client, Unpooled.directBuffer());
            pairs.add(pair);
            return pair;
        }
    }

    /** The two ends of a connection, and what is sent from the first. */
    private record Pair(Socket server, java.net.Socket client, ByteBuf bytes) {
        String read() throws IOException {
            return new String(client.getInputStream().readNBytes(bytes.writerIndex()), US_ASCII);
        }
    }
}
