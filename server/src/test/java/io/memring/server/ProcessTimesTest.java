package io.memring.server;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class ProcessTimesTest {

    @Test
    void parse_nameWithSpacesAndParentheses_isSkipped() {
        String stat =
                "7 (a (b) c) S 1 7 7 0 -1 4194560 1 2 3 4 123 45 6 7 20 0 1 0 100 200 300 0 0";

        assertThat(ProcessTimes.parse(stat)).isEqualTo(new ProcessTimes(1_230_000, 450_000));
    }

    @Test
    void format_micros_haveSixDigits() {
        assertThat(ProcessTimes.format(0)).isEqualTo("0.000000");
        assertThat(ProcessTimes.format(12_000_034)).isEqualTo("12.000034");
    }

    @Test
    void read_thisProcess_hasUsedTime() {
        assertThat(ProcessTimes.read().userMicros()).isPositive();
    }
}
