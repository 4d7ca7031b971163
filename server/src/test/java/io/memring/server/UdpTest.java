package io.memring.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetSocketAddress;
import java.net.SocketTimeoutException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;

/** Requests in datagrams. */
class UdpTest {

    private static final int HEADER = 8;
    private static final int MAX_DATAGRAM = 1400;

    /** How long nothing must come for nothing to have come. */
    private static final int SILENCE_MILLIS = 300;

    private static final int PATIENCE_MILLIS = 20_000;

    /** A client that asks by UDP and puts the replies' datagrams together. */
    private static final class UdpClient implements AutoCloseable {

        private final DatagramSocket socket = new DatagramSocket();
        private final InetSocketAddress node;
        private int lastDatagrams;

        UdpClient(MemringServer server) throws IOException {
            node = server.udpAddresses().getFirst();
            socket.setReceiveBufferSize(1 << 20);
        }

        void send(int id, int datagrams, String request) throws IOException {
            byte[] text = request.getBytes(StandardCharsets.ISO_8859_1);
            ByteBuffer packet =
                    ByteBuffer.allocate(HEADER + text.length)
                            .putShort((short) id)
                            .putShort((short) 0)
                            .putShort((short) datagrams)
                            .putShort((short) 0)
                            .put(text);
            sendRaw(packet.array());
        }

        void sendRaw(byte[] datagram) throws IOException {
            socket.send(new DatagramPacket(datagram, datagram.length, node));
        }

        String ask(int id, String request) throws IOException {
            send(id, 1, request);
            return receive(id);
        }

        private String receive(int id) throws IOException {
            socket.setSoTimeout(PATIENCE_MILLIS);
            Map<Integer, byte[]> parts = new HashMap<>();
            int total = 1;
            while (parts.size() < total) {
                DatagramPacket packet = new DatagramPacket(new byte[1 << 16], 1 << 16);
                socket.receive(packet);
                assertThat(packet.getLength()).isBetween(HEADER + 1, MAX_DATAGRAM);
                ByteBuffer data = ByteBuffer.wrap(packet.getData(), 0, packet.getLength());
                assertThat(data.getShort() & 0xFFFF).isEqualTo(id);
                int sequence = data.getShort();
                total = data.getShort();
                assertThat(data.getShort()).isZero();
                byte[] body = new byte[data.remaining()];
                data.get(body);
                assertThat(parts.put(sequence, body)).as("datagram " + sequence).isNull();
            }
            lastDatagrams = total;
            ByteArrayOutputStream whole = new ByteArrayOutputStream();
            for (int i = 0; i < total; i++) {
                whole.writeBytes(parts.getOrDefault(i, new byte[0]));
            }
            return whole.toString(StandardCharsets.ISO_8859_1);
        }

        boolean hasSilence() throws IOException {
            socket.setSoTimeout(SILENCE_MILLIS);
            try {
                socket.receive(new DatagramPacket(new byte[MAX_DATAGRAM], MAX_DATAGRAM));
                return false;
            } catch (SocketTimeoutException _) {
                return true;
            }
        }

        @Override
        public void close() {
            socket.close();
        }
    }

    private static MemringServer start(String options) {
        String line = ("-l 127.0.0.1 -p -1 -U -1 " + options).strip();
        return MemringServer.start(
                ((Invocation.Serve) CommandLineReader.read(line.split(" ", -1))).config());
    }

    @ParameterizedTest
    @ValueSource(strings = {"io_uring", "epoll", "nio"})
    void request_inADatagram_isAnswered(String transport) throws IOException {
        try (MemringServer server = start("--transport " + transport);
                UdpClient client = new UdpClient(server)) {
            assertThat(client.ask(1, "get k\r\n")).isEqualTo("END\r\n");
            assertThat(client.ask(0xFFFF, "set k 0 0 5\r\nvalue\r\n")).isEqualTo("STORED\r\n");
            assertThat(client.ask(0, "get k\r\n")).isEqualTo("VALUE k 0 5\r\nvalue\r\nEND\r\n");
            assertThat(client.ask(7, "mg k v\r\nmn\r\n")).isEqualTo("VA 5\r\nvalue\r\nMN\r\n");
            assertThat(client.ask(7, "nonsense\r\n")).isEqualTo("ERROR\r\n");
        }
    }

    @Test
    void largeValues_bothWays_takeSeveralDatagrams() throws IOException {
        try (MemringServer server = start("");
                UdpClient client = new UdpClient(server)) {
            String value = "v".repeat(50_000);
            String set = "set k 0 0 %d\r\n%s\r\n".formatted(value.length(), value);
            assertThat(client.ask(2, set)).isEqualTo("STORED\r\n");
            assertThat(client.ask(3, "get k\r\n"))
                    .isEqualTo("VALUE k 0 50000\r\n" + value + "\r\nEND\r\n");
            assertThat(client.lastDatagrams).isEqualTo(36);
        }
    }

    @Test
    void cve_2018_1000115_replyLongerThanTheBound_isAnError() throws IOException {
        try (MemringServer server = start("-o udp_reply_max=2");
                UdpClient client = new UdpClient(server)) {
            assertThat(client.ask(1, "set k 0 0 2000\r\n" + "v".repeat(2000) + "\r\n"))
                    .isEqualTo("STORED\r\n");
            assertThat(client.ask(2, "get k\r\n")).hasSize(2000 + 23);
            assertThat(client.ask(3, "get k k\r\n"))
                    .isEqualTo("SERVER_ERROR response too large for UDP\r\n");
        }
    }

