package io.memring.engine;

import io.memring.engine.command.StoreMode;

import org.jetbrains.lincheck.datastructures.IntGen;
import org.jetbrains.lincheck.datastructures.Operation;
import org.jetbrains.lincheck.datastructures.Param;
import org.jetbrains.lincheck.datastructures.StressOptions;
import org.jetbrains.lincheck.datastructures.ThreadIdGen;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/**
 * Whatever several workers do to one stripe at once must look as if they had done it one after the
 * other.
 *
 * <p>Lincheck makes an instance for every run of a scenario, one at a time; they share one engine,
 * which each finds empty. Only stress runs: the words that order the threads lie in native memory,
 * where the model checker sees no access.
 */
@Tag("deep")
@Param(name = "key", gen = IntGen.class, conf = "0:1")
@Param(name = "value", gen = IntGen.class, conf = "8:11")
@Param(name = "thread", gen = ThreadIdGen.class)
public final class EngineLincheckTest {

    private static final int THREADS = 3;

    /** One more for the parts before and after, which count as a thread of their own. */
    private static final SharedEngine ENGINE = new SharedEngine(THREADS + 2);

    public EngineLincheckTest() {
        ENGINE.clear();
    }

    @Operation
    public String set(
            @Param(name = "key") int key,
            @Param(name = "value") int value,
            @Param(name = "thread") int thread) {
        return ENGINE.store(thread, StoreMode.SET, key, value);
    }

    @Operation
    public String add(
            @Param(name = "key") int key,
            @Param(name = "value") int value,
            @Param(name = "thread") int thread) {
        return ENGINE.store(thread, StoreMode.ADD, key, value);
    }

    @Operation
    public String replace(
            @Param(name = "key") int key,
            @Param(name = "value") int value,
            @Param(name = "thread") int thread) {
        return ENGINE.store(thread, StoreMode.REPLACE, key, value);
    }

    @Operation
    public String upload(
            @Param(name = "key") int key,
            @Param(name = "value") int value,
            @Param(name = "thread") int thread) {
        return ENGINE.upload(thread, key, value);
    }

    @Operation
    public String get(@Param(name = "key") int key, @Param(name = "thread") int thread) {
        return ENGINE.get(thread, key);
    }

    @Operation
    public String delete(@Param(name = "key") int key, @Param(name = "thread") int thread) {
        return ENGINE.delete(thread, key);
    }

    @Operation
    public String increment(@Param(name = "key") int key, @Param(name = "thread") int thread) {
        return ENGINE.increment(thread, key);
    }

    @Operation
    public String touch(@Param(name = "key") int key, @Param(name = "thread") int thread) {
        return ENGINE.touch(thread, key);
    }

    @Test
    void commandsOfThreeWorkers_onOneStripe_areLinearizable() {
        new StressOptions()
                .threads(THREADS)
                .actorsPerThread(4)
                .iterations(Integer.getInteger("memring.lincheck.iterations", 50))
                .invocationsPerIteration(5000)
                .sequentialSpecification(SmallCache.class)
                .check(getClass());
    }
}
