package io.memring.client.pattern;

import io.memring.client.HashRing;
import io.memring.client.SyncCommands;
import io.memring.client.Ttl;

import java.time.Clock;
import java.time.Duration;
import java.util.concurrent.TimeUnit;

/**
 * Keys that can be forgotten all at once: each carries the version of its namespace, and forgetting
 * is to count that up. The version lives on one node and starts with the time, so that one that was
 * evicted does not come back. It is asked for at most once a second, so that other clients go on
 * with the old version for so long. Any number of threads may use one.
 *
 * <pre>{@code
 * Namespace prices = new Namespace(client, "prices");
 * cache.get(prices.key("42"));
 * prices.forget();
 * }</pre>
 */
public final class Namespace {
    private static final Duration KNOWN_FOR = Duration.ofSeconds(1);

    private final SyncCommands<String> cache;
    private final String name;
    private final String versionKey;
    private final Clock clock;

    /** A version and until when it is taken for granted. */
    private record Version(long number, long knownUntilMillis) {}

    private volatile Version version = new Version(0, 0);

    /** A namespace of a client. */
    public Namespace(HashRing client, String name) {
        this(client, name, Clock.systemUTC());
    }

    /** The same by another clock. */
    public Namespace(HashRing client, String name, Clock clock) {
        this.cache = client.sync();
        this.name = name;
        this.versionKey = "namespace:" + name;
        this.clock = clock;
    }

    /**
     * The key to use for a key in the namespace. Once a second one caller waits for the version.
     *
     * @throws io.memring.client.error.MemcacheException if the version's node does not answer
     */
    public String key(String key) {
        Version known = version;
        if (clock.millis() >= known.knownUntilMillis) {
            known = count(0);
        }
        return name + ':' + Long.toUnsignedString(known.number, Character.MAX_RADIX) + ':' + key;
    }

    /**
     * Forgets all items of the namespace.
     *
     * @throws io.memring.client.error.MemcacheException if the version's node does not answer
     */
    public void forget() {
        count(1);
    }

    private Version count(long by) {
        long start = TimeUnit.MILLISECONDS.toMicros(clock.millis());
        long number = cache.increment(versionKey, by, start, Ttl.never()).orElse(start);
        Version counted = new Version(number, clock.millis() + KNOWN_FOR.toMillis());
        version = counted;
        return counted;
    }
}
