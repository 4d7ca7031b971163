package io.memring.load.report;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

final class ResultTextTest {

    @Test
    void of_plainRun_isOnePage() {
        assertThat(ResultText.of(SampleRuns.plain()).lines().map(String::strip))
                .startsWith(
                        "db-cache on 127.0.0.1:11211: 40.0 s measured",
                        "text, 50 connections, 1 in flight on each, 2 threads, closed loop, seed"
                                + " 42",
                        "keys=200000, popularity=zipf 0.99, sizes=100-1000,"
                                + " mix=get=80,set=15,multiget=5",
                        "")
                .contains(
                        "traffic: 11.4 MiB/s sent, 42.9 MiB/s received; 0 connects, 0 disconnects")
                .anyMatch(line -> line.matches("requests +per second +hits +errors .* max"))
                .anyMatch(line -> line.matches("multiget +201,245 +5\\.03k +98\\.0% +0 .* µs .*"))
                .anyMatch(line -> line.matches("all +4,025,221 +101k +98\\.2% +0 .*"))
                .endsWith(
                        "server 127.0.0.1:11211: 3.00 µs CPU per request, 0.30 cores,"
                                + " 67.7 MiB resident (by /proc)",
                        "generator: 1.50 µs CPU per request, busiest thread 62.0%, without a processor at"
                                + " most 5.0%");
    }

    @Test
    void of_table_isFlush() {
        assertThat(
                        ResultText.of(SampleRuns.plain())
                                .lines()
                                .filter(line -> line.matches("( |get|multiget|set|all) .*"))
                                .mapToInt(String::length)
                                .distinct())
                .hasSize(1);
    }

    @Test
    void of_troubledRun_saysWhatWentWrong() {
        assertThat(ResultText.of(SampleRuns.troubled()))
                .contains("latencies count from when requests were due; from when they were sent: ")
                .contains("asked for  answered  p99 ≤ 1.00 ms\n")
                .contains("40.0k/s     40.0k/s         935 µs    kept\n")
                .contains("50.0k/s     50.0k/s        1.20 ms  missed\n")
                .endsWith(
                        """
                        the highest rate with p99 ≤ 1.00 ms: 40.0k/s
                        error: 700 × SERVER_ERROR out of memory <b>
                        error: 12 × connection reset by peer
                        wrong values: 37
                            key:17: expected 100 bytes of seed 17, got 99
                        warning: the generator was the limit: 100% of a core
                        note: values were checked
                        """);
    }
}
