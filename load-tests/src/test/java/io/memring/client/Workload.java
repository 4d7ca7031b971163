package io.memring.client;

import static org.assertj.core.api.Assertions.assertThat;

import static java.nio.charset.StandardCharsets.US_ASCII;

import io.memring.client.error.MemcacheException;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.stream.IntStream;
import java.util.zip.CRC32;

/**
 * Threads that do all kinds of operations at the same time and check whatever they get: each value
 * names its key and carries a checksum. An operation may fail or miss; what it must not do is never
 * to end, to fail with something else than a {@link MemcacheException}, or to bring what belongs to
 * another key.
 */
final class Workload implements AutoCloseable {
    private static final int THREADS = 8;
    private static final int KEYS = 200;
    private static final int BULK = 20;
    private static final int MAX_FILLER = 1500;

    /** Far beyond all time limits of the client. */
    private static final long HANG_SECONDS = 30;

    private static final Ttl MINUTES = Ttl.of(Duration.ofMinutes(5));

    private final AsyncCommands<String> cache;
    private final long seed;
    private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();

    /** How many operations brought a result, and how many failed. */
    record Tally(int results, int failures) {
        Tally plus(Tally other) {
            return new Tally(results + other.results, failures + other.failures);
        }
    }

    Workload(HashRing client, long seed) {
        this.cache = client.async();
        this.seed = seed;
    }

    static List<String> keys() {
        return IntStream.range(0, KEYS).mapToObj(i -> "key" + i).toList();
    }

    /** A value that is right for one key alone. */
    static String valueOf(String key, int number) {
        String text = key + ' ' + number + ' ' + "x".repeat(number % MAX_FILLER) + ' ';
        return text + checksum(text);
    }

    static void check(String key, String value) {
        int end = value.lastIndexOf(' ') + 1;
        assertThat(value).startsWith(key + ' ');
        assertThat(value.substring(end)).isEqualTo(checksum(value.substring(0, end)));
    }

    private static String checksum(String text) {
        CRC32 sum = new CRC32();
        sum.update(text.getBytes(US_ASCII));
        return Long.toHexString(sum.getValue());
    }

    /** Runs some operations in each thread. */
    Tally run(int operationsPerThread) {
        List<CompletableFuture<Tally>> tallies = new ArrayList<>();
        for (int i = 0; i < THREADS; i++) {
            Random random = new Random(seed + i);
            tallies.add(
                    CompletableFuture.supplyAsync(
                            () -> runOne(random, operationsPerThread), threads));
        }
        return tallies.stream().map(CompletableFuture::join).reduce(new Tally(0, 0), Tally::plus);
    }

    private Tally runOne(Random random, int operations) {
        int results = 0;
        int failures = 0;
        for (int i = 0; i < operations; i++) {
            if (attempt(random)) {
                results++;
            } else {
                failures++;
            }
        }
        return new Tally(results, failures);
    }

    /** One operation; true if it brought a result. */
    private boolean attempt(Random random) {
        String key = "key" + random.nextInt(KEYS);
        return switch (random.nextInt(10)) {
            case 0, 1, 2 -> ended(cache.set(key, valueOf(key, random.nextInt(1 << 20)), MINUTES));
            case 3 -> bulk(random.ints(BULK, 0, KEYS).mapToObj(i -> "key" + i).toList());
            case 4 -> {
                cache.get(key).cancel(false);
                yield get(cache.within(Duration.ofMillis(2)), key);
            }
            case 5 -> ended(cache.increment("count" + key, 1));
            case 6 -> ended(cache.delete(key));
            default -> get(cache, key);
        };
    }

    private static boolean get(AsyncCommands<String> from, String key) {
        CompletableFuture<Optional<String>> get = from.get(key);
        boolean ended = ended(get);
        if (ended) {
            get.join().ifPresent(value -> check(key, value));
        }
        return ended;
    }

    private boolean bulk(Collection<String> keys) {
        CompletableFuture<BulkResult<String>> fetched = cache.getAll(keys);
        assertThat(ended(fetched)).isTrue();
        BulkResult<String> result = fetched.join();
        result.hits().forEach(Workload::check);
        return result.isComplete();
    }

    /** Waits for an operation; true if it brought a result. */
    static boolean ended(CompletableFuture<?> operation) {
        try {
            operation.get(HANG_SECONDS, TimeUnit.SECONDS);
            return true;
        } catch (ExecutionException e) {
            assertThat(e).hasCauseInstanceOf(MemcacheException.class);
            return false;
        } catch (CancellationException e) {
            return false;
        } catch (TimeoutException e) {
            throw new AssertionError("an operation never ends", e);
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
    }

    /** Asks until a value has been stored and fetched; how long that took. */
    Duration awaitRecovery() {
        long start = System.nanoTime();
        while (!ended(cache.set("key0", valueOf("key0", 0), MINUTES)) || !get(cache, "key0")) {
            Thread.onSpinWait();
        }
        return Duration.ofNanos(System.nanoTime() - start);
    }

    @Override
    public void close() {
        threads.close();
    }
}
