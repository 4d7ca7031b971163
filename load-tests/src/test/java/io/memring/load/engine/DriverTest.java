package io.memring.load.engine;

import static org.assertj.core.api.Assertions.assertThat;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import io.memring.load.result.CommandKind;
import io.memring.load.result.Counts;
import io.memring.load.result.Latencies;
import io.memring.load.wire.ReplyException;
import io.memring.load.wire.WireName;
import io.memring.load.workload.CommandMix;
import io.memring.load.workload.KeySpace;
import io.memring.load.workload.Popularity;
import io.memring.load.workload.Ttls;
import io.memring.load.workload.ValueSizes;
import io.memring.load.workload.ValueText;
import io.memring.load.workload.Workload;

import org.HdrHistogram.Histogram;
import org.junit.jupiter.api.Test;

import java.util.ArrayList;
import java.util.List;

/** The driver by hand: its sockets and its clock are the test's. */
final class DriverTest {
    private static final long MILLISECOND = 1_000_000;
    private static final long SEED = 42;
    private static final int VALUE_LENGTH = 30;

    private final Network network = new Network();
    private final ValueText values = new ValueText();
    private long now = 1_000 * MILLISECOND;

    /** Takes requests, and nobody answers unless the test does. */
    private static final class Network implements Outlet {
        final List<Connection> waiting = new ArrayList<>();
        final List<Client> reopened = new ArrayList<>();
        String sent = "";

        @Override
        public void flush(Connection connection) {
            sent += new String(connection.out.array(), 0, connection.out.length(), ISO_8859_1);
            connection.allSent();
            waiting.add(connection);
        }

        @Override
        public void reopen(Client client) {
            client.ready = 0;
            reopened.add(client);
        }
    }

    private Workload workload(String mix, boolean setOnMiss) {
        return new Workload(
                100,
                "k:",
                0,
                new Popularity.Sequential(),
                ValueSizes.parse("" + VALUE_LENGTH),
                Ttls.parse("0"),
                CommandMix.parse(mix),
                3,
                setOnMiss,
                true,
                null);
    }

    private Driver driver(Workload workload, int clients, int pipeline, long worn) {
        KeySpace keys = workload.keySpace();
        KeySpace counters = workload.counterSpace();
        Driver.Shared shared =
                new Driver.Shared(
                        workload,
                        WireName.TEXT.protocol(keys, counters, values),
                        keys,
                        counters,
                        values,
                        null,
                        pipeline,
                        worn);
        Driver driver = new Driver(shared, clients, 1, network, () -> now);
        for (Client client : driver.clients()) {
            client.ready = 1;
        }
        return driver;
    }

    private Driver begun(String mix, boolean setOnMiss, int pipeline, long budget) {
        Workload workload = workload(mix, setOnMiss);
        Driver driver = driver(workload, 1, pipeline, 0);
        driver.begin(workload.source(SEED, 0, 1), null, budget);
        return driver;
    }

    private String takeSent() {
        String sent = network.sent;
        network.sent = "";
        network.waiting.clear();
        return sent;
    }

    private static void answer(Driver driver, String reply) throws ReplyException {
        Connection connection = driver.clients().getFirst().connections[0];
        driver.receive(connection, reply.getBytes(ISO_8859_1), reply.length());
    }

    private static Counts counts(Driver driver, CommandKind kind) {
        return sample(driver.recorder().drain(), kind).counts();
    }

    private static ThreadSample.Kind sample(ThreadSample.Figures figures, CommandKind kind) {
        return figures.kinds()
                .getOrDefault(kind, new ThreadSample.Kind(Counts.NONE, Latencies.newHistogram()));
    }

    private String value(int key, int storedUnder) {
        byte[] value = new byte[VALUE_LENGTH];
        values.write(value, 0, VALUE_LENGTH, storedUnder, 1);
        return "VALUE k:%02d 0 %d\r\n%s\r\n"
                .formatted(key, VALUE_LENGTH, new String(value, ISO_8859_1));
    }

