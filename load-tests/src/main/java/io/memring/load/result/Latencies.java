package io.memring.load.result;

import org.HdrHistogram.AbstractHistogram;
import org.HdrHistogram.Histogram;

import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.List;
import java.util.zip.DataFormatException;

/**
 * An immutable set of latencies in nanoseconds. It keeps HdrHistogram's compressed encoding, a few
 * hundred bytes where the histogram itself has a hundred thousand, so that an hour of intervals
 * fits into memory.
 */
public final class Latencies {

    /** Latencies are told apart from this many nanoseconds on. */
    private static final long LOWEST_NANOS = 128;

    /** Longer ones, an hour and more, count as this long. */
    public static final long HIGHEST_NANOS = 3_600_000_000_000L;

    /** Errors of values are at most a thousandth. */
    private static final int SIGNIFICANT_DIGITS = 3;

    /** None at all. */
    public static final Latencies NONE = of(newHistogram());

    private final byte[] encoded;
    private final long count;
    private final long maxNanos;
    private final double meanNanos;

    private Latencies(byte[] encoded, AbstractHistogram histogram) {
        this.encoded = encoded;
        this.count = histogram.getTotalCount();
        this.maxNanos = histogram.getMaxValue();
        this.meanNanos = histogram.getMean();
    }

    /** An empty histogram of the range and precision that all latencies have. */
    public static Histogram newHistogram() {
        return new Histogram(LOWEST_NANOS, HIGHEST_NANOS, SIGNIFICANT_DIGITS);
    }

    /** A copy of what a histogram holds, which is in nanoseconds. */
    public static Latencies of(AbstractHistogram histogram) {
        ByteBuffer buffer = ByteBuffer.allocate(histogram.getNeededByteBufferCapacity());
        int length = histogram.encodeIntoCompressedByteBuffer(buffer);
        return new Latencies(Arrays.copyOf(buffer.array(), length), histogram);
    }

    /** Reads what {@link #encoded()} has written. */
    public static Latencies decode(byte[] encoded) {
        return new Latencies(encoded.clone(), histogram(encoded));
    }

    /** All of them together. */
    public static Latencies sum(List<Latencies> parts) {
        Histogram sum = newHistogram();
        for (Latencies part : parts) {
            sum.add(part.toHistogram());
        }
        return of(sum);
    }

    /** A new histogram, to be changed at will. */
    public Histogram toHistogram() {
        return histogram(encoded);
    }

    private static Histogram histogram(byte[] encoded) {
        try {
            return Histogram.decodeFromCompressedByteBuffer(ByteBuffer.wrap(encoded), 0);
        } catch (DataFormatException | RuntimeException e) {
            throw new IllegalArgumentException("not an encoded histogram", e);
        }
    }

    /** HdrHistogram's compressed form, version 2. */
    public byte[] encoded() {
        return encoded.clone();
    }

    public long count() {
        return count;
    }

    /** Nanoseconds; 0 if there are none. */
    public long maxNanos() {
        return maxNanos;
    }

    /** Nanoseconds; 0 if there are none. */
    public double meanNanos() {
        return meanNanos;
    }

    /**
     * The latency that so many percent do not exceed, in nanoseconds. Decodes: ask {@link
     * #toHistogram()} for more than a few.
     *
     * @param percentile from 0 to 100
     */
    public long nanosAt(double percentile) {
        return toHistogram().getValueAtPercentile(percentile);
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Latencies that && Arrays.equals(encoded, that.encoded);
    }

    @Override
    public int hashCode() {
        return Arrays.hashCode(encoded);
    }

    @Override
    public String toString() {
        return "Latencies[count=" + count + ", maxNanos=" + maxNanos + ']';
    }
}
