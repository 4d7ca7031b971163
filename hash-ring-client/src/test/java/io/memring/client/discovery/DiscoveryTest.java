package io.memring.client.discovery;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import static java.nio.charset.StandardCharsets.US_ASCII;

import io.memring.client.discovery.ServiceLookup.ServiceRecord;
import io.memring.client.error.NodeUnavailableException;
import io.memring.client.error.Origin;
import io.memring.client.error.ServerRefusedException;
import io.memring.client.ring.Node;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import java.io.IOException;
import java.net.InetAddress;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** What each discovery makes of what its source says. */
@Timeout(60)
final class DiscoveryTest {
    private static final Origin ORIGIN = new Origin("node", "line", false);
    private static final Node ENDPOINT = Node.of("cluster.cfg.example", 11211);

    /** For those that ask no node. */
    private static final NodeQuery NOBODY =
            (node, line) -> {
                throw new NodeUnavailableException(ORIGIN, "down", null);
            };

    @TempDir Path folder;

    private static List<Node> nodes(String... texts) {
        List<Node> nodes = new ArrayList<>();
        for (String text : texts) {
            nodes.add(Node.parse(text));
        }
        return nodes;
    }

    @Test
    void file_lines_areNodes() throws IOException {
        Path file = folder.resolve("nodes");
        Discovery discovery = Discovery.ofFile(file);
        assertThatThrownBy(() -> discovery.find(NOBODY)).isInstanceOf(NoSuchFileException.class);
        Files.writeString(file, "# all of them\ncache-a\n\n b@10.0.0.7:11212*2 # large\n[::1]:1\n");

        assertThat(discovery.find(NOBODY))
                .isEqualTo(nodes("cache-a", "b@10.0.0.7:11212*2", "[::1]:1"));
        Files.writeString(file, "cache-a\nnot a node\n");
        assertThatThrownBy(() -> discovery.find(NOBODY))
                .isInstanceOf(IOException.class)
                .hasMessageContainingAll("nodes, line 2", "not a node");
    }

    @Test
    void host_addresses_areNodesInOrder() throws IOException {
        HostLookup lookup =
                host -> {
                    assertThat(host).isEqualTo("caches.example");
                    return List.of(
                            InetAddress.getByName("10.0.0.9"),
                            InetAddress.getByName("10.0.0.1"),
                            InetAddress.getByName("10.0.0.9"));
                };
        assertThat(Discovery.ofHost("caches.example", 11212, lookup).find(NOBODY))
                .isEqualTo(nodes("10.0.0.1:11212", "10.0.0.9:11212"));
        assertThat(Discovery.ofHost("localhost", 1).find(NOBODY)).isNotEmpty();
    }

    @Test
    void service_firstPriority_counts() throws IOException {
        ServiceLookup lookup =
                service ->
                        List.of(
                                new ServiceRecord(20, 5, "reserve.example", 1),
                                new ServiceRecord(10, 90, "b.example", 11212),
                                new ServiceRecord(10, 10, "a.example", 11211));
        assertThat(Discovery.ofService("_memcache._tcp.example", lookup).find(NOBODY))
                .isEqualTo(nodes("a.example:11211", "b.example:11212"));
        assertThat(Discovery.ofService("none", service -> List.of()).find(NOBODY)).isEmpty();
    }

    @Test
    void service_records_areReadFromDns() throws IOException {
        List<ServiceRecord> known =
                List.of(
                        new ServiceRecord(10, 60, "a.cache.example", 11211),
                        new ServiceRecord(20, 40, "b.cache.example", 65535));
        try (DnsServer server = new DnsServer("_memcache._tcp.example", known)) {
            ServiceLookup lookup = ServiceLookup.ofServer(server.address());

            assertThat(lookup.providers("_memcache._tcp.example"))
                    .containsExactlyInAnyOrderElementsOf(known);
            assertThat(lookup.providers("_other._tcp.example")).isEmpty();
            assertThat(Discovery.ofService("_memcache._tcp.example", lookup).find(NOBODY))
                    .isEqualTo(nodes("a.cache.example:11211"));
        }
    }

