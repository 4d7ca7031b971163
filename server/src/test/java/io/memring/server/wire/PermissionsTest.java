package io.memring.server.wire;

import static org.assertj.core.api.Assertions.assertThat;

import io.memring.sasl.CommandClass;
import io.memring.sasl.Mechanism;
import io.memring.sasl.Permissions;
import io.memring.sasl.QuickUsers;
import io.memring.server.wire.SaslPeer.Reply;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;

/** What users may do, by class of command and by the beginning of keys. */
final class PermissionsTest {
    private static final String DENIED = "CLIENT_ERROR permission denied";
    private static final int FORBIDDEN = 0x83;
    private static final int NOT_FOUND = 0x01;

    private static Path users = Path.of("");

    private final LocalNode node;

    @BeforeAll
    static void writeUsers() throws IOException {
        users = Files.createTempFile("memring-users", "");
        QuickUsers file = new QuickUsers();
        add(file, "reader", EnumSet.of(CommandClass.READ));
        add(file, "writer", EnumSet.of(CommandClass.WRITE));
        add(file, "shop", EnumSet.of(CommandClass.READ, CommandClass.WRITE), "shop:", "s2:");
        add(file, "boss", EnumSet.allOf(CommandClass.class));
        file.write(users);
    }

    @AfterAll
    static void deleteUsers() throws IOException {
        Files.delete(users);
    }

    PermissionsTest() throws IOException {
        node = LocalNode.start(List.of("-S", "-Y", users.toString(), "-o", "sasl_file=" + users));
        try (WireClient boss = login("boss")) {
            for (String key : List.of("a", "shop:a", "s2:a")) {
                assertThat(boss.ask("set " + key + " 0 0 1\r\nx")).isEqualTo("STORED");
            }
        }
    }

    private static void add(
            QuickUsers file, String user, Set<CommandClass> commands, String... prefixes) {
        Permissions permissions = new Permissions(commands, List.of(prefixes));
        file.add(user, "pw", permissions, Mechanism.SCRAM_SHA_256);
    }

    @AfterEach
    void stop() {
        node.close();
    }

