package io.memring.engine;

import io.memring.engine.command.DeltaOutcome;
import io.memring.engine.command.Operation;

import java.util.concurrent.atomic.AtomicLongArray;

/**
 * A lane that counts up shared counters, keeping account; each answer must be larger than the one
 * before.
 */
final class CounterLane extends Lane {

    private static final int NUMBER_LENGTH_MAX = 20;

    private final AtomicLongArray sums;
    private final long[] lastSeen;
    private int counter;

    CounterLane(EngineWorker worker, int commands, AtomicLongArray sums, long seed) {
        super(worker, commands, NUMBER_LENGTH_MAX, seed);
        this.sums = sums;
        lastSeen = new long[sums.length()];
    }

    @Override
    void begin() {
        counter = random.nextInt(sums.length());
        command.reset(Operation.DELTA);
        command.delta = 1L + random.nextInt(1000);
        command.initial = command.delta;
        command.hasVivify = true;
        command.vivifyExptime = 0;
        setKey(counter);
        submit();
    }

    @Override
    void onResult() {
        boolean isCreated = command.deltaOutcome == DeltaOutcome.CREATED;
        if (!isCreated && command.deltaOutcome != DeltaOutcome.OK) {
            throw new AssertionError("DELTA answered " + command.deltaOutcome);
        }
        if (command.number < lastSeen[counter] + command.delta) {
            throw new AssertionError(
                    "counter %d fell from %d to %d"
                            .formatted(counter, lastSeen[counter], command.number));
        }
        lastSeen[counter] = command.number;
        sums.addAndGet(counter, command.delta);
    }
}