    @Test
    void interval_ofAnyDiscovery_canBeSet() throws IOException {
        Discovery discovery =
                Discovery.ofService("name", service -> List.of(new ServiceRecord(1, 1, "a", 1)))
                        .every(Duration.ofMillis(5));
        assertThat(discovery.interval()).isEqualTo(Duration.ofMillis(5));
        assertThat(discovery.find(NOBODY)).isEqualTo(nodes("a:1"));
        assertThatThrownBy(() -> discovery.every(Duration.ZERO))
                .isInstanceOf(IllegalArgumentException.class);
    }

    // ---- ElastiCache ----

    /** What nodes answer, by node and question; who is not named is down. */
    private static final class Cluster implements NodeQuery {
        private final Map<String, String> answers = new HashMap<>();

        Cluster answer(Node node, String question, String answer) {
            answers.put(node + question, answer);
            return this;
        }

        @Override
        public byte[] ask(Node node, String line) {
            String answer = answers.get(node + line);
            if (answer == null) {
                throw new NodeUnavailableException(ORIGIN, "down", null);
            }
            if (answer.startsWith("ERROR")) {
                throw new ServerRefusedException(ORIGIN, answer);
            }
            return answer.getBytes(US_ASCII);
        }
    }

    private static final String QUESTION = "config get cluster";

    private static Cluster cluster(String list) {
        return new Cluster().answer(ENDPOINT, QUESTION, list);
    }

    private static Discovery elastiCache() {
        return Discovery.ofElastiCache(ENDPOINT.host(), ENDPOINT.port());
    }

    @Test
    void elastiCache_list_isReadAsDocumented() throws IOException {
        String list =
                "12\nmyCluster.pc4ldq.0001.use1.cache.amazonaws.com|10.82.235.120|11211"
                        + " myCluster.pc4ldq.0002.use1.cache.amazonaws.com|10.80.249.27|11211\n";
        assertThat(list).hasSize(136);
        assertThat(elastiCache().find(cluster(list)))
                .isEqualTo(
                        nodes(
                                "myCluster.pc4ldq.0001.use1.cache.amazonaws.com:11211",
                                "myCluster.pc4ldq.0002.use1.cache.amazonaws.com:11211"));
        assertThat(elastiCache().find(cluster("1\r\na||1 |10.0.0.1|2\r\n")))
                .isEqualTo(nodes("a:1", "10.0.0.1:2"));
    }

    @Test
    void elastiCache_higherVersionAlone_counts() throws IOException {
        Discovery discovery = elastiCache();
        assertThat(discovery.find(cluster("5\na|1.1.1.1|1\n"))).isEqualTo(nodes("a:1"));
        assertThat(discovery.find(cluster("4\nb|1.1.1.1|1\n"))).isEqualTo(nodes("a:1"));
        assertThat(discovery.find(cluster("5\nb|1.1.1.1|1\n"))).isEqualTo(nodes("a:1"));
        assertThat(discovery.find(cluster("10\nb|1.1.1.1|1\n"))).isEqualTo(nodes("b:1"));
    }

    @Test
    void elastiCache_endpointDown_nodesAreAsked() throws IOException {
        Discovery discovery = elastiCache();
        discovery.find(cluster("1\na|1.1.1.1|1 b|1.1.1.1|2\n"));

        Cluster withoutEndpoint =
                new Cluster().answer(Node.of("b", 2), QUESTION, "2\nb|1.1.1.1|2\n");
        assertThat(discovery.find(withoutEndpoint)).isEqualTo(nodes("b:2"));
        assertThatThrownBy(() -> discovery.find(NOBODY))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("down");
    }

    @Test
    void elastiCache_oldEngine_isAskedForAKey() throws IOException {
        Cluster old =
                cluster("ERROR")
                        .answer(
                                ENDPOINT,
                                "get AmazonElastiCache:cluster",
                                "3\nold|1.1.1.1|11211\n");
        assertThat(elastiCache().find(old)).isEqualTo(nodes("old:11211"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "1", "1\n\n\n", "x\na|b|1\n", "1\na|b\n", "1\na|b|c\n", "1\n||1\n"})
    void elastiCache_whatIsNoList_isRefused(String list) {
        assertThatThrownBy(() -> elastiCache().find(cluster(list)))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("no list");
    }
}
