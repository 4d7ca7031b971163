package io.memring.load.report;

import java.util.Locale;

/** Figures as people read them: three digits and a unit. */
final class Figures {

    /** What stands where there is no figure. */
    static final String NONE = "–";

    private static final int NANOS_PER_MICRO = 1000;

    private Figures() {}

    /** A whole number, as it is. */
    static String count(long value) {
        return String.format(Locale.ROOT, "%,d", value);
    }

    /** A number such as 1.23M. */
    static String compact(double value) {
        return scaled(value, 1000, "", "k", "M", "G");
    }

    /** So many a second. */
    static String rate(double perSecond) {
        return scaled(perSecond, 1000, "/s", "k/s", "M/s", "G/s");
    }

    /** A time, in nanoseconds, such as 84.0 µs. */
    static String time(double nanos) {
        return scaled(nanos, NANOS_PER_MICRO, " ns", " µs", " ms", " s");
    }

    /** The same of a whole number of nanoseconds. */
    static String time(long nanos) {
        return time((double) nanos);
    }

    /** Memory, such as 12.3 MiB. */
    static String bytes(double bytes) {
        return scaled(bytes, 1024, " B", " KiB", " MiB", " GiB", " TiB");
    }

    /** A share, from 0 to 1, in percent. */
    static String percent(double share) {
        return Double.isNaN(share) ? NONE : String.format(Locale.ROOT, "%.1f%%", share * 100);
    }

    /** A quotient of two figures. */
    static String ratio(double ratio) {
        return Double.isFinite(ratio) ? String.format(Locale.ROOT, "%.3f", ratio) : NONE;
    }

    /** Minutes and seconds, or hours, minutes and seconds, of nanoseconds; to the second. */
    static String clock(double nanos) {
        long seconds = Math.round(nanos / 1e9);
        return seconds < 3600
                ? String.format(Locale.ROOT, "%d:%02d", seconds / 60, seconds % 60)
                : String.format(
                        Locale.ROOT,
                        "%d:%02d:%02d",
                        seconds / 3600,
                        seconds / 60 % 60,
                        seconds % 60);
    }

    /** The same figure without zeros that end its fraction, for the labels of axes. */
    static String withoutZeros(String figure) {
        return figure.replaceFirst("\\.0+(?!\\d)", "")
                .replaceFirst("(\\.\\d*[1-9])0+(?!\\d)", "$1");
    }

    private static String scaled(double value, int base, String... units) {
        if (!Double.isFinite(value)) {
            return NONE;
        }
        double scaled = value;
        int unit = 0;
        while (scaled >= base - 0.5 && unit < units.length - 1) {
            scaled /= base;
            unit++;
        }
        return threeDigits(scaled) + units[unit];
    }

    private static String threeDigits(double value) {
        String format = value == 0 || value >= 99.95 ? "%.0f" : value >= 9.995 ? "%.1f" : "%.2f";
        return String.format(Locale.ROOT, format, value);
    }
}
