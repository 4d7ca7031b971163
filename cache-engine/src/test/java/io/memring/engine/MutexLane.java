package io.memring.engine;

import io.memring.engine.command.DeleteOutcome;
import io.memring.engine.command.Operation;
import io.memring.engine.command.StoreMode;
import io.memring.engine.command.StoreOutcome;

import java.util.concurrent.atomic.AtomicInteger;

/** A lane that takes a lock by ADD and gives it back by DELETE, as applications do. */
final class MutexLane extends Lane {

    private final AtomicInteger holders;
    private final AtomicInteger acquisitions;
    private boolean holds;

    MutexLane(
            EngineWorker worker, int commands, AtomicInteger holders, AtomicInteger acquisitions) {
        super(worker, commands, 8, 0);
        this.holders = holders;
        this.acquisitions = acquisitions;
    }

    @Override
    void begin() {
        if (holds) {
            holds = false;
            holders.decrementAndGet();
            command.reset(Operation.DELETE);
        } else {
            command.reset(Operation.STORE);
            command.storeMode = StoreMode.ADD;
            command.valueAddress = value.put("held");
            command.valueLength = "held".length();
        }
        setKey(0);
        submit();
    }

    @Override
    void onResult() {
        if (command.operation == Operation.DELETE) {
            if (command.deleteOutcome != DeleteOutcome.DELETED) {
                throw new AssertionError("DELETE by the holder answered " + command.deleteOutcome);
            }
        } else if (command.storeOutcome == StoreOutcome.STORED) {
            holds = true;
            acquisitions.incrementAndGet();
            if (holders.incrementAndGet() != 1) {
                throw new AssertionError("two lanes hold the lock");
            }
        }
    }

    @Override
    boolean isInTheMiddle() {
        return holds;
    }
}
