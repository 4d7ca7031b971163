package io.memring.load.ring;

import static org.assertj.core.api.Assertions.assertThat;

import io.memring.server.MemringServer;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/** Reading and writing by a ring of three nodes. */
@Timeout(60)
final class RingItemsTest {
    private static final String PATIENCE = "--timeout=20000";

    private final List<MemringServer> nodes =
            IntStream.range(0, 3)
                    .mapToObj(_ -> MemringServer.builder().port(0).memoryLimitMegabytes(16).start())
                    .collect(Collectors.toCollection(ArrayList::new));
    private final String names =
            nodes.stream().map(RingItemsTest::name).collect(Collectors.joining(","));
    private final CommandRun command = new CommandRun();

    @AfterEach
    void stopNodes() {
        nodes.forEach(MemringServer::close);
    }

    private static String name(MemringServer node) {
        return "127.0.0.1:" + node.port();
    }

    private int run(String... arguments) {
        return command.run(
                Stream.concat(Arrays.stream(arguments), Stream.of("-n", names, PATIENCE))
                        .toArray(String[]::new));
    }

    private String nodeOf(String key) {
        assertThat(command.run("locate", key, "-n", names)).isZero();
        return command.out().strip().split("\t", -1)[1];
    }

    @Test
    void set_thenGet_goesToTheKeysNode() {
        for (String key : List.of("alpha", "beta", "gamma", "delta")) {
            String node = nodeOf(key);
            assertThat(run("set", key, "value of " + key)).isZero();
            assertThat(command.out()).isEqualTo(key + "\t" + node + "\tSTORED\n");
            assertThat(command.run("get", key, "-n", node, PATIENCE)).isZero();
            assertThat(command.out()).isEqualTo(key + "\t" + node + "\tvalue of " + key + "\n");
        }
    }

    @Test
    void get_missing_isSaidAndCounted() {
        assertThat(run("set", "here", "x", "--ttl", "60", "--flags", "7")).isZero();
        command.out();
        assertThat(run("get", "here", "gone")).isEqualTo(1);
        assertThat(command.out()).startsWith("here\t").hasLineCount(1);
        assertThat(command.err())
                .isEqualTo("memring ring: gone: no item on " + nodeOf("gone") + "\n");
    }

    @Test
    void set_standardInput_isStoredAsItIs() {
        String value = "two\nlines";
        assertThat(command.reading(value).run("set", "key", "-n", names, PATIENCE)).isZero();
        command.out();
        assertThat(run("get", "--raw", "key")).isZero();
        assertThat(command.out()).isEqualTo(value);
    }

    @Test
    void delete_twice_findsItOnce() {
        assertThat(run("set", "key", "x", "--classic")).isZero();
        command.out();
        assertThat(run("delete", "key", "--json")).isZero();
        assertThat(command.out()).endsWith("\"result\":\"DELETED\"}\n");
        assertThat(run("delete", "key")).isEqualTo(1);
        assertThat(command.out()).endsWith("\tNOT_FOUND\n");
    }

    @Test
    void status_allUp_showsThem() {
        assertThat(run("status")).isZero();
        String shown = command.out();
        for (String name : names.split(",", -1)) {
            assertThat(shown).containsPattern(name + " +up +\\S+ +0 +0 +0");
        }
    }

    @Test
    void nodeDown_itsKeysFailOrMoveOn() {
        assertThat(run("set", "key", "x")).isZero();
        command.out();
        String owner = nodeOf("key");
        MemringServer down =
                nodes.stream().filter(node -> name(node).equals(owner)).findFirst().orElseThrow();
        down.close();
        nodes.remove(down);

        assertThat(run("get", "key")).isEqualTo(69);
        assertThat(command.err()).startsWith("memring ring: key: get on " + owner).hasLineCount(1);
        assertThat(run("status")).isEqualTo(69);
        assertThat(command.out()).containsPattern(owner + " +down +- +- +- +-");
        command.err();
        assertThat(run("set", "key", "y", "--failover")).isZero();
        assertThat(command.out()).doesNotContain(owner);
        assertThat(run("get", "key", "--failover")).isZero();
        assertThat(command.out()).endsWith("\ty\n");
    }
}
