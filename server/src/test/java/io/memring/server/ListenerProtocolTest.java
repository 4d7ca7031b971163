package io.memring.server;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** Listeners with a protocol of their own, {@code -l proto[...]}. */
final class ListenerProtocolTest {

    private static final String ADDRESSES =
            "-p -1 -l proto[binary]:127.0.0.1,proto[ascii]:127.0.0.1,proto[negotiating]:127.0.0.1,"
                    + "127.0.0.1 -B ";

    /** Its second byte, the opcode, ends a line, and so does that of the reply. */
    private static final String BINARY_NOOP = "\u0080\n" + "\0".repeat(22);

    private static MemringServer start(String line) {
        Invocation.Serve serve = (Invocation.Serve) CommandLineReader.read(line.split(" ", -1));
        return MemringServer.start(serve.config());
    }

    @ParameterizedTest
    @ValueSource(strings = {"ascii", "binary"})
    void listeners_speakTheirOwnProtocol_theOthersThatOfTheNode(String protocol) {
        try (MemringServer server = start(ADDRESSES + protocol)) {
            List<InetSocketAddress> addresses = server.addresses();
            assertSpeaks(addresses.get(0), false, true);
            assertSpeaks(addresses.get(1), true, false);
            assertSpeaks(addresses.get(2), true, true);
            assertSpeaks(addresses.get(3), protocol.equals("ascii"), protocol.equals("binary"));
        }
    }

    @Test
    void negotiatingListeners_besideALoginInText_speakNoBinary(@TempDir Path folder)
            throws IOException {
        Path users = Files.writeString(folder.resolve("users"), "shop:pw\n");
        try (MemringServer server = start("-p -1 -l proto[negotiating]:127.0.0.1 -Y " + users);
                TestClient client = TestClient.connect(server)) {
            client.send(BINARY_NOOP);
            assertThat(client.readLine()).isEmpty();
        }
    }

    private static void assertSpeaks(InetSocketAddress address, boolean text, boolean binary) {
        try (TestClient client = TestClient.connect(address)) {
            client.send("version\r\n".repeat(4));
            if (text) {
                assertThat(client.readLine()).startsWith("VERSION ");
            } else {
                assertThat(client.isAtEnd()).isTrue();
            }
        }
        try (TestClient client = TestClient.connect(address)) {
            client.send(BINARY_NOOP);
            assertThat(client.readLine()).startsWith(binary ? "\u0081" : "CLIENT_ERROR");
        }
    }
}
