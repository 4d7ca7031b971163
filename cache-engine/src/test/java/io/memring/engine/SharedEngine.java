package io.memring.engine;

import io.memring.engine.command.Command;
import io.memring.engine.command.DeltaOutcome;
import io.memring.engine.command.FetchOutcome;
import io.memring.engine.command.Operation;
import io.memring.engine.command.StoreMode;
import io.memring.engine.command.StoreOutcome;
import io.memring.engine.command.Upload;

import java.util.concurrent.atomic.AtomicBoolean;

/**
 * A one-striped engine whose workers have no event loops: a thread that waits for a handed-off
 * command drains all workers itself. A lock for each worker keeps to "one thread at a time"; it is
 * held for single calls only, so that commands meet in the stripe.
 */
final class SharedEngine implements AutoCloseable {

    private final CacheEngine engine;
    private final Seat[] seats;

    SharedEngine(int workers) {
        EngineConfig config = TestConfig.of(4).workers(workers).stripes(1).build();
        engine = CacheEngine.open(config, new ManualClock());
        seats = new Seat[workers];
        for (int i = 0; i < workers; i++) {
            seats[i] = new Seat(engine.worker(i));
        }
    }

    /** Makes the engine as new; nobody may be using it. */
    void clear() {
        for (Seat seat : seats) {
            seat.drain();
        }
        engine.flushAll();
    }

    String store(int thread, StoreMode mode, int key, int value) {
        Seat seat = seats[thread];
        seat.prepare(Operation.STORE, key);
        seat.command.storeMode = mode;
        seat.setValue(value);
        execute(seat);
        return seat.command.storeOutcome.toString();
    }

    String upload(int thread, int key, int value) {
        Seat seat = seats[thread];
        seat.prepare(Operation.RESERVE, key);
        seat.command.upload = seat.upload;
        seat.setValue(value);
        execute(seat);
        if (seat.command.storeOutcome != StoreOutcome.STORED) {
            return seat.command.storeOutcome.toString();
        }
        seat.writeValue();
        seat.command.operation = Operation.COMMIT;
        execute(seat);
        return seat.command.storeOutcome.toString();
    }

    String get(int thread, int key) {
        Seat seat = seats[thread];
        seat.prepare(Operation.FETCH, key);
        seat.command.wantsValue = true;
        do {
            execute(seat);
            if (seat.command.fetchOutcome == FetchOutcome.MISS) {
                return "MISS";
            }
        } while (!seat.takeValue());
        return seat.taken.stripTrailing();
    }

    String delete(int thread, int key) {
        Seat seat = seats[thread];
        seat.prepare(Operation.DELETE, key);
        execute(seat);
        return seat.command.deleteOutcome.toString();
    }

    String increment(int thread, int key) {
        Seat seat = seats[thread];
        seat.prepare(Operation.DELTA, key);
        seat.command.delta = 1;
        execute(seat);
        return seat.command.deltaOutcome == DeltaOutcome.OK
                ? Long.toString(seat.command.number)
                : seat.command.deltaOutcome.toString();
    }

    String touch(int thread, int key) {
        Seat seat = seats[thread];
        seat.prepare(Operation.TOUCH, key);
        seat.command.hasTouch = true;
        seat.command.touchExptime = 0;
        execute(seat);
        return seat.command.fetchOutcome.toString();
    }

    long total(Stat stat) {
        return engine.total(stat);
    }

    private void execute(Seat seat) {
        seat.isCompleted.set(false);
        if (seat.execute()) {
            return;
        }
        while (!seat.isCompleted.get()) {
            for (Seat each : seats) {
                each.drain();
            }
        }
    }

    @Override
    public void close() {
        engine.close();
        for (Seat seat : seats) {
            seat.close();
        }
    }

    /** One thread's place: its worker and its command. */
    private static final class Seat {

        final Command command = new Command();
        final Upload upload = new Upload();
        final AtomicBoolean isCompleted = new AtomicBoolean();
        String taken = "";
        private final EngineWorker worker;
        private final Scratch keyBytes = new Scratch(16);
        private final Scratch valueBytes = new Scratch(32);

        Seat(EngineWorker worker) {
            this.worker = worker;
            worker.attach(() -> {}, Seat::onCompleted);
        }

        private static void onCompleted(Command command) {
            if (command.attachment instanceof AtomicBoolean isCompleted) {
                isCompleted.set(true);
            }
        }

        void prepare(Operation operation, int key) {
            String name = Lane.keyOf(key);
            command.reset(operation);
            command.attachment = isCompleted;
            command.keyAddress = keyBytes.put(name);
            command.keyLength = name.length();
            command.hash = EngineWorker.hash(command.keyAddress, command.keyLength);
        }

        void setValue(int number) {
            String digits = Integer.toString(number);
            command.valueAddress = valueBytes.put(digits);
            command.valueLength = digits.length();
        }

        synchronized boolean execute() {
            return worker.execute(command);
        }

        synchronized void drain() {
            while (worker.drain()) {
                Thread.onSpinWait();
            }
        }

        synchronized void writeValue() {
            worker.write(upload, valueBytes.address(), command.valueLength);
        }

        synchronized boolean takeValue() {
            int length = command.itemValueLength;
            if (length < 0 || length > 32) {
                throw new AssertionError("length " + length);
            }
            boolean isCopied = worker.copyValue(command, valueBytes.expect(length));
            if (!isCopied || !worker.finish(command)) {
                return false;
            }
            taken = valueBytes.take(length);
            return true;
        }

        void close() {
            keyBytes.close();
            valueBytes.close();
        }
    }
}
