package io.memring.engine;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import io.memring.engine.command.Operation;
import io.memring.engine.command.StoreOutcome;

import java.util.concurrent.atomic.AtomicLong;

/**
 * A lane that counts up a shared number by reading it and storing its successor under
 * compare-and-swap.
 */
final class CasLane extends Lane {

    private static final int NUMBER_LENGTH_MAX = 20;

    private final AtomicLong successes;

    CasLane(EngineWorker worker, int commands, AtomicLong successes, long seed) {
        super(worker, commands, NUMBER_LENGTH_MAX, seed);
        this.successes = successes;
    }

    @Override
    void begin() {
        fetch(0);
    }

    @Override
    void onResult() {
        if (command.operation == Operation.STORE) {
            if (command.storeOutcome == StoreOutcome.STORED) {
                successes.incrementAndGet();
            } else if (command.storeOutcome != StoreOutcome.EXISTS) {
                throw new AssertionError("STORE answered " + command.storeOutcome);
            }
        } else if (!isFound()) {
            throw new AssertionError("the number is gone");
        } else if (readOrResubmit(NUMBER_LENGTH_MAX)) {
            storeSuccessor();
        }
    }

    private void storeSuccessor() {
        byte[] digits = new byte[command.itemValueLength];
        value.buffer().get(0, digits);
        long number = Long.parseLong(new String(digits, ISO_8859_1));
        String successor = Long.toString(number + 1);
        long cas = command.itemCas;
        command.reset(Operation.STORE);
        command.hasCasCompare = true;
        command.casCompare = cas;
        command.valueAddress = value.put(successor);
        command.valueLength = successor.length();
        submit();
    }
}
