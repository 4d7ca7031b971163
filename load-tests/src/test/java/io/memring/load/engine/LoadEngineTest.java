package io.memring.load.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.US_ASCII;

import io.memring.load.result.CommandFigures;
import io.memring.load.result.CommandKind;
import io.memring.load.result.Counts;
import io.memring.load.result.Interval;
import io.memring.load.result.LoadException;
import io.memring.load.result.LoadObserver;
import io.memring.load.result.LoadResult;
import io.memring.load.result.NodeFigures;
import io.memring.load.result.Phase;
import io.memring.load.result.Ramp;
import io.memring.load.result.Totals;
import io.memring.load.wire.WireName;
import io.memring.load.workload.TraceFormat;
import io.memring.load.workload.TraceReader;
import io.memring.load.workload.ValueText;
import io.memring.sasl.CredentialFile;
import io.memring.sasl.Mechanism;
import io.memring.sasl.Permissions;
import io.memring.server.MemringServer;
import io.memring.server.ServerBuilder;
import io.netty.pkitesting.CertificateBuilder;
import io.netty.pkitesting.X509Bundle;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;

import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;

/** Whole runs, against nodes of our own and against servers that do wrong. */
@Timeout(120)
final class LoadEngineTest {
    private static final String EVERYTHING =
            "get=40,multiget=10,set=20,delete=10,incr=10,cas=10,touch=10";

    private static final X509Bundle IDENTITY = newIdentity();

    @TempDir Path folder;

    /** A certificate of the loopback address, signed by itself. */
    private static X509Bundle newIdentity() {
        try {
            return new CertificateBuilder()
                    .ecp256()
                    .subject("CN=node")
                    .addSanIpAddress("127.0.0.1")
                    .setIsCertificateAuthority(true)
                    .buildSelfSigned();
        } catch (Exception e) { // The builder declares no less.
            throw new IllegalStateException(e);
        }
    }

    private static ServerBuilder node() {
        return MemringServer.builder().listen("127.0.0.1").port(0).memoryLimitMegabytes(16);
    }

    private Path file(String name) {
        return folder.resolve(name);
    }

    private static Counts counts(LoadResult result, CommandKind kind) {
        CommandFigures figures = result.totals().commands().get(kind);
        return figures == null ? Counts.NONE : figures.counts();
    }

    private static long difference(NodeFigures node, String stat) {
        return Long.parseLong(node.statsAfter().getOrDefault(stat, "0"))
                - Long.parseLong(node.statsBefore().getOrDefault(stat, "0"));
    }

    @ParameterizedTest
    @EnumSource(WireName.class)
    void allCommands_counts_agreeWithTheServers(WireName protocol) throws Exception {
        try (MemringServer server = node().start()) {
            TestPlan plan = new TestPlan(server.address());
            plan.protocol = protocol;
            plan.mix = EVERYTHING;
            LoadResult result = plan.engine().run(LoadObserver.NONE);

            assertThat(result.totals().errors()).isEmpty();
            assertThat(result.totals().wrongValues()).isEmpty();
            NodeFigures node = result.nodes().getFirst();
            Counts get = counts(result, CommandKind.GET);
            Counts fetched =
                    get.plus(counts(result, CommandKind.MULTIGET))
                            .plus(counts(result, CommandKind.GETS));
            Counts cas = counts(result, CommandKind.CAS);
            Counts delete = counts(result, CommandKind.DELETE);
            assertThat(get.requests()).isPositive();
            assertThat(difference(node, "get_hits")).isEqualTo(fetched.hits());
            assertThat(difference(node, "delete_hits")).isEqualTo(delete.hits());
            assertThat(difference(node, "delete_misses")).isEqualTo(delete.misses());
            assertThat(difference(node, "cas_hits")).isEqualTo(cas.hits());
            assertThat(difference(node, "cas_badval")).isEqualTo(cas.conflicts());
            assertThat(difference(node, "touch_hits"))
                    .isEqualTo(counts(result, CommandKind.TOUCH).hits());
            Counts incr = counts(result, CommandKind.INCR);
            assertThat(incr.requests()).isPositive();
            if (protocol == WireName.TEXT) { // The others make a missing counter, uncounted.
                assertThat(difference(node, "incr_hits")).isEqualTo(incr.hits());
                assertThat(difference(node, "incr_misses")).isEqualTo(incr.misses());
            }
        }
    }

