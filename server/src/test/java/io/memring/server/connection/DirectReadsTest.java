package io.memring.server.connection;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import static java.nio.charset.StandardCharsets.US_ASCII;

import io.netty.channel.ChannelInboundHandlerAdapter;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

import java.io.IOException;
import java.net.Socket;
import java.net.SocketException;

/** Which reads go past the channel; what they bring is what the wire tests are about. */
final class DirectReadsTest {
    private final OneWorker worker = OneWorker.open();

    @AfterEach
    void stop() {
        worker.close();
    }

    @Test
    void requests_goPastTheChannel_andTheEndDoesNot() throws IOException {
        try (Socket client = worker.connect()) {
            for (int i = 0; i < 3; i++) {
                assertThat(ask(client, "mn\r\n", 4)).isEqualTo("MN\r\n");
            }
            assertThat(worker.channelReads()).isZero();

            client.shutdownOutput();

            assertThat(client.getInputStream().read()).isEqualTo(-1);
            assertThat(worker.channelReads()).isPositive();
        }
    }

    /** More than all reads of one event take: the rest comes with the next. */
    @Test
    void longRequests_goPastTheChannelInParts() throws IOException {
        int length = 3 * ReadBuffer.READS_PER_EVENT * ReadBuffer.CAPACITY;
        try (Socket client = worker.connect()) {
            String request = "set k 0 0 %d\r\n%s\r\n".formatted(length, "v".repeat(length));

            assertThat(ask(client, request, 8)).isEqualTo("STORED\r\n");
            assertThat(ask(client, "mg k s\r\n", 12)).isEqualTo("HD s%d\r\n".formatted(length));
            assertThat(worker.channelReads()).isZero();
        }
    }

    /** Such as one that decrypts. */
    @Test
    void connectionsBehindOtherHandlers_readByTheChannel() throws IOException {
        try (Socket client = worker.connect(new ChannelInboundHandlerAdapter())) {
            assertThat(ask(client, "mn\r\n", 4)).isEqualTo("MN\r\n");
            assertThat(worker.channelReads()).isPositive();
        }
    }

    /** It ends this connection; the others are served. */
    @Test
    void readsForWhichThereIsNoMemory_endTheConnection() throws IOException {
        try (Socket unlucky = worker.connect();
                Socket client = worker.connect()) {
            worker.exhaustMemory(true);
            unlucky.getOutputStream().write("mn\r\n".getBytes(US_ASCII));
            assertThatExceptionOfType(SocketException.class) // Reset, with the request unread.
                    .isThrownBy(() -> unlucky.getInputStream().read());
            worker.exhaustMemory(false);

            assertThat(ask(client, "mn\r\n", 4)).isEqualTo("MN\r\n");
            assertThat(worker.channelReads()).isZero();
        }
    }

    private static String ask(Socket client, String request, int length) throws IOException {
        client.getOutputStream().write(request.getBytes(US_ASCII));
        return new String(client.getInputStream().readNBytes(length), US_ASCII);
    }
}
