package io.memring.client.pattern;

import io.memring.client.HashRing;
import io.memring.client.Ttl;
import io.memring.client.codec.Codec;

import org.jspecify.annotations.Nullable;

import java.time.Duration;
import java.util.Random;
import java.util.concurrent.Executor;
import java.util.concurrent.ForkJoinPool;
import java.util.function.Function;
import java.util.random.RandomGenerator;

/**
 * Settings of a {@link ReadThrough}. One thread at a time.
 *
 * @param <K> what is asked for
 * @param <V> the values
 */
public final class ReadThroughBuilder<K, V> {
    final HashRing client;
    final Codec<V> codec;
    final Function<K, String> keys;
    final RandomGenerator random = new Random();
    Duration ttl = Duration.ofMinutes(10);
    double jitter = 0.1;
    Duration lease = Duration.ofSeconds(5);
    Duration refreshAhead = Duration.ZERO;
    Duration negativeTtl = Duration.ZERO;
    boolean serveStale = true;
    Duration staleFor = Duration.ofSeconds(30);
    int retries = 8;
    Duration firstWait = Duration.ofMillis(25);
    Executor executor = ForkJoinPool.commonPool();
    Invalidation invalidation = Invalidation.delete();
    @Nullable BulkLoader<K, V> bulkLoader;
    @Nullable NearCache<V> near;
    private @Nullable Namespace namespace;

    ReadThroughBuilder(HashRing client, Codec<V> codec, Function<K, String> keys) {
        this.client = client;
        this.codec = codec;
        this.keys = keys;
    }

    /** How long values live; ten minutes by default. */
    public ReadThroughBuilder<K, V> ttl(Duration life) {
        ttl = positive("ttl", life);
        return this;
    }

    /**
     * By which part lives are shortened at random, so that what was stored together does not expire
     * together; a tenth by default.
     */
    public ReadThroughBuilder<K, V> ttlJitter(double part) {
        if (!(part >= 0 && part < 1)) {
            throw new IllegalArgumentException("from 0 to less than 1: ttlJitter=" + part);
        }
        jitter = part;
        return this;
    }

    /** How long others wait at most for the one that loads; five seconds by default. */
    public ReadThroughBuilder<K, V> lease(Duration time) {
        lease = positive("lease", time);
        return this;
    }

    /**
     * From which rest of its life a value is loaded anew while it is still served; never by
     * default.
     */
    public ReadThroughBuilder<K, V> refreshAhead(Duration rest) {
        refreshAhead = positive("refreshAhead", rest);
        return this;
    }

    /** How long it is remembered that there is no value; not at all by default. */
    public ReadThroughBuilder<K, V> negative(Duration life) {
        negativeTtl = positive("negative", life);
        return this;
    }

    /**
     * How long {@link ReadThrough#markStale} leaves a value behind, and whether it is served while
     * one client loads it anew; half a minute and yes by default.
     */
    public ReadThroughBuilder<K, V> stale(Duration life, boolean serve) {
        staleFor = positive("stale", life);
        serveStale = serve;
        return this;
    }

    /**
     * How those wait that do not hold the lease: how often they look again, and how long they wait
     * the first time, each next time half as long again. After that they load for themselves, and
     * do not store. 8 times and 25 ms by default.
     */
    public ReadThroughBuilder<K, V> losers(int looks, Duration wait) {
        if (looks < 0) {
            throw new IllegalArgumentException("not negative: looks=" + looks);
        }
        retries = looks;
        firstWait = positive("wait", wait);
        return this;
    }

    /**
     * Where the loader runs, which may wait there; the common pool by default, which has few
     * threads. Better one of virtual threads where Java has them.
     */
    public ReadThroughBuilder<K, V> executor(Executor newExecutor) {
        executor = newExecutor;
        return this;
    }

    /** What {@link ReadThrough#invalidate} leaves behind; nothing by default. */
    public ReadThroughBuilder<K, V> invalidation(Invalidation strategy) {
        invalidation = strategy;
        return this;
    }

    /**
     * Puts all keys in a namespace, so that {@link Namespace#forget} forgets all values. It asks
     * for its version at most once a second, and then {@link ReadThrough#getAsync} waits for it.
     */
    public ReadThroughBuilder<K, V> namespace(Namespace where) {
        namespace = where;
        return this;
    }

    /** What {@link ReadThrough#getAll} loads with, instead of one call for each. */
    public ReadThroughBuilder<K, V> bulkLoader(BulkLoader<K, V> loader) {
        bulkLoader = loader;
        return this;
    }

    /**
     * A cache in the JVM, in front of the nodes; none by default. Changes by this {@link
     * ReadThrough} are seen at once, those by others when the value has expired in it.
     */
    public ReadThroughBuilder<K, V> near(NearCache<V> cache) {
        near = cache;
        return this;
    }

    String key(K id) {
        String key = keys.apply(id);
        return namespace == null ? key : namespace.key(key);
    }

    /** The life of what is stored now. */
    Ttl storedTtl() {
        double part = 1 - jitter * random.nextDouble();
        return Ttl.of(Duration.ofNanos(Math.max(1, (long) (ttl.toNanos() * part))));
    }

    private static Duration positive(String name, Duration value) {
        if (value.isNegative() || value.isZero()) {
            throw new IllegalArgumentException("must be positive: " + name + "=" + value);
        }
        return value;
    }

    /** A cache in front of a loader. */
    public ReadThrough<K, V> build(Loader<? super K, ? extends V> loader) {
        return new ReadThrough<>(this, loader);
    }
}