    @Test
    void run_phases_areDelivered() throws Exception {
        try (MemringServer server = node().start()) {
            TestPlan plan = new TestPlan(server.address());
            List<String> events = new ArrayList<>();
            List<Interval> intervals = new ArrayList<>();
            LoadResult result =
                    plan.engine()
                            .run(
                                    new LoadObserver() {
                                        @Override
                                        public void onPhase(Phase phase) {
                                            events.add(phase.name());
                                        }

                                        @Override
                                        public void onInterval(Interval interval) {
                                            intervals.add(interval);
                                        }

                                        @Override
                                        public void onFinish(LoadResult finished) {
                                            events.add("finished");
                                        }
                                    });
            assertThat(events).containsExactly("FILL", "MEASURE", "finished");
            assertThat(result.intervals()).isEqualTo(intervals);
            assertThat(requests(intervals, Phase.FILL)).isEqualTo(300);
            assertThat(requests(intervals, Phase.MEASURE)).isEqualTo(2_000);
            Totals totals = result.totals();
            assertThat(totals.all().counts().requests()).isEqualTo(2_000);
            assertThat(totals.all().latencies().count()).isEqualTo(2_000);
            assertThat(counts(result, CommandKind.GET).misses()).isZero();
            assertThat(result.interrupted()).isFalse();
        }
    }

    private static long requests(List<Interval> intervals, Phase phase) {
        return intervals.stream()
                .filter(interval -> interval.phase() == phase)
                .mapToLong(interval -> interval.all().counts().requests())
                .sum();
    }

    @ParameterizedTest
    @EnumSource(WireName.class)
    void ring_threeNodes_shareTheKeys(WireName protocol) throws Exception {
        try (MemringServer one = node().start();
                MemringServer two = node().start();
                MemringServer three = node().start()) {
            TestPlan plan = new TestPlan(one.address(), two.address(), three.address());
            plan.protocol = protocol;
            plan.mix = "get=50,multiget=30,set=10,incr=10";
            LoadResult result = plan.engine().run(LoadObserver.NONE);
            Counts all = result.totals().all().counts();
            assertThat(all.errors() + all.wrongValues()).isZero();
            // Every key was stored where it is looked for.
            assertThat(counts(result, CommandKind.GET).misses()).isZero();
            assertThat(counts(result, CommandKind.MULTIGET).misses()).isZero();
            assertThat(result.nodes()).hasSize(3);
            assertThat(result.nodes()).allMatch(node -> difference(node, "get_hits") > 0);
        }
    }

    @Test
    void openLoop_requests_areSentInTheEnd() throws Exception {
        try (MemringServer server = node().start()) {
            TestPlan plan = new TestPlan(server.address());
            plan.rate = 20_000;
            LoadResult result = plan.engine().run(LoadObserver.NONE);
            assertThat(result.totals().all().counts().requests()).isEqualTo(2_000);
            assertThat(result.totals().serviceTimes().count()).isEqualTo(2_000);
        }
    }

    @Test
    void ramp_limitThatNothingBreaks_endsAtTheTop() throws Exception {
        try (MemringServer server = node().start()) {
            TestPlan plan = new TestPlan(server.address());
            plan.ramp = new RampPlan(100, 120, 50, Duration.ofSeconds(60), Duration.ofMillis(200));
            LoadResult result = plan.engine().run(LoadObserver.NONE);
            Ramp ramp = Objects.requireNonNull(result.ramp());
            assertThat(ramp.steps()).isNotEmpty();
        }
    }

    @Test
    void churn_connections_areOpenedAnew() throws Exception {
        try (MemringServer server = node().start()) {
            TestPlan plan = new TestPlan(server.address());
            plan.pipeline = 1;
            plan.requests = 200;
            plan.requestsPerConnection = 5;
            LoadResult result = plan.engine().run(LoadObserver.NONE);
            assertThat(result.totals().errors()).isEmpty();
            assertThat(result.totals().all().counts().requests()).isEqualTo(200);
            assertThat(result.totals().traffic().connects()).isBetween(35L, 45L);
        }
    }

