package io.memring.client.ring;

import org.junit.jupiter.api.Tag;

/** The same over more than 100,000 keys for each format. */
@Tag("deep")
final class RingDifferentialDeepTest extends RingDifferentialTest {
    @Override
    int keysPerFormat() {
        return 110_000;
    }
}
