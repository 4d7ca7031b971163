package io.memring.server.wire;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;

/** Files of users that change while a node of its own process is told so, and clients log in. */
final class UserReloadTest {
    private static final int ROUNDS = 60;

    @TempDir Path directory;

    /** In memcached such a reload once raced with the logins. */
    @Test
    void commit_57934a1d0_hangUpsAndNewFiles_whileClientsLogIn_refuseNobody() throws Exception {
        replaceUsers("foo:bar\nturn:0\n");
        try (ChildNode node = start();
                ExecutorService threads = Executors.newFixedThreadPool(3)) {
            AtomicBoolean done = new AtomicBoolean();
            int port = node.port();
            List<Future<Integer>> clients = new ArrayList<>();
            clients.add(threads.submit(() -> textLogins(done, port)));
            clients.add(threads.submit(() -> textLogins(done, port)));
            clients.add(threads.submit(() -> saslLogins(done, port)));
            try {
                for (int i = 1; i <= ROUNDS; i++) {
                    replaceUsers("foo:bar\nturn:" + i + "\n");
                    if (i % 2 == 0) {
                        node.signal("HUP");
                    }
                    assertThat(login(port, "turn " + i)).as("round %d", i).isEqualTo("STORED\r\n");
                    assertThat(login(port, "turn " + (i - 1))).isNotEqualTo("STORED\r\n");
                }
            } finally {
                done.set(true);
            }
            for (Future<Integer> client : clients) {
                assertThat(client.get()).isPositive();
            }
        }
    }

    @Test
    void hangUp_brokenOrMissingFile_keepsTheUsers() throws IOException {
        replaceUsers("foo:bar\n");
        try (ChildNode node = start()) {
            for (String broken : List.of("nonsense\n", "memring-credentials 9\n", "a\0:b\n")) {
                replaceUsers(broken);
                node.signal("HUP");
                assertThat(login(node.port(), "foo bar")).as(broken).isEqualTo("STORED\r\n");
            }
            Files.delete(users());
            node.signal("HUP");
            assertThat(login(node.port(), "foo bar")).isEqualTo("STORED\r\n");
            replaceUsers("foo:other\n");
            assertThat(login(node.port(), "foo bar")).isNotEqualTo("STORED\r\n");
            assertThat(login(node.port(), "foo other")).isEqualTo("STORED\r\n");
        }
    }

    private ChildNode start() throws IOException {
        String files = "auth_failures=0,sasl_file=" + users();
        return ChildNode.start(
                directory, "exec \"$@\"", "-Y", users().toString(), "-S", "-o", files);
    }

    private Path users() {
        return directory.resolve("users");
    }

    private void replaceUsers(String text) throws IOException {
        Path draft = Files.writeString(directory.resolve("draft"), text);
        Files.move(draft, users(), StandardCopyOption.ATOMIC_MOVE);
    }

    private static String login(int port, String token) throws IOException {
        try (WireClient client = new WireClient(port)) {
            client.send("set a 0 0 %d\r\n%s\r\n".formatted(token.length(), token));
            return client.readLine();
        }
    }

    private static int textLogins(AtomicBoolean done, int port) throws IOException {
        int logins = 0;
        while (!done.get()) {
            assertThat(login(port, "foo bar")).isEqualTo("STORED\r\n");
            logins++;
        }
        return logins;
    }

    private static int saslLogins(AtomicBoolean done, int port) throws IOException {
        int logins = 0;
        while (!done.get()) {
            try (SaslPeer peer = new SaslPeer(port)) {
                assertThat(peer.status(SaslPeer.plain("foo", "bar"))).isZero();
                assertThat(peer.status(SaslPeer.set("k"))).isZero();
            }
            logins++;
        }
        return logins;
    }
}
