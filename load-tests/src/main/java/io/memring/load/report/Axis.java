package io.memring.load.report;

import java.util.ArrayList;
import java.util.List;
import java.util.function.DoubleFunction;
import java.util.function.DoubleUnaryOperator;
import java.util.stream.DoubleStream;

/**
 * One dimension of a chart: which values it shows, how far along each is, and what stands beside
 * it.
 */
final class Axis {

    /** A value that is marked, and its label. */
    record Tick(double value, String label) {}

    /** About so many ticks, where there is a choice. */
    private static final int TICKS = 5;

    /** A logarithmic axis of more decades than this is marked at powers of ten alone. */
    private static final double DECADES_WITH_STEPS = 2.5;

    private static final double[] ROUND = {1, 2, 5, 10};
    private static final double ROUNDING_ERROR = 1e-9;

    /** Steps between ticks of time, in seconds. */
    private static final double[] SECONDS = {
        0.1, 0.2, 0.5, 1, 2, 5, 10, 20, 30, 60, 120, 300, 600, 1200, 1800, 3600, 7200, 14400, 43200
    };

    private final String title;
    private final DoubleUnaryOperator position;
    private final double low;
    private final double high;
    private final List<Tick> ticks;

    private Axis(String title, DoubleUnaryOperator position, double[] ends, List<Tick> ticks) {
        this.title = title;
        this.position = position;
        this.low = position.applyAsDouble(ends[0]);
        this.high = position.applyAsDouble(ends[1]);
        this.ticks = List.copyOf(ticks);
    }

    /** From zero to a round number not below a maximum. */
    static Axis linear(String title, double max, DoubleFunction<String> label) {
        double step = roundUp(Math.max(max, Double.MIN_NORMAL) / TICKS);
        int steps = (int) Math.max(Math.ceil(max / step - ROUNDING_ERROR), 1);
        List<Tick> ticks = new ArrayList<>();
        for (int i = 0; i <= steps; i++) {
            ticks.add(tick(i * step, label));
        }
        return new Axis(title, value -> value, new double[] {0, steps * step}, ticks);
    }

    /** Seconds from zero to just the maximum. */
    static Axis seconds(String title, double max) {
        double wanted = max / (TICKS + 3);
        double step = DoubleStream.of(SECONDS).filter(s -> s >= wanted).findFirst().orElse(86400);
        List<Tick> ticks = new ArrayList<>();
        for (double value = 0; value <= max + step / 1000; value += step) {
            ticks.add(tick(value, max <= 120 ? Axis::inSeconds : s -> Figures.clock(s * 1e9)));
        }
        return new Axis(title, value -> value, new double[] {0, Math.max(max, 1e-3)}, ticks);
    }

    /** From a round number not above a minimum to one not below a maximum; both are positive. */
    static Axis logarithmic(String title, double min, double max, DoubleFunction<String> label) {
        double low = roundDown(min);
        double high = roundUp(Math.max(max, min * 1.1));
        boolean steps = Math.log10(high / low) <= DECADES_WITH_STEPS;
        List<Tick> ticks = new ArrayList<>();
        for (double value = low; value < high * 1.0001; value = roundUp(value * 1.01)) {
            if (steps || isPowerOfTen(value)) {
                ticks.add(tick(value, label));
            }
        }
        return new Axis(title, Math::log10, new double[] {low, high}, ticks);
    }

    /**
     * Percentiles, from 0 to 100, spread by how few are beyond: 90, 99, 99.9 … are equally far from
     * each other.
     *
     * @param count how many figures there are, of which the last is where the axis ends
     */
    static Axis percentiles(String title, long count) {
        int nines = (int) Math.clamp(Math.ceil(Math.log10((double) Math.max(count, 1))), 2, 7);
        List<Tick> ticks = new ArrayList<>(List.of(new Tick(0, "0%"), new Tick(50, "50%")));
        for (int nine = 1; nine <= nines; nine++) {
            ticks.add(new Tick(100 - Math.pow(10, 2 - nine), nineText(nine) + '%'));
        }
        double last = 100 - Math.pow(10, 2 - nines);
        return new Axis(title, p -> -Math.log10(1 - p / 100), new double[] {0, last}, ticks);
    }

    /** Such as 99.9 for three nines. */
    private static String nineText(int nines) {
        return switch (nines) {
            case 1 -> "90";
            case 2 -> "99";
            default -> "99." + "9".repeat(nines - 2);
        };
    }

    String title() {
        return title;
    }

    List<Tick> ticks() {
        return ticks;
    }

    /** How far along a value is, from 0 to 1; values beyond the ends are at the ends. */
    double share(double value) {
        return Math.clamp((position.applyAsDouble(value) - low) / (high - low), 0, 1);
    }

    private static Tick tick(double value, DoubleFunction<String> label) {
        return new Tick(value, Figures.withoutZeros(label.apply(value)));
    }

    private static String inSeconds(double seconds) {
        return Math.round(seconds * 10) / 10.0 + " s";
    }

    private static boolean isPowerOfTen(double value) {
        double exponent = Math.log10(value);
        return Math.abs(exponent - Math.rint(exponent)) < 1e-6;
    }

    /** The least of 1, 2 and 5 times a power of ten that is not below a positive value. */
    private static double roundUp(double value) {
        double power = powerOfTenBelow(value);
        return DoubleStream.of(ROUND)
                .map(round -> round * power)
                .filter(candidate -> candidate >= value * (1 - ROUNDING_ERROR))
                .findFirst()
                .orElse(10 * power);
    }

    /** The greatest of them that is not above. */
    private static double roundDown(double value) {
        double power = powerOfTenBelow(value);
        return DoubleStream.of(ROUND)
                .map(round -> round * power)
                .filter(candidate -> candidate <= value * (1 + ROUNDING_ERROR))
                .max()
                .orElse(power);
    }

    private static double powerOfTenBelow(double value) {
        return Math.pow(10, Math.floor(Math.log10(value) + ROUNDING_ERROR));
    }
}
