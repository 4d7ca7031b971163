package io.memring.load.client;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;

/** The keys of a run, all of which are stored before it begins. */
final class Keys {
    private static final int COUNT = 1 << 14;
    private static final int VALUE_LENGTH = 100;

    /** Odd, so that it visits all keys. */
    private static final int STRIDE = 7919;

    private final List<String> keys =
            IntStream.range(0, COUNT).mapToObj("client-bench:%06d"::formatted).toList();
    private final List<List<String>> groups = new ArrayList<>();
    final byte[] value = new byte[VALUE_LENGTH];

    Keys() {
        for (int from = 0; from + Workload.BULK <= COUNT; from += Workload.BULK) {
            groups.add(keys.subList(from, from + Workload.BULK));
        }
    }

    /** Some key. */
    String key(long number) {
        return keys.get((int) (number * STRIDE) & COUNT - 1);
    }

    /** Some keys. */
    List<String> group(long number) {
        return groups.get((int) (number % groups.size()));
    }

    void storeAll(Subject subject) throws Exception {
        for (String key : keys) {
            subject.store(key, value);
        }
    }
}