    @Test
    void trace_firstAccesses_miss() throws Exception {
        Path trace = file("trace");
        Files.writeString(trace, "1\n2\n3\n1\n2\n3\n4\n");
        try (MemringServer server = node().start()) {
            TestPlan plan = new TestPlan(server.address());
            plan.trace = TraceReader.read(trace.toString(), TraceFormat.IDS);
            plan.fill = false;
            plan.setOnMiss = true;
            plan.requests = 0;
            plan.connections = 1;
            plan.threads = 1;
            plan.pipeline = 1;
            LoadResult result = plan.engine().run(LoadObserver.NONE);
            assertThat(counts(result, CommandKind.GET)).isEqualTo(new Counts(7, 7, 3, 4, 0, 0, 0));
            assertThat(counts(result, CommandKind.SET).hits()).isEqualTo(4);
        }
    }

    @Test
    void wrongValues_ofAServer_areCountedAndShown() throws Exception {
        ValueText values = new ValueText();
        try (FakeServer server = new FakeServer(line -> wrongAnswer(line, values))) {
            TestPlan plan = new TestPlan(server.address());
            plan.mix = "get=1";
            plan.fill = false;
            plan.requests = 40;
            plan.popularity = "sequential";
            LoadResult result = plan.engine().run(LoadObserver.NONE);
            Counts all = result.totals().all().counts();
            assertThat(all.hits()).isEqualTo(40);
            assertThat(all.wrongValues()).isEqualTo(4);
            assertThat(result.totals().wrongValues())
                    .contains("key number 10, 64 bytes: its body is damaged");
            assertThat(result.notes()).anyMatch(note -> note.text().contains("not stored there"));
        }
    }

    /** Every tenth key has a damaged value. */
    private static String wrongAnswer(String line, ValueText values) {
        if (!line.startsWith("get ")) {
            return line.equals("version") ? "VERSION 1\r\n" : "END\r\n";
        }
        String key = line.substring(4);
        long number = Long.parseLong(key.substring(4));
        byte[] value = new byte[64];
        values.write(value, 0, 64, number, 1);
        value[60] ^= (byte) (number % 10 == 0 ? 1 : 0);
        return "VALUE " + key + " 0 64\r\n" + new String(value, ISO_8859_1) + "\r\nEND\r\n";
    }

    @Test
    void closedConnections_failTheirRequests_andTheRunGoesOn() throws Exception {
        try (FakeServer server =
                new FakeServer(
                        line ->
                                switch (line) {
                                    case "version" -> "VERSION 1\r\n";
                                    case "get key:0000000000000007" -> "";
                                    default -> "END\r\n";
                                })) {
            TestPlan plan = new TestPlan(server.address());
            plan.mix = "get=1";
            plan.fill = false;
            plan.requests = 30;
            plan.popularity = "sequential";
            plan.connections = 1;
            plan.threads = 1;
            plan.pipeline = 1;
            LoadResult result = plan.engine().run(LoadObserver.NONE);
            assertThat(counts(result, CommandKind.GET))
                    .isEqualTo(new Counts(30, 30, 0, 29, 0, 1, 0));
            assertThat(result.totals().errors())
                    .containsExactly(new Totals.ErrorCount("the server closed the connection", 1));
        }
    }

    @Test
    void nobodyListens_isSaid() throws IOException {
        int port;
        try (ServerSocket unused = new ServerSocket(0)) {
            port = unused.getLocalPort();
        }
        TestPlan plan = new TestPlan(new InetSocketAddress(InetAddress.getLoopbackAddress(), port));
        assertThatThrownBy(() -> plan.engine().run(LoadObserver.NONE))
                .isInstanceOf(LoadException.class)
                .hasMessage("cannot connect to 127.0.0.1:%d: Connection refused", port);
    }

