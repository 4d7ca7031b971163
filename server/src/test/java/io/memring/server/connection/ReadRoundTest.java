package io.memring.server.connection;

import static org.assertj.core.api.Assertions.assertThat;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import io.netty.channel.ChannelHandler;
import io.netty.channel.ChannelInboundHandlerAdapter;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

import java.io.IOException;
import java.net.Socket;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/** Whatever arrives together on several connections, each gets its own replies, and all of them. */
final class ReadRoundTest {
    /** More than have their turn in one round. */
    private static final int MANY = 80;

    /** Makes a connection keep its input, since others have their turn before its end. */
    private static final int TOO_MANY_REQUESTS = 3 * OneWorker.REQUESTS_PER_EVENT;

    private final List<Client> clients = new ArrayList<>();
    private final OneWorker worker = OneWorker.open();

    @AfterEach
    void stop() throws IOException {
        for (Client client : clients) {
            client.socket.close();
        }
        worker.close();
    }

    @Test
    void requestsOfManyConnections_haveTheirOwnReplies() throws Exception {
        for (int i = 0; i < MANY; i++) {
            Client client = connect();
            client.setAndGet("v".repeat(1 + i % 7));
        }
        sendTogether();
        readReplies();
        assertThat(worker.channelReads()).isZero();
    }

    @Test
    void textAndBinary_inOneRound() throws Exception {
        for (int i = 0; i < MANY; i++) {
            Client client = connect();
            if (i % 3 == 0) {
                client.binaryNoop(i);
            } else {
                client.setAndGet("value");
            }
        }
        sendTogether();
        readReplies();
    }

    @Test
    void systemWithoutRings_sendsRepliesOneByOne() throws Exception {
        worker.refuseRings();
        for (int i = 0; i < MANY; i++) {
            Client client = connect();
            client.setAndGet("value of " + i);
        }
        sendTogether();
        readReplies();
    }

    /** Their replies go through their channels, beside those that leave together. */
    @Test
    void connectionsBehindOtherHandlers_amongOthers() throws Exception {
        for (int i = 0; i < MANY; i++) {
            Client client = i % 3 == 0 ? connect(new ChannelInboundHandlerAdapter()) : connect();
            client.setAndGet("value of " + i);
        }
        sendTogether();
        readReplies();
    }

    @Test
    void oneConnection_amongThoseBehindOtherHandlers() throws Exception {
        connect().setAndGet("value");
        for (int i = 0; i < MANY; i++) {
            connect(new ChannelInboundHandlerAdapter()).setAndGet("value of " + i);
        }
        sendTogether();
        readReplies();
    }

    /** Those behind it in the round find their requests in another buffer. */
    @Test
    void connectionThatKeepsTheBuffer_leavesTheOthersTheirPart() throws Exception {
        for (int i = 0; i < 6; i++) {
            Client client = connect();
            if (i % 2 == 0) {
                client.noops(TOO_MANY_REQUESTS);
            }
            client.setAndGet("value of " + i);
        }
        sendTogether();
        readReplies();
    }

    @Test
    void partOfARequest_waitsForTheNextRound() throws Exception {
        for (int i = 0; i < 3; i++) {
            Client client = connect();
            client.setAndGet("value of " + i);
        }
        worker.sleepDuring(
                () -> {
                    clients.get(0).send(5);
                    clients.get(1).sendAll();
                    clients.get(2).send(20);
                });
        clients.get(1).readReplies();
        sendTogether();
        clients.get(0).readReplies();
        clients.get(2).readReplies();
    }

    @Test
    void valuesLargerThanTheBuffer_betweenSmallOnes() throws Exception {
        for (int i = 0; i < 9; i++) {
            Client client = connect();
            client.setAndGet("v".repeat(i % 3 == 1 ? 5 * ReadBuffer.CAPACITY : 10));
        }
        sendTogether();
        readReplies();
    }

    /** While one connection keeps the buffer and there is no other, the next ones end. */
    @Test
    void noMemoryForAnotherBuffer_endsOnlyThoseWithoutOne() throws Exception {
        Client keeper = connect();
        Client unlucky = connect();
        Client later = connect();
        keeper.noops(1); // After this there is a spare buffer for its replies.
        sendTogether();
        keeper.readReplies();

        keeper.noops(TOO_MANY_REQUESTS);
        unlucky.noops(1);
        worker.exhaustMemory(true);
        sendTogether();
        keeper.readReplies();
        assertThat(unlucky.socket.getInputStream().read()).isEqualTo(-1);

        worker.exhaustMemory(false);
        later.noops(1);
        sendTogether();
        later.readReplies();
    }