    @Test
    void cve_2018_1000115_nobodyHasAskedForUdp_thereIsNone() {
        String[] arguments = {"-l", "127.0.0.1", "-p", "-1"};
        Invocation.Serve serve = (Invocation.Serve) CommandLineReader.read(arguments);
        try (MemringServer server = MemringServer.start(serve.config())) {
            assertThat(server.udpAddresses()).isEmpty();
        }
    }

    @Test
    void commit_e7c7a1089_udpWhereClientsLogIn_isRefused() {
        assertThatThrownBy(() -> start("-S -o sasl_file=x"))
                .isInstanceOf(InvalidOptionException.class)
                .hasMessageContaining("nobody can log in by UDP");
    }

    @Test
    void replies_beyondTheRate_areNotSent() throws IOException {
        try (MemringServer server = start("-o udp_reply_rate=8,debug_commands");
                TestClient admin = TestClient.connect(server);
                UdpClient client = new UdpClient(server)) {
            assertThat(admin.ask("debugtime p")).isEqualTo("OK");
            assertThat(client.ask(1, "set k 0 0 4000\r\n" + "v".repeat(4000) + "\r\n"))
                    .isEqualTo("STORED\r\n");
            assertThat(client.ask(2, "get k\r\n")).hasSize(4023);
            assertThat(client.ask(3, "get k\r\n")).hasSize(4023);
            client.send(4, 1, "get k\r\n");
            assertThat(client.hasSilence()).isTrue();
            assertThat(admin.stats("stats")).containsEntry("udp_dropped", "1");
            assertThat(admin.ask("debugtime 1")).isEqualTo("OK");
            assertThat(client.ask(5, "get k\r\n")).hasSize(4023);
        }
    }

    @Test
    void cve_2022_48571_datagramsThatAreNoRequests_areDroppedAndCounted() throws IOException {
        try (MemringServer server = start("");
                TestClient admin = TestClient.connect(server);
                UdpClient client = new UdpClient(server)) {
            for (int length = 0; length <= HEADER; length++) {
                client.sendRaw(new byte[length]);
            }
            client.send(1, 2, "get k\r\n");
            client.send(2, 1, "get k");
            client.send(3, 1, "set k 0 0 10\r\nabc");
            client.send(4, 1, "set k 0 0 1 noreply\r\nx\r\n");
            client.send(5, 1, "quit\r\n");
            assertThat(client.hasSilence()).isTrue();
            assertThat(client.ask(6, "get k\r\n")).isEqualTo("VALUE k 0 1\r\nx\r\nEND\r\n");
            assertThat(admin.stats("stats")).containsEntry("udp_dropped", "12");
        }
    }

    @Test
    void binaryRequest_inADatagram_isAnsweredInBinary() throws IOException {
        try (MemringServer server = start("");
                UdpClient client = new UdpClient(server)) {
            String noop = "\u0080\n" + "\0".repeat(22);
            assertThat(client.ask(1, noop)).hasSize(24).startsWith("\u0081\n");
            assertThat(client.ask(2, "mn\r\n")).isEqualTo("MN\r\n");
        }
    }

    @Test
    void listenersWithAProtocolOfTheirOwn_speakNoOther() throws IOException {
        try (MemringServer server = startListening("proto[binary]:127.0.0.1");
                UdpClient client = new UdpClient(server)) {
            client.send(1, 1, "mn\r\n");
            assertThat(client.hasSilence()).isTrue();
            assertThat(client.ask(2, "\u0080\n" + "\0".repeat(22))).startsWith("\u0081\n");
        }
    }

    private static MemringServer startListening(String addresses) {
        return MemringServer.start(
                ((Invocation.Serve) CommandLineReader.read("-l", addresses, "-p", "-1", "-U", "-1"))
                        .config());
    }

    @Test
    void conns_withUdp_listsTheSockets() throws IOException {
        try (MemringServer server = start("");
                TestClient client = TestClient.connect(server)) {
            int port = server.udpAddresses().getFirst().getPort();
            Map<String, String> conns = client.stats("stats conns");
            assertThat(conns.values())
                    .contains("UDP", "udp:127.0.0.1:" + port, "tcp:127.0.0.1:" + server.port())
                    .contains("conn_listening", "conn_parse_cmd");
            assertThat(client.stats("stats settings"))
                    .containsEntry("udpport", Integer.toString(port));
        }
    }

    @Test
    void conns_onEveryIpv4Address_saysSo() throws IOException {
        try (MemringServer server = startListening("0.0.0.0");
                TestClient client = TestClient.connect(server)) {
            int udpPort = server.udpAddresses().getFirst().getPort();
            assertThat(client.stats("stats conns").values())
                    .contains("tcp:0.0.0.0:" + server.port(), "udp:0.0.0.0:" + udpPort);
        }
    }

    @Test
    void conns_statesAndAddresses_areThoseOfTheConnections() {
        try (MemringServer server = start("");
                TestClient client = TestClient.connect(server);
                TestClient sender = TestClient.connect(server)) {
            sender.send("set k 0 0 10\r\nabc");
            String state = "";
            for (int i = 0; i < 20_000 && !state.equals("conn_nread"); i++) {
                state =
                        client.stats("stats conns").values().stream()
                                .filter("conn_nread"::equals)
                                .findFirst()
                                .orElse("");
            }
            assertThat(state).isEqualTo("conn_nread");
            assertThat(client.stats("stats conns").keySet())
                    .allMatch(
                            key ->
                                    key.matches(
                                            "\\d+:(UDP|addr|listen_addr|state|secs_since_last_cmd)"));
        }
    }
}
