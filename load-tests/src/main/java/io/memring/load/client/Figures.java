package io.memring.load.client;

/**
 * What a run has measured.
 *
 * @param perSecond operations a second
 * @param cpuMicros CPU time of the client's process per operation
 * @param p50Micros the median latency; 0 where it was not measured
 * @param p99Micros the latency that one operation of a hundred exceeded; 0 as well
 * @param failures operations that did not do what they should
 */
record Figures(
        double perSecond, double cpuMicros, double p50Micros, double p99Micros, long failures) {

    private static final int FIELDS = 5;

    /** The figures in a line for {@link #parse}. */
    String line() {
        return perSecond + " " + cpuMicros + " " + p50Micros + " " + p99Micros + " " + failures;
    }

    static Figures parse(String line) {
        String[] fields = line.split(" ", FIELDS);
        return new Figures(
                Double.parseDouble(fields[0]),
                Double.parseDouble(fields[1]),
                Double.parseDouble(fields[2]),
                Double.parseDouble(fields[3]),
                Long.parseLong(fields[4]));
    }
}