    @Test
    void closedLoop_wholePipelineAnswered_sendsTheNext() throws ReplyException {
        Driver driver = begun("delete=1", false, 4, 6);
        assertThat(takeSent())
                .isEqualTo("delete k:00\r\ndelete k:01\r\ndelete k:02\r\ndelete k:03\r\n");
        answer(driver, "DELETED\r\nDELETED\r\nNOT_FO");
        assertThat(takeSent()).isEmpty();
        answer(driver, "UND\r\nDELETED\r\n");
        assertThat(takeSent()).isEqualTo("delete k:04\r\ndelete k:05\r\n");
        assertThat(driver.isDone()).isFalse();
        answer(driver, "DELETED\r\nDELETED\r\n");
        assertThat(driver.isDone()).isTrue();
        assertThat(counts(driver, CommandKind.DELETE)).isEqualTo(new Counts(6, 6, 5, 1, 0, 0, 0));
    }

    @Test
    void openLoop_stall_chargesAllRequestsThatItHeldUp() throws ReplyException {
        Workload workload = workload("delete=1", false);
        Driver driver = driver(workload, 1, 1, 0);
        long tick = MILLISECOND / 10;
        long start = now;
        driver.begin(workload.source(SEED, 0, 1), new Pacer(start, 0, MILLISECOND, null), 3_000);
        while (!driver.isDone()) {
            now += tick;
            long since = now - start;
            boolean stalled = since > 500 * MILLISECOND && since <= 1_500 * MILLISECOND;
            if (!stalled && !network.waiting.isEmpty()) {
                takeSent();
                answer(driver, "DELETED\r\n");
            }
            driver.pump();
        }
        ThreadSample.Figures figures = driver.recorder().drain();
        Histogram corrected = sample(figures, CommandKind.DELETE).latencies();
        assertThat(corrected.getTotalCount()).isEqualTo(3_000);
        assertThat(above(corrected, 100 * MILLISECOND)).isBetween(980L, 1_020L);
        assertThat(above(corrected, 500 * MILLISECOND)).isBetween(540L, 570L);
        assertThat(above(figures.serviceTimes(), 100 * MILLISECOND)).isEqualTo(1);
        // It was the server that was late, not the generator.
        assertThat(figures.sendLags().getMaxValue()).isLessThan(MILLISECOND);
    }

    private static long above(Histogram histogram, long nanos) {
        return histogram.getCountBetweenValues(nanos, Latencies.HIGHEST_NANOS);
    }

    @Test
    void openLoop_generatorTooLate_showsAsSendLag() {
        Workload workload = workload("delete=1", false);
        Driver driver = driver(workload, 2, 10, 0);
        driver.begin(workload.source(SEED, 0, 1), new Pacer(now, 0, MILLISECOND, null), 100);
        now += 10 * MILLISECOND;
        driver.pump();
        Histogram lags = driver.recorder().drain().sendLags();
        assertThat(lags.getTotalCount()).isEqualTo(11);
        assertThat(lags.getMaxValue()).isBetween(9_900_000L, 10_100_000L);
    }

    @Test
    void fetch_byteByByte_isCountedOnce() throws ReplyException {
        Driver driver = begun("get=1", false, 1, 1);
        for (char character : (value(0, 0) + "END\r\n").toCharArray()) {
            answer(driver, String.valueOf(character));
        }
        assertThat(driver.isDone()).isTrue();
        assertThat(counts(driver, CommandKind.GET)).isEqualTo(new Counts(1, 1, 1, 0, 0, 0, 0));
    }

    @Test
    void fetch_valueOfAnotherKey_isWrong() throws ReplyException {
        Driver driver = begun("get=1", false, 1, 1);
        answer(driver, value(0, 1) + "END\r\n");
        ThreadSample.Figures figures = driver.recorder().drain();
        assertThat(sample(figures, CommandKind.GET).counts())
                .isEqualTo(new Counts(1, 1, 1, 0, 0, 0, 1));
        assertThat(figures.wrongValues())
                .containsExactly("key number 0, 30 bytes: it belongs to another key");
    }

    @Test
    void fetch_keyThatWasNotAskedFor_isWrong() throws ReplyException {
        Driver driver = begun("multiget=1", false, 1, 1);
        answer(driver, value(0, 0) + value(0, 0) + value(7, 7) + "END\r\n");
        assertThat(counts(driver, CommandKind.MULTIGET)).isEqualTo(new Counts(1, 3, 1, 2, 0, 0, 2));
    }

