package io.memring.client;

import static org.assertj.core.api.Assertions.assertThat;

import io.memring.client.Libmemcached.Behavior;
import io.memring.client.ring.Node;
import io.memring.client.ring.Ring;
import io.memring.client.ring.RingFormat;

import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/** Our rings against libmemcached's, over 130,000 keys for each line and 1 to 100 nodes. */
@Tag("deep")
final class LibmemcachedRingTest {
    private static final int[] NODE_COUNTS = {1, 2, 3, 5, 8, 13, 25, 26, 47, 50, 64, 99, 100};
    private static final int KEYS_PER_RING = 10_000;
    private static final int MAX_WEIGHT = 20;
    private static final long SEED = 20261121;

    @ParameterizedTest
    @CsvSource({
        "KETAMA, KETAMA_WEIGHTED=1, false",
        "KETAMA, KETAMA_WEIGHTED=1, true",
        "LIBMEMCACHED_CONSISTENT, KETAMA=1, false",
        "LIBMEMCACHED_CONSISTENT, KETAMA=1, true",
        "LIBMEMCACHED_CONSISTENT, DISTRIBUTION=1, false",
        "LIBMEMCACHED_SPY, KETAMA_WEIGHTED=1 DISTRIBUTION=4, false",
        "LIBMEMCACHED_SPY, KETAMA_WEIGHTED=1 DISTRIBUTION=4, true",
    })
    void libmemcached_anyRing_placesKeysAlike(RingFormat format, String behaviors, boolean weighted)
            throws Throwable {
        Random random = new Random(SEED);
        for (int count : NODE_COUNTS) {
            List<Node> nodes = nodes(count, weighted, random);
            Ring ring = format.build(nodes);
            try (Libmemcached theirs = new Libmemcached()) {
                for (String behavior : behaviors.split(" ", -1)) {
                    String[] pair = behavior.split("=", -1);
                    theirs.set(Behavior.valueOf(pair[0]), Long.parseLong(pair[1]));
                }
                theirs.add(nodes);
                for (int i = 0; i < KEYS_PER_RING; i++) {
                    String key = key(random, i);

                    assertThat(theirs.portFor(key))
                            .as("key=%s nodes=%d seed=%d", key, count, SEED)
                            .isEqualTo(ring.nodeFor(key).port());
                }
            }
        }
    }

    private static List<Node> nodes(int count, boolean weighted, Random random) {
        List<Node> nodes = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            // The first one has the port that is left out of names.
            String weight = weighted ? "*" + (1 + random.nextInt(MAX_WEIGHT)) : "";
            nodes.add(Node.parse("10.0.0." + i + ":" + (11211 + i) + weight));
        }
        return nodes;
    }

    /** Every third one is beyond ASCII, where hashes of bytes with a sign differ. */
    private static String key(Random random, int number) {
        String key = "key:" + Long.toString(random.nextLong(), Character.MAX_RADIX);
        return number % 3 == 0 ? key + "-grüße-" + number : key + ':' + number;
    }
}
