package io.memring.load.report;

import static org.assertj.core.api.Assertions.assertThat;

import io.memring.load.result.CommandFigures;
import io.memring.load.result.CommandKind;
import io.memring.load.result.Counts;
import io.memring.load.result.Interval;
import io.memring.load.result.Latencies;
import io.memring.load.result.Phase;
import io.memring.load.result.Traffic;

import org.HdrHistogram.Histogram;
import org.junit.jupiter.api.Test;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.Map;

final class ProgressPrinterTest {

    private static final long SECOND = 1_000_000_000;

    private final StringWriter text = new StringWriter();

    @Test
    void onInterval_elsewhere_isALine() {
        ProgressPrinter printer = new ProgressPrinter(new PrintWriter(text), false);

        printer.onPhase(Phase.WARM_UP);
        printer.onInterval(interval(Phase.WARM_UP, 0, 0.5, 2, 0));
        printer.onPhase(Phase.MEASURE);
        printer.onInterval(interval(Phase.MEASURE, 1, 0.1, 1, 0));
        printer.onInterval(interval(Phase.MEASURE, 2, 0.2, 0, 0));

        assertThat(text.toString().lines())
                .containsExactly(
                        "0:01 warm-up  1.00k/s  hits  90.0%  p50 50.0 µs  p99 99.1 µs  errors 2"
                                + "  0:01 left",
                        "0:02 measure  1.00k/s  hits  90.0%  p50 50.0 µs  p99 99.1 µs  errors 3"
                                + "  0:09 left",
                        "0:03 measure  1.00k/s  hits  90.0%  p50 50.0 µs  p99 99.1 µs  errors 3"
                                + "  0:08 left");
    }

    @Test
    void onInterval_onATerminal_rewritesItsLine() {
        ProgressPrinter printer = new ProgressPrinter(new PrintWriter(text), true);

        printer.begin("1/5 node ");
        printer.onInterval(interval(Phase.MEASURE, 0, 0.1, 0, 0));
        printer.onInterval(interval(Phase.MEASURE, 1, 0.2, 0, 0));
        printer.close();

        assertThat(text.toString())
                .startsWith("\r\u001b[K\u001b[?7l1/5 node 0:01 measure")
                .contains(" left\u001b[?7h\r\u001b[K\u001b[?7l1/5 node 0:02 measure")
                .endsWith("0:08 left\u001b[?7h" + System.lineSeparator());
    }

    @Test
    void onInterval_wrongValues_areShouted() {
        ProgressPrinter printer = new ProgressPrinter(new PrintWriter(text), false);

        printer.onInterval(interval(Phase.MEASURE, 0, 0, 0, 3));

        assertThat(text.toString()).contains("  ? left  WRONG VALUES 3");
    }

    private static Interval interval(
            Phase phase, int second, double progress, long errors, long wrongValues) {
        Histogram latencies = Latencies.newHistogram();
        for (int micros = 1; micros <= 100; micros++) {
            latencies.recordValue(micros * 1000L);
        }
        CommandFigures figures =
                new CommandFigures(
                        new Counts(1000, 1000, 900, 100, 0, errors, wrongValues),
                        Latencies.of(latencies));
        return new Interval(
                phase,
                second * SECOND,
                SECOND,
                Map.of(CommandKind.GET, figures),
                figures,
                Traffic.NONE,
                0.5,
                0,
                progress);
    }
}
