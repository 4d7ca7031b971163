package io.memring.engine;

import static org.assertj.core.api.Assertions.assertThat;

import io.memring.engine.ModelConfig.Pressure;

import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

import java.util.Map;
import java.util.TreeMap;
import java.util.function.Consumer;
import java.util.stream.Stream;

/**
 * The engine against a model of memcached, under random commands.
 *
 * <p>The seed stands in each test's name and repeats its run with {@code -Dmemring.model.seed=…};
 * {@code -Dmemring.model.steps=…} makes the runs longer.
 */
final class EngineModelTest {

    private static final long SEED = Long.getLong("memring.model.seed", System.nanoTime());
    private static final int STEPS = Integer.getInteger("memring.model.steps", 6000);

    /**
     * Invariants are walked after every step of the first run, and after every n-th of the long
     * one.
     */
    private static final int SHORT_STEPS = 600;

    private static final int LONG_CHECK_EVERY = 50;
    private static final int VALUE_MAX = 200_000;

    @TestFactory
    Stream<DynamicTest> randomCommands_againstModel_sameAnswers() {
        return configs(Pressure.NONE, 150, 64).map(EngineModelTest::exact);
    }

    @TestFactory
    Stream<DynamicTest> randomCommands_moreThanMemoryHolds_onlyMissesDiffer() {
        return configs(Pressure.EVICTING, 800, 3).map(EngineModelTest::evicting);
    }

    @TestFactory
    Stream<DynamicTest> randomCommands_noEviction_nothingVanishes() {
        return configs(Pressure.REFUSING, 800, 2).map(EngineModelTest::refusing);
    }

    private static DynamicTest exact(Map.Entry<String, ModelConfig> entry) {
        return test(entry, run -> assertThat(run.evictions() + run.refusals()).isLessThan(200));
    }

    private static DynamicTest evicting(Map.Entry<String, ModelConfig> entry) {
        return test(entry, run -> assertThat(run.evictions()).isPositive());
    }

    private static DynamicTest refusing(Map.Entry<String, ModelConfig> entry) {
        return test(entry, run -> assertThat(run.refusals()).isPositive());
    }

    private static DynamicTest test(
            Map.Entry<String, ModelConfig> entry, Consumer<ModelRun> atEnd) {
        String name = entry.getKey() + ", seed " + SEED;
        return DynamicTest.dynamicTest(
                name,
                () -> {
                    run(entry.getValue(), SHORT_STEPS, 1, run -> {});
                    run(entry.getValue(), STEPS, LONG_CHECK_EVERY, atEnd);
                });
    }

    private static void run(
            ModelConfig config, int steps, int checkEvery, Consumer<ModelRun> atEnd) {
        try (ModelRun run = new ModelRun(config, SEED)) {
            run.run(steps, checkEvery);
            atEnd.accept(run);
        }
    }

    /** The shapes an engine can have, all under the same pressure. */
    private static Stream<Map.Entry<String, ModelConfig>> configs(
            Pressure pressure, int keyCount, int megabytes) {
        Map<String, TestConfig> shapes = new TreeMap<>();
        shapes.put("plain", small(megabytes));
        shapes.put("four stripes", small(megabytes).stripes(4));
        shapes.put("small chunks, long chains", small(megabytes).slabChunkMax(4096));
        shapes.put("flat LRU", small(megabytes).flat());
        shapes.put("without CAS", small(megabytes).withoutCas());
        shapes.put("TEMP segment", small(megabytes).temporaryTtl(30));
        Map<String, ModelConfig> configs = new TreeMap<>();
        shapes.forEach(
                (name, shape) ->
                        configs.put(name, ModelConfig.of(shape, keyCount, VALUE_MAX, pressure)));
        // Pages of memcached's size need more memory, and more items to fill it.
        TestConfig likeMemcached = TestConfig.of(megabytes * 4).likeMemcached();
        configs.put(
                "memcached's classes",
                ModelConfig.of(likeMemcached, keyCount * 4, VALUE_MAX, pressure));
        return configs.entrySet().stream();
    }

    private static TestConfig small(int megabytes) {
        return TestConfig.of(megabytes).stripes(1).pageSize(64 << 10);
    }
}