    @ParameterizedTest
    @CsvSource({"TEXT, text", "META, meta", "BINARY, binary"})
    void anotherProtocol_isSaid(WireName protocol, String label) throws IOException {
        try (FakeServer server = new FakeServer(_ -> "-ERR unknown command\r\n")) {
            TestPlan plan = new TestPlan(server.address());
            plan.protocol = protocol;
            plan.timeout = Duration.ofMillis(500);
            assertThatThrownBy(() -> plan.engine().run(LoadObserver.NONE))
                    .isInstanceOf(LoadException.class)
                    .hasMessageContaining("does not speak the " + label + " protocol without TLS");
        }
    }

    @Test
    void textLogin_rightAndWrong_areTold() throws Exception {
        Path users = file("users");
        Files.writeString(users, "shop:secret\n", US_ASCII);
        try (MemringServer server = node().authFile(users).start()) {
            TestPlan plan = new TestPlan(server.address());
            plan.login = new LoginPlan("shop", "secret", null);
            assertThat(plan.engine().run(LoadObserver.NONE).totals().errors()).isEmpty();
            plan.login = new LoginPlan("shop", "guess", null);
            assertThatThrownBy(() -> plan.engine().run(LoadObserver.NONE))
                    .hasMessageEndingWith(
                            "authentication failed: CLIENT_ERROR authentication failure");
            plan.login = null;
            assertThatThrownBy(() -> plan.engine().run(LoadObserver.NONE))
                    .hasMessageContaining("needs a login");
        }
    }

    @Test
    void saslLogin_rightAndWrong_areTold() throws Exception {
        Path users = file("users");
        CredentialFile credentials = new CredentialFile();
        credentials.set(
                "shop",
                "secret",
                EnumSet.of(Mechanism.SCRAM_SHA_256, Mechanism.SCRAM_SHA_512),
                Permissions.ALL,
                new SecureRandom());
        credentials.write(users);
        try (MemringServer server = node().sasl(true).saslFile(users).start()) {
            TestPlan plan = new TestPlan(server.address());
            plan.protocol = WireName.BINARY;
            plan.login = new LoginPlan("shop", "secret", null);
            assertThat(plan.engine().run(LoadObserver.NONE).totals().errors()).isEmpty();
            plan.login = new LoginPlan("shop", "guess", Mechanism.PLAIN);
            assertThatThrownBy(() -> plan.engine().run(LoadObserver.NONE))
                    .hasMessageContaining("authentication failed");
        }
    }

    @ParameterizedTest
    @EnumSource(WireName.class)
    void tls_allSizes_arrive(WireName protocol) throws Exception {
        Path certificate = file("certificate.pem");
        Path key = file("key.pem");
        Files.writeString(certificate, IDENTITY.getCertificatePathPEM());
        Files.writeString(key, IDENTITY.getPrivateKeyPEM());
        try (MemringServer server = node().memoryLimitMegabytes(64).tls(certificate, key).start()) {
            TestPlan plan = new TestPlan(server.address());
            plan.protocol = protocol;
            plan.sizes = "0-200:9,1k-200k:1";
            plan.tls = new TlsPlan(trustingNode(), true);
            LoadResult result = plan.engine().run(LoadObserver.NONE);
            assertThat(result.totals().errors()).isEmpty();
            assertThat(counts(result, CommandKind.GET).misses()).isZero();
            plan.tls = new TlsPlan(SSLContext.getDefault(), true);
            assertThatThrownBy(() -> plan.engine().run(LoadObserver.NONE))
                    .hasMessageContaining("TLS failed");
        }
    }

    private static SSLContext trustingNode() throws Exception {
        SSLContext context = SSLContext.getInstance("TLS");
        TrustManagerFactory trust = IDENTITY.toTrustManagerFactory();
        context.init(null, trust.getTrustManagers(), null);
        return context;
    }

    @Test
    void stats_ofTheNode_areKept() throws Exception {
        try (MemringServer server = node().start()) {
            NodeFigures node =
                    new TestPlan(server.address())
                            .engine()
                            .run(LoadObserver.NONE)
                            .nodes()
                            .getFirst();
            Map<String, String> stats = node.statsAfter();
            assertThat(stats).containsKeys("pid", "version", "cmd_get", "curr_items");
            assertThat(node.usage()).isNotNull();
        }
    }
}
