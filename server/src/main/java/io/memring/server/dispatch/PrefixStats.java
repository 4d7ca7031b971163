package io.memring.server.dispatch;

import io.netty.buffer.ByteBuf;

import org.jspecify.annotations.Nullable;

import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.LongAdder;

/**
 * {@code stats detail}: how often keys with the same beginning were asked for. Only keys with a
 * delimiter count, and only while it is turned on, for every request then allocates. Any thread.
 */
public final class PrefixStats {
    /** Requests choose the prefixes, so somebody has to bound them: memcached's number. */
    private static final int MAX_PREFIXES = 1 << 16;

    private final Map<String, Counts> counts = new ConcurrentHashMap<>();
    private final byte delimiter;
    private volatile boolean enabled;

    public PrefixStats(PrefixConfig config) {
        delimiter = (byte) config.delimiter();
        enabled = config.counting();
    }

    private static final class Counts {
        final LongAdder gets = new LongAdder();
        final LongAdder hits = new LongAdder();
        final LongAdder sets = new LongAdder();
        final LongAdder deletes = new LongAdder();

        String line(String prefix) {
            return "PREFIX %s get %d hit %d set %d del %d\r\n"
                    .formatted(prefix, gets.sum(), hits.sum(), sets.sum(), deletes.sum());
        }
    }

    public boolean isEnabled() {
        return enabled;
    }

    void enable(boolean on) {
        enabled = on;
    }

    /** Forgets all prefixes. */
    public void reset() {
        counts.clear();
    }

    void get(ByteBuf key, int index, int length, boolean hit) {
        Counts prefix = find(key, index, length);
        if (prefix != null) {
            prefix.gets.increment();
            prefix.hits.add(hit ? 1 : 0);
        }
    }

    void set(ByteBuf key, int index, int length) {
        Counts prefix = find(key, index, length);
        if (prefix != null) {
            prefix.sets.increment();
        }
    }

    void delete(ByteBuf key, int index, int length) {
        Counts prefix = find(key, index, length);
        if (prefix != null) {
            prefix.deletes.increment();
        }
    }

    private @Nullable Counts find(ByteBuf key, int index, int length) {
        int end = key.indexOf(index, index + length, delimiter);
        if (end < 0) {
            return null;
        }
        String prefix = key.toString(index, end - index, StandardCharsets.ISO_8859_1);
        Counts found = counts.get(prefix);
        return found != null || counts.size() >= MAX_PREFIXES
                ? found
                : counts.computeIfAbsent(prefix, _ -> new Counts());
    }

    /** A line for each prefix, in their order, and a last line. */
    String dump() {
        StringBuilder lines = new StringBuilder();
        new TreeMap<>(counts).forEach((prefix, each) -> lines.append(each.line(prefix)));
        return lines.append("END\r\n").toString();
    }
}