    private WireClient login(String user) throws IOException {
        WireClient client = new WireClient(node.port());
        assertThat(client.ask("set l 0 0 " + (user.length() + 3) + "\r\n" + user + " pw"))
                .isEqualTo("STORED");
        return client;
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "set a 0 0 1\r\ny",
                "add b 0 0 1\r\ny",
                "append a 0 0 1\r\ny",
                "cas a 0 0 1 1\r\ny",
                "ms a 1\r\ny",
                "delete a",
                "incr a 1",
                "touch a 0",
                "md a",
                "ma a",
                "flush_all",
                "verbosity 1",
                "cache_memlimit 64",
                "shutdown",
                "refresh_certs",
                "lru mode flat",
                "slabs automove 1",
                "lru_crawler enable",
                "watch",
                "stats reset",
                "stats detail on",
                "stats r"
            })
    void reader_mayNotChangeAnything(String request) throws IOException {
        try (WireClient reader = login("reader")) {
            assertThat(reader.ask(request)).isEqualTo(DENIED);
            assertThat(reader.ask("mg a v")).isEqualTo("VA 1");
            assertThat(reader.readLine()).isEqualTo("x\r\n");
            assertThat(reader.ask("mn")).isEqualTo("MN");
        }
    }

    @Test
    void reader_noreply_hidesTheRefusal() throws IOException {
        try (WireClient reader = login("reader")) {
            reader.send("set a 0 0 1 noreply\r\ny\r\ndelete a noreply\r\n");
            assertThat(reader.ask("mg a")).isEqualTo("HD");
        }
    }

    @Test
    void reader_valueInPieces_isSwallowed() throws IOException {
        try (WireClient reader = login("reader")) {
            reader.send("set a 0 0 100000\r\n" + "y".repeat(60_000));
            reader.send("y".repeat(40_000) + "\r\n");
            assertThat(reader.ask("mn")).isEqualTo(DENIED);
            assertThat(reader.readLine()).isEqualTo("MN\r\n");
        }
    }

    @Test
    void reader_getsThatChange_areMisses() throws IOException {
        try (WireClient reader = login("reader")) {
            assertThat(reader.ask("gat 0 a")).isEqualTo("END");
            assertThat(reader.ask("mg a T0 v")).isEqualTo("EN");
            assertThat(reader.ask("mg new N30 v")).isEqualTo("EN");
            assertThat(reader.ask("mg a v O7 k T0")).isEqualTo("EN O7 ka");
            assertThat(reader.stat("pid")).isNotEmpty();
        }
    }

    @Test
    void writer_mayNotRead() throws IOException {
        try (WireClient writer = login("writer")) {
            assertThat(writer.ask("set a 0 0 1\r\nz")).isEqualTo("STORED");
            assertThat(writer.ask("get a")).isEqualTo("END");
            assertThat(writer.ask("mg a v")).isEqualTo("EN");
            assertThat(writer.ask("me a")).isEqualTo("EN");
            assertThat(writer.ask("flush_all")).isEqualTo(DENIED);
        }
    }

    @Test
    void prefixes_boundReadsAndWrites() throws IOException {
        try (WireClient shop = login("shop")) {
            shop.send("get a shop:a b s2:a shop\r\n");
            assertThat(shop.readLine()).isEqualTo("VALUE shop:a 0 1\r\n");
            assertThat(shop.readLine()).isEqualTo("x\r\n");
            assertThat(shop.readLine()).isEqualTo("VALUE s2:a 0 1\r\n");
            assertThat(shop.readLine()).isEqualTo("x\r\n");
            assertThat(shop.readLine()).isEqualTo("END\r\n");
            assertThat(shop.ask("set a 0 0 1\r\ny")).isEqualTo(DENIED);
            assertThat(shop.ask("set shop 0 0 1\r\ny")).isEqualTo(DENIED);
            assertThat(shop.ask("set shop:b 0 0 1\r\ny")).isEqualTo("STORED");
            assertThat(shop.ask("delete a")).isEqualTo(DENIED);
            assertThat(shop.ask("flush_all")).isEqualTo(DENIED);
            // "c2hvcDph" is shop:a in base64, "Yjpi" is b:b.
            assertThat(shop.ask("mg c2hvcDph b")).isEqualTo("HD");
            assertThat(shop.ask("md Yjpi b")).isEqualTo(DENIED);
        }
    }

    @Test
    void boss_mayDoEverything() throws IOException {
        try (WireClient boss = login("boss")) {
            assertThat(boss.ask("verbosity 1")).isEqualTo("OK");
            assertThat(boss.ask("flush_all")).isEqualTo("OK");
        }
    }

    @Test
    void binary_isBoundInTheSameWay() throws IOException {
        try (SaslPeer shop = new SaslPeer(node.port())) {
            assertThat(shop.status(SaslPeer.plain("shop", "pw"))).isZero();
            assertThat(shop.status(SaslPeer.frame(SaslPeer.GET, "shop:a", ""))).isZero();
            assertThat(shop.ask(SaslPeer.frame(SaslPeer.GET, "a", "")))
                    .isEqualTo(new Reply(NOT_FOUND, "", "Not found"));
            assertThat(shop.ask(SaslPeer.set("a")))
                    .isEqualTo(new Reply(FORBIDDEN, "", "Permission denied"));
            assertThat(shop.status(SaslPeer.set("s2:b"))).isZero();
            assertThat(shop.status(SaslPeer.frame(0x08, "", ""))).isEqualTo(FORBIDDEN);
            assertThat(shop.status(SaslPeer.frame(SaslPeer.STAT, "reset", "")))
                    .isEqualTo(FORBIDDEN);
            assertThat(shop.status(SaslPeer.frame(SaslPeer.NOOP, "", ""))).isZero();
            assertThat(shop.status(SaslPeer.plain("boss", "pw"))).isZero();
            assertThat(shop.status(SaslPeer.set("a"))).isZero();
        }
    }
}
