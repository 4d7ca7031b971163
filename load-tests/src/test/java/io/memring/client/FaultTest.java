package io.memring.client;

import static org.assertj.core.api.Assertions.assertThat;

import io.memring.client.Workload.Tally;
import io.memring.client.ring.Node;
import io.memring.server.MemringServer;
import io.memring.server.testsupport.MemringExtension;

import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

import java.time.Duration;
import java.util.Arrays;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;

/**
 * A client under load behind a network that breaks: no wrong value, no operation without an end,
 * nothing lost, and all well when the network is.
 */
@Timeout(120)
@ExtendWith({MemringExtension.class, LeakCheck.class})
final class FaultTest {
    private static final long SEED = 20261121;

    /** With default time limits and nobody else on the machine, after any fault. */
    private static final Duration RECOVERY = Duration.ofSeconds(2);

    private static final int FLAPS = 60;

    private final MemringServer server;

    FaultTest(MemringServer server) {
        this.server = server;
    }

    static Stream<Arguments> faultsAndProtocols() {
        return Arrays.stream(Protocol.values())
                .flatMap(
                        protocol ->
                                Arrays.stream(Fault.values())
                                        .map(fault -> Arguments.of(fault, protocol)));
    }

    /** Every fault once, the protocols in turn. */
    static Stream<Arguments> faultsInTurn() {
        Protocol[] protocols = Protocol.values();
        return Arrays.stream(Fault.values())
                .map(fault -> Arguments.of(fault, protocols[fault.ordinal() % protocols.length]));
    }

    private static HashRingBuilder client(FaultProxy proxy) {
        return HashRing.builder().node(Node.of("127.0.0.1", proxy.port()));
    }

    /** With short time limits, so that a test sees many of them pass. */
    private static HashRingBuilder hasty(FaultProxy proxy) {
        return client(proxy)
                .operationTimeout(Duration.ofMillis(200))
                .bulkTimeout(Duration.ofMillis(200))
                .hangTimeout(Duration.ofMillis(600))
                .connectTimeout(Duration.ofMillis(500))
                .maxBackoff(Duration.ofMillis(25));
    }

    @ParameterizedTest
    @MethodSource("faultsInTurn")
    void fault_underLoad_passesWithoutWrongValues(Fault fault, Protocol protocol) {
        checkFault(fault, protocol);
    }

    @Tag("deep")
    @ParameterizedTest
    @MethodSource("faultsAndProtocols")
    void fault_anyProtocol_passesWithoutWrongValues(Fault fault, Protocol protocol) {
        checkFault(fault, protocol);
    }

    private void checkFault(Fault fault, Protocol protocol) {
        try (FaultProxy proxy = new FaultProxy(server.port(), SEED)) {
            try (HashRing client = hasty(proxy).protocol(protocol).build();
                    Workload load = new Workload(client, SEED)) {
                load.awaitRecovery();
                load.run(50);
                proxy.inflict(fault);
                load.run(50);
                proxy.inflict(Fault.NONE);
                load.awaitRecovery();
                Tally after = load.run(50);

                assertThat(after.results()).isGreaterThan(after.failures());
                awaitIdle(client);
                assertThat(proxy.links()).isEqualTo(1);
            }
            awaitNoLinks(proxy);
        }
    }

    @ParameterizedTest
    @EnumSource
    void flappingNode_underLoad_isUsedWheneverItIsThere(Protocol protocol) {
        try (FaultProxy proxy = new FaultProxy(server.port(), SEED)) {
            try (HashRing client = hasty(proxy).protocol(protocol).build();
                    Workload load = new Workload(client, SEED)) {
                for (int flap = 0; flap < 10; flap++) {
                    load.awaitRecovery();
                    Tally up = load.run(20);
                    proxy.goDown();
                    Tally down = load.run(20);

                    assertThat(up.results()).isPositive();
                    assertThat(down.failures()).isPositive();
                    proxy.comeUp();
                }
                load.awaitRecovery();
                awaitIdle(client);
                assertThat(proxy.links()).isEqualTo(1);
            }
            awaitNoLinks(proxy);
        }
    }

    @Tag("deep")
    @Test
    void flappingNode_everySecondForAMinute_isUsedInBetween() {
        try (FaultProxy proxy = new FaultProxy(server.port(), SEED);
                ScheduledExecutorService clock = Executors.newSingleThreadScheduledExecutor()) {
            try (HashRing client = client(proxy).build();
                    Workload load = new Workload(client, SEED)) {
                load.awaitRecovery();
                AtomicInteger turns = new AtomicInteger();
                ScheduledFuture<?> flapping =
                        clock.scheduleAtFixedRate(
                                () -> turn(proxy, turns.getAndIncrement()), 1, 1, TimeUnit.SECONDS);
                Tally all = new Tally(0, 0);
                while (turns.get() < FLAPS) {
                    all = all.plus(load.run(20));
                }
                flapping.cancel(false);

                assertThat(load.awaitRecovery()).isLessThan(RECOVERY);
                assertThat(all.results()).isGreaterThan(1000);
                awaitIdle(client);
                assertThat(proxy.links()).isEqualTo(1);
            }
            awaitNoLinks(proxy);
        }
    }

    /** Down, up, down, and in the end up. */
    private static void turn(FaultProxy proxy, int turn) {
        if (turn % 2 == 0 && turn < FLAPS) {
            proxy.goDown();
        } else if (turn < FLAPS) {
            proxy.comeUp();
        }
    }

    @Tag("deep")
    @ParameterizedTest
    @MethodSource("faultsAndProtocols")
    void fault_defaultTimeLimits_isOverInTwoSeconds(Fault fault, Protocol protocol) {
        try (FaultProxy proxy = new FaultProxy(server.port(), SEED);
                HashRing client = client(proxy).protocol(protocol).build();
                Workload load = new Workload(client, SEED)) {
            load.awaitRecovery();
            for (int i = 0; i < 5; i++) {
                proxy.inflict(fault);
                load.run(20);
                proxy.inflict(Fault.NONE);

                assertThat(load.awaitRecovery()).isLessThan(RECOVERY);
            }
        }
    }

    /** Waits for the last reply, however late it is. */
    private static void awaitIdle(HashRing client) {
        while (client.inFlight().values().stream().anyMatch(count -> count > 0)) {
            Thread.onSpinWait();
        }
    }

    private static void awaitNoLinks(FaultProxy proxy) {
        while (proxy.links() > 0) {
            Thread.onSpinWait();
        }
    }
}
