package io.memring.server.wire;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * No command before a login, ever: all sequences of up to four messages, each on a connection of
 * its own, against a model of a few lines.
 */
final class SaslSequencesTest {
    private static final int LONGEST = 4;

    private static final int SUCCESS = 0;
    private static final int NOT_FOUND = 1;
    private static final int AUTH_FAILURE = 0x20;
    private static final int NO_MEMORY = 0x82;

    private enum Message {
        LIST(SaslPeer.frame(SaslPeer.LIST, "", "")),
        AUTH_GOOD(SaslPeer.plain("foo", "bar")),
        AUTH_BAD(SaslPeer.plain("foo", "baz")),
        AUTH_UNKNOWN(SaslPeer.frame(SaslPeer.AUTH, "LOGIN", "\0foo\0bar")),
        AUTH_EMPTY(SaslPeer.frame(SaslPeer.AUTH, "PLAIN", "")),
        AUTH_OVERSIZED(SaslPeer.frame(SaslPeer.AUTH, "PLAIN", "x".repeat(16_385))),
        STEP(SaslPeer.frame(SaslPeer.STEP, "PLAIN", "\0foo\0bar")),
        STEP_EMPTY(SaslPeer.frame(SaslPeer.STEP, "PLAIN", "")),
        VERSION(SaslPeer.frame(SaslPeer.VERSION, "", "")),
        GET(SaslPeer.frame(SaslPeer.GET, "missing", "")),
        SET(new byte[0]),
        NOOP(SaslPeer.frame(SaslPeer.NOOP, "", ""));

        private final byte[] frame;

        Message(byte[] frame) {
            this.frame = frame;
        }
    }

    /** What a client may expect. */
    private static final class Model {
        private boolean known;
        private int stored;

        int status(Message message) {
            return switch (message) {
                case LIST -> forget(SUCCESS);
                case AUTH_GOOD -> {
                    known = true;
                    yield SUCCESS;
                }
                case AUTH_BAD, AUTH_UNKNOWN, AUTH_EMPTY, STEP, STEP_EMPTY -> forget(AUTH_FAILURE);
                case AUTH_OVERSIZED -> NO_MEMORY;
                case VERSION -> SUCCESS;
                case GET -> known ? NOT_FOUND : AUTH_FAILURE;
                case NOOP -> known ? SUCCESS : AUTH_FAILURE;
                case SET -> {
                    stored += known ? 1 : 0;
                    yield known ? SUCCESS : AUTH_FAILURE;
                }
            };
        }

        private int forget(int status) {
            known = false;
            return status;
        }

        /** A stranger who asks for more than a login is thrown out. */
        boolean closes(Message message) {
            return switch (message) {
                case GET, SET, NOOP -> !known;
                default -> false;
            };
        }
    }

    private int sequences;
    private int stores;

    @Test
    void everySequence_isAnsweredAsTheModelSays() throws IOException {
        Path users = Files.writeString(Files.createTempFile("memring-users", ""), "foo:bar\n");
        List<String> arguments =
                List.of("-S", "-o", "auth_failures=0,sasl_file=" + users, "-t", "1");
        try (LocalNode node = LocalNode.start(arguments)) {
            play(node.port(), new ArrayList<>());
            assertThat(sequences).isEqualTo(12 + 144 + 1_728 + 20_736);
            try (SaslPeer peer = new SaslPeer(node.port())) {
                assertThat(peer.status(SaslPeer.plain("foo", "bar"))).isZero();
                assertThat(peer.stat("total_items")).isEqualTo(Integer.toString(stores));
            }
        } finally {
            Files.delete(users);
        }
    }

    private void play(int port, List<Message> begun) throws IOException {
        for (Message next : Message.values()) {
            List<Message> sequence = new ArrayList<>(begun);
            sequence.add(next);
            converse(port, sequence);
            if (sequence.size() < LONGEST) {
                play(port, sequence);
            }
        }
    }

    private void converse(int port, List<Message> sequence) throws IOException {
        sequences++;
        Model model = new Model();
        try (SaslPeer peer = new SaslPeer(port)) {
            ByteArrayOutputStream requests = new ByteArrayOutputStream();
            for (Message message : sequence) {
                requests.write(
                        message == Message.SET ? SaslPeer.set("k" + sequences) : message.frame);
            }
            peer.send(requests.toByteArray());
            for (Message message : sequence) {
                boolean closes = model.closes(message);
                assertThat(peer.read().status())
                        .as("%s in %s", message, sequence)
                        .isEqualTo(model.status(message));
                if (closes) {
                    assertThat(peer.read().status()).as("%s", sequence).isEqualTo(SaslPeer.CLOSED);
                    break;
                }
            }
        }
        stores += model.stored;
    }
}