    /** What its socket does not take at the end of a round waits, and the rest behind it. */
    @Test
    void clientThatReadsLate_hasAllItsReplies() throws Exception {
        Client late = connect();
        Client quick = connect();
        late.set("v".repeat(30_000));
        sendTogether();
        late.readReplies();
        for (int i = 0; i < 400; i++) {
            late.get();
            quick.noops(1);
            sendTogether();
            quick.readReplies();
        }
        late.readReplies();
    }

    @Test
    void anyPiecesOfAnyRequests_arriveTogether() throws Exception {
        long seed = System.nanoTime();
        System.out.println("ReadRoundTest seed " + seed);
        Random random = new Random(seed);
        for (int i = 0; i < 40; i++) {
            Client client = connect();
            for (int n = 0; n < 30; n++) {
                client.addRandom(random, i % 4 == 0);
            }
        }
        boolean isMore = true;
        while (isMore) {
            worker.sleepDuring(() -> sendPieces(random));
            for (Client client : clients) {
                client.takeReplies(); // So that no socket is ever full of them.
            }
            isMore = clients.stream().anyMatch(Client::hasMore);
        }
        readReplies();
    }

    private void sendPieces(Random random) throws IOException {
        for (Client client : clients) {
            if (random.nextInt(3) > 0) {
                client.send(random.nextInt(random.nextInt(10) == 0 ? 10_000 : 300));
            }
        }
    }

    private void sendTogether() throws Exception {
        worker.sleepDuring(
                () -> {
                    for (Client client : clients) {
                        client.sendAll();
                    }
                });
    }

    private void readReplies() throws IOException {
        for (Client client : clients) {
            client.readReplies();
        }
    }

    private Client connect(ChannelHandler... before) throws IOException {
        Client client = new Client(worker.connect(before), "key" + clients.size());
        clients.add(client);
        return client;
    }

    /** What a client says of its own key, and what it expects. */
    private static final class Client {
        private final Socket socket;
        private final String key;
        private final StringBuilder requests = new StringBuilder();
        private final StringBuilder replies = new StringBuilder();
        private final StringBuilder received = new StringBuilder();
        private String value = "";
        private int sent;

        Client(Socket socket, String key) {
            this.socket = socket;
            this.key = key;
        }

        void set(String newValue) {
            value = newValue;
            requests.append("set %s 0 0 %d\r\n%s\r\n".formatted(key, value.length(), value));
            replies.append("STORED\r\n");
        }

        void get() {
            requests.append("get nothing %s\r\n".formatted(key));
            replies.append("VALUE %s 0 %d\r\n%s\r\nEND\r\n".formatted(key, value.length(), value));
        }

        void setAndGet(String newValue) {
            set(newValue);
            get();
        }

        void noops(int count) {
            requests.append("mn\r\n".repeat(count));
            replies.append("MN\r\n".repeat(count));
        }

        void binaryNoop(int opaque) {
            String rest = "\0".repeat(11) + (char) opaque + "\0".repeat(8);
            requests.append("\u0080\n\0\0").append(rest);
            replies.append("\u0081\n\0\0").append(rest);
        }

        void addRandom(Random random, boolean isBinary) {
            if (isBinary) {
                binaryNoop(random.nextInt(256));
            } else if (value.isEmpty() || random.nextInt(4) == 0) {
                int most = random.nextInt(20) == 0 ? 40_000 : 200;
                set(String.valueOf((char) ('a' + random.nextInt(26))).repeat(random.nextInt(most)));
            } else if (random.nextInt(20) == 0) {
                noops(random.nextInt(TOO_MANY_REQUESTS));
            } else {
                get();
            }
        }

        boolean hasMore() {
            return sent < requests.length();
        }

        void sendAll() throws IOException {
            send(requests.length());
        }

        void send(int count) throws IOException {
            int end = Math.min(sent + count, requests.length());
            socket.getOutputStream().write(requests.substring(sent, end).getBytes(ISO_8859_1));
            sent = end;
        }

        void takeReplies() throws IOException {
            read(socket.getInputStream().available());
        }

        private void read(int count) throws IOException {
            received.append(new String(socket.getInputStream().readNBytes(count), ISO_8859_1));
        }

        void readReplies() throws IOException {
            read(replies.length() - received.length());
            assertThat(received.toString()).isEqualTo(replies.toString());
            replies.setLength(0);
            received.setLength(0);
        }
    }
}