    @Test
    void multiget_misses_areStoredIfWanted() throws ReplyException {
        Driver driver = begun("multiget=1", true, 1, 1);
        assertThat(takeSent()).isEqualTo("get k:00 k:01 k:02\r\n");
        answer(driver, value(1, 1) + "END\r\n");
        assertThat(takeSent()).contains("set k:00 0 0 30\r\n", "set k:02 0 0 30\r\n");
        // What is still to be sent when the last request was drawn is not sent any more: but it
        // was.
        answer(driver, "STORED\r\nNOT_STORED\r\n");
        assertThat(driver.inFlight).isZero();
        assertThat(counts(driver, CommandKind.SET)).isEqualTo(new Counts(2, 2, 1, 1, 0, 0, 0));
    }

    @Test
    void cas_hit_storesWithTheUniqueNumber() throws ReplyException {
        Driver driver = begun("cas=1", false, 1, 2);
        assertThat(takeSent()).isEqualTo("gets k:00\r\n");
        answer(driver, value(0, 0).replace(" 30\r\n", " 30 987654321\r\n") + "END\r\n");
        assertThat(takeSent()).startsWith("cas k:00 0 0 30 987654321\r\n");
        answer(driver, "EXISTS\r\n");
        assertThat(takeSent()).isEqualTo("gets k:01\r\n");
        ThreadSample.Figures figures = driver.recorder().drain();
        assertThat(sample(figures, CommandKind.GETS).counts())
                .isEqualTo(new Counts(1, 1, 1, 0, 0, 0, 0));
        assertThat(sample(figures, CommandKind.CAS).counts())
                .isEqualTo(new Counts(1, 1, 0, 0, 1, 0, 0));
    }

    @Test
    void incr_missingCounter_isMade() throws ReplyException {
        Driver driver = begun("incr=1", false, 1, 2);
        assertThat(takeSent()).isEqualTo("incr k:counter:00 1\r\n");
        answer(driver, "NOT_FOUND\r\n");
        assertThat(takeSent()).isEqualTo("add k:counter:00 0 0 1\r\n0\r\n");
        answer(driver, "STORED\r\n");
        assertThat(takeSent()).isEqualTo("incr k:counter:01 1\r\n");
        answer(driver, "17\r\n");
        assertThat(counts(driver, CommandKind.INCR)).isEqualTo(new Counts(2, 2, 1, 1, 0, 0, 0));
    }

    @Test
    void errors_areCountedByTheirWords() throws ReplyException {
        Driver driver = begun("set=1", false, 2, 2);
        answer(driver, "SERVER_ERROR out of memory storing object\r\nSTORED\r\n");
        ThreadSample.Figures figures = driver.recorder().drain();
        assertThat(sample(figures, CommandKind.SET).counts())
                .isEqualTo(new Counts(2, 2, 1, 0, 0, 1, 0));
        assertThat(figures.errors()).containsOnlyKeys("SERVER_ERROR out of memory storing object");
    }

    @Test
    void abandonedConnection_requests_haveFailed() {
        Driver driver = begun("set=1", false, 3, 3);
        Client client = driver.clients().getFirst();
        client.ready = 0;
        client.connections[0].abandon("the server closed the connection", now);
        assertThat(driver.isDone()).isFalse();
        driver.stop();
        assertThat(driver.isDone()).isTrue();
        assertThat(counts(driver, CommandKind.SET)).isEqualTo(new Counts(3, 3, 0, 0, 0, 3, 0));
    }

    @Test
    void wornOutConnection_isOpenedAnew_andThatTimeCounts() throws ReplyException {
        Workload workload = workload("delete=1", false);
        Driver driver = driver(workload, 1, 1, 2);
        driver.begin(workload.source(SEED, 0, 1), null, 3);
        answer(driver, "DELETED\r\n");
        answer(driver, "DELETED\r\n");
        assertThat(network.reopened).hasSize(1);
        driver.recorder().drain();
        now += 5 * MILLISECOND;
        network.reopened.getFirst().ready = 1;
        driver.offer(network.reopened.getFirst());
        now += MILLISECOND;
        answer(driver, "DELETED\r\n");
        Histogram latencies = sample(driver.recorder().drain(), CommandKind.DELETE).latencies();
        assertThat(latencies.getTotalCount()).isEqualTo(1);
        assertThat(latencies.getMaxValue()).isBetween(5_900_000L, 6_100_000L);
    }
}
