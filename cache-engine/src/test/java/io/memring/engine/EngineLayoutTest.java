package io.memring.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class EngineLayoutTest {

    @ParameterizedTest
    @CsvSource({
        "1, 4, 1, 65536",
        "8, 4, 2, 65536",
        "64, 4, 8, 65536",
        "64, 3, 8, 65536",
        "64, 1, 2, 65536",
        "256, 4, 8, 262144",
        "1024, 4, 8, 1048576",
        "65536, 4, 8, 1048576",
        "65536, 48, 128, 1048576"
    })
    void resolve_memoryAndWorkers_chooseStripesAndPages(
            int megabytes, int workers, int stripes, int pageSize) {
        EngineConfig resolved =
                EngineLayout.resolve(TestConfig.of(megabytes).workers(workers).build());

        assertThat(resolved.stripes()).isEqualTo(stripes);
        assertThat(resolved.pageSize()).isEqualTo(pageSize);
        assertThat(resolved.slabChunkMax()).isEqualTo(pageSize / 2);
    }

    @Test
    void resolve_givenValues_areKept() {
        EngineConfig resolved =
                EngineLayout.resolve(TestConfig.of(64).likeMemcached().slabChunkMax(16384).build());

        assertThat(resolved.stripes()).isEqualTo(1);
        assertThat(resolved.pageSize()).isEqualTo(1 << 20);
        assertThat(resolved.slabChunkMax()).isEqualTo(16384);
    }

    @Test
    void resolve_impossibleValues_areNamed() {
        assertRefused(TestConfig.of(64).stripes(3), "stripes=3");
        assertRefused(TestConfig.of(64).pageSize(100_000), "pageSize=100000");
        assertRefused(TestConfig.of(64).pageSize(32 << 10), "pageSize=32768");
        assertRefused(TestConfig.of(64).workers(0), "workers=0");
        assertRefused(TestConfig.of(0), "memoryLimit=0");
        assertRefused(TestConfig.of(64).itemSizeMax(10), "itemSizeMax=10");
    }

    private static void assertRefused(TestConfig config, String named) {
        assertThatThrownBy(() -> EngineLayout.resolve(config.build()))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining(named);
    }

    @Test
    void defaults_areMemcacheds() {
        EngineConfig defaults = EngineConfig.defaults();

        assertThat(defaults.memoryLimit()).isEqualTo(64L << 20);
        assertThat(defaults.itemSizeMax()).isEqualTo(1 << 20);
        assertThat(defaults.workers()).isEqualTo(4);
        assertThat(defaults.hotLruPercent()).isEqualTo(20);
        assertThat(defaults.warmLruPercent()).isEqualTo(40);
        assertThat(defaults.hotMaxFactor()).isEqualTo(0.2);
        assertThat(defaults.warmMaxFactor()).isEqualTo(2.0);
        assertThat(defaults.evictToFree()).isTrue();
        assertThat(defaults.casEnabled()).isTrue();
    }

    @Test
    void stripeOf_hashes_usesTheirHighBits() {
        EngineConfig config = TestConfig.of(64).workers(4).build();
        try (CacheEngine engine = CacheEngine.open(config, new ManualClock())) {
            assertThat(engine.stripeOf(0).index).isZero();
            assertThat(engine.stripeOf(-1).index).isEqualTo(engine.stripeCount() - 1);
            assertThat(engine.stripeOf(1L << 61).index).isEqualTo(1);
            assertThat(engine.ownerOf(engine.stripe(5))).isSameAs(engine.worker(1));
        }
    }
}
