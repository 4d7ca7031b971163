package io.memring.sasl;

import java.net.Inet6Address;
import java.net.InetAddress;
import java.nio.ByteBuffer;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.LongSupplier;

/**
 * Counts failed logins by address, and says when an address has had enough for now. Any thread.
 *
 * <p>Each address may fail as often as a bucket has tokens, and gets them back one by one over a
 * minute. Of IPv6, where everybody has many, the first half of an address counts. The addresses
 * that were heard of longest ago are forgotten first.
 */
public final class FailureLimiter {
    private static final int MAX_ADDRESSES = 1 << 16;
    private static final long NANOS_PER_MINUTE = 60_000_000_000L;

    private final int failuresPerMinute;
    private final LongSupplier nanoClock;

    /**
     * When the bucket of an address is full again, in the clock's nanoseconds; those that are full
     * need not be here. Guarded by this object.
     */
    private final Map<Long, Long> fullAt =
            new LinkedHashMap<>(16, 0.75f, true) {
                private static final long serialVersionUID = 1L;

                @Override
                protected boolean removeEldestEntry(Map.Entry<Long, Long> eldest) {
                    return size() > MAX_ADDRESSES;
                }
            };

    /**
     * @param failuresPerMinute 0 for any number
     * @param nanoClock such as {@link System#nanoTime}
     */
    public FailureLimiter(int failuresPerMinute, LongSupplier nanoClock) {
        this.failuresPerMinute = failuresPerMinute;
        this.nanoClock = nanoClock;
    }

    /** True when no login from this address should be looked at now. */
    public synchronized boolean isBlocked(InetAddress address) {
        if (failuresPerMinute == 0) {
            return false;
        }
        Long full = fullAt.get(key(address));
        return full != null && full - nanoClock.getAsLong() > NANOS_PER_MINUTE - nanosPerToken();
    }

    /** A login from this address has failed. */
    public synchronized void recordFailure(InetAddress address) {
        if (failuresPerMinute == 0) {
            return;
        }
        long now = nanoClock.getAsLong();
        long key = key(address);
        Long full = fullAt.get(key);
        long from = full == null || full - now < 0 ? now : full;
        fullAt.put(key, from + nanosPerToken());
    }

    /** The addresses remembered. */
    public synchronized int size() {
        return fullAt.size();
    }

    private long nanosPerToken() {
        return NANOS_PER_MINUTE / failuresPerMinute;
    }

    private static long key(InetAddress address) {
        ByteBuffer bytes = ByteBuffer.wrap(address.getAddress());
        return address instanceof Inet6Address ? bytes.getLong() : bytes.getInt();
    }
}
