package io.memring.load.report;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class FiguresTest {

    @ParameterizedTest
    @CsvSource({
        "0, 0 ns",
        "7, 7.00 ns",
        "840, 840 ns",
        "999.6, 1.00 µs",
        "84000, 84.0 µs",
        "9996, 10.0 µs",
        "1234567, 1.23 ms",
        "3200000000, 3.20 s",
        "4000000000000, 4000 s",
        "NaN, –",
        "Infinity, –"
    })
    void time_nanos_hasThreeDigitsAndAUnit(double nanos, String text) {
        assertThat(Figures.time(nanos)).isEqualTo(text);
    }

    @ParameterizedTest
    @CsvSource({"0, 0/s", "12.34, 12.3/s", "999.9, 1.00k/s", "1534000, 1.53M/s", "NaN, –"})
    void rate_perSecond_hasAPrefix(double rate, String text) {
        assertThat(Figures.rate(rate)).isEqualTo(text);
    }

    @ParameterizedTest
    @CsvSource({"512, 512 B", "1024, 1.00 KiB", "71000000, 67.7 MiB"})
    void bytes_any_areBinary(double bytes, String text) {
        assertThat(Figures.bytes(bytes)).isEqualTo(text);
    }

    @ParameterizedTest
    @CsvSource({"0.9823, 98.2%", "1, 100.0%", "NaN, –"})
    void percent_ofAShare_hasOneDecimal(double share, String text) {
        assertThat(Figures.percent(share)).isEqualTo(text);
    }

    @ParameterizedTest
    @CsvSource({"65e9, 1:05", "0, 0:00", "59.6e9, 1:00", "3725e9, 1:02:05"})
    void clock_nanos_isToTheSecond(double nanos, String text) {
        assertThat(Figures.clock(nanos)).isEqualTo(text);
    }

    @ParameterizedTest
    @CsvSource({
        "50.0k/s, 50k/s",
        "2.50 ms, 2.5 ms",
        "1.00 ms, 1 ms",
        "100%, 100%",
        "1.05 s, 1.05 s",
        "200 µs, 200 µs"
    })
    void withoutZeros_ofAFigure_keepsItsValue(String figure, String text) {
        assertThat(Figures.withoutZeros(figure)).isEqualTo(text);
    }
}
