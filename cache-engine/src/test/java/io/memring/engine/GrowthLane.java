package io.memring.engine;

import static java.nio.ByteOrder.nativeOrder;

import io.memring.engine.command.Operation;
import io.memring.engine.command.StoreOutcome;

import java.nio.ByteBuffer;

/**
 * A lane that stores ever new keys of its own and reads old ones, which must all be there while the
 * table grows.
 */
final class GrowthLane extends Lane {

    private static final int VALUE_LENGTH = 32;

    private final int first;
    private final int stride;
    private final ByteBuffer bytes;
    private int stored;
    private int keyNumber;

    /** The lane's keys are first, first + stride, and so on. */
    GrowthLane(EngineWorker worker, int commands, int first, int stride) {
        super(worker, commands, VALUE_LENGTH, first);
        this.first = first;
        this.stride = stride;
        bytes = value.buffer().order(nativeOrder());
    }

    @Override
    void begin() {
        if (stored == 0 || random.nextBoolean()) {
            keyNumber = first + stored * stride;
            SelfValidatingValue.write(bytes, keyNumber, 1, VALUE_LENGTH);
            command.reset(Operation.STORE);
            command.valueAddress = value.address();
            command.valueLength = VALUE_LENGTH;
            setKey(keyNumber);
            submit();
        } else {
            keyNumber = first + random.nextInt(stored) * stride;
            fetch(keyNumber);
        }
    }

    @Override
    void onResult() {
        if (command.operation == Operation.STORE) {
            if (command.storeOutcome != StoreOutcome.STORED) {
                throw new AssertionError("STORE answered " + command.storeOutcome);
            }
            stored++;
        } else if (!isFound()) {
            throw new AssertionError("key " + keyNumber + " is missing");
        } else if (readOrResubmit(VALUE_LENGTH)) {
            SelfValidatingValue.read(bytes, keyNumber, command.itemValueLength);
        }
    }

    int stored() {
        return stored;
    }
}
