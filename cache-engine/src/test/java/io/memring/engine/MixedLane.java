package io.memring.engine;

import static java.nio.ByteOrder.nativeOrder;

import io.memring.engine.command.Operation;
import io.memring.engine.command.StoreOutcome;
import io.memring.engine.command.Upload;

import java.nio.ByteBuffer;

/**
 * A lane that reads all keys and writes its own, with self-validating values: at once, in pieces,
 * deleting, touching, flushing. It never reads a version older than one it has seen, or one known
 * to be overwritten.
 */
final class MixedLane extends Lane {

    /**
     * How a lane behaves.
     *
     * @param commands number of commands
     * @param valueLengthMax largest value
     * @param writePercent share of stores and uploads
     * @param flushes flush_all now and then
     */
    record Habits(int commands, int valueLengthMax, int writePercent, boolean flushes) {}

    private static final int PHASES = 6;

    private final CacheEngine engine;
    private final VersionBoard board;
    private final Habits habits;
    private final int index;
    private final int lanes;
    private final long[] lastSeen;
    private final ByteBuffer bytes;
    private final Upload upload = new Upload();
    private int begun;
    private int keyNumber;
    private long version;
    private long floor;
    private int uploadLength;
    private boolean aborts;
    long hits;

    MixedLane(CacheEngine engine, int workerIndex, VersionBoard board, Habits habits, Place place) {
        super(
                engine.worker(workerIndex),
                habits.commands,
                habits.valueLengthMax,
                place.seed + place.index);
        this.engine = engine;
        this.board = board;
        this.habits = habits;
        index = place.index;
        lanes = place.lanes;
        lastSeen = new long[board.keys()];
        bytes = value.buffer().order(nativeOrder());
    }

    /** This lane's number among all; it writes the keys that leave this rest. */
    record Place(int index, int lanes, long seed) {}

    @Override
    void begin() {
        begun++;
        if (upload.isOpen()) {
            continueUpload();
            return;
        }
        int dice = random.nextInt(100);
        if (dice < habits.writePercent) {
            write();
        } else if (dice < habits.writePercent + 3) {
            delete();
        } else if (dice < habits.writePercent + 5) {
            touch();
        } else if (habits.flushes && random.nextInt(20_000) == 0) {
            flush();
        } else {
            keyNumber = random.nextInt(board.keys());
            floor = board.floor(keyNumber);
            fetch(keyNumber);
        }
    }

    private int ownKey() {
        return random.nextInt(board.keys() / lanes) * lanes + index;
    }

    private void write() {
        keyNumber = ownKey();
        version = board.begin(keyNumber);
        int length = length();
        if (random.nextInt(3) == 0) {
            uploadLength = length;
            aborts = random.nextInt(5) == 0;
            command.reset(Operation.RESERVE);
            command.upload = upload;
        } else {
            SelfValidatingValue.write(bytes, keyNumber, version, length);
            command.reset(Operation.STORE);
            command.valueAddress = value.address();
        }
        command.valueLength = length;
        command.clientFlags = random.nextInt(2) * keyNumber;
        setKey(keyNumber);
        submit();
    }

    /** Sizes change from phase to phase, so that pages have to change their class. */
    private int length() {
        int phase = (int) ((long) begun * PHASES / habits.commands) % 3;
        int limit =
                switch (phase) {
                    case 0 -> 200;
                    case 1 -> 3000;
                    default -> habits.valueLengthMax;
                };
        int min = SelfValidatingValue.LENGTH_MIN;
        return min + random.nextInt(Math.min(limit, habits.valueLengthMax) - min + 1);
    }

    private void continueUpload() {
        if (upload.remaining > 0) {
            SelfValidatingValue.write(bytes, keyNumber, version, uploadLength);
            int written = uploadLength - upload.remaining;
            int length = 1 + random.nextInt(upload.remaining);
            worker.write(upload, value.address() + written, length);
        } else if (aborts) {
            worker.abort(upload);
        } else {
            command.operation = Operation.COMMIT;
            submit();
        }
    }

    private void delete() {
        keyNumber = ownKey();
        version = board.begin(keyNumber);
        command.reset(Operation.DELETE);
        setKey(keyNumber);
        submit();
    }

    private void touch() {
        command.reset(Operation.TOUCH);
        command.hasTouch = true;
        command.touchExptime = 0;
        setKey(random.nextInt(board.keys()));
        submit();
    }

    private void flush() {
        long[] before = board.beforeFlush();
        engine.flushAll();
        board.flushed(before);
    }

    /** A lane ends with its upload committed or aborted. */
    @Override
    boolean isInTheMiddle() {
        return upload.isOpen();
    }

    @Override
    void onResult() {
        switch (command.operation) {
            case FETCH -> onFetched();
            case STORE, COMMIT -> onStored();
            case RESERVE -> onReserved();
            case DELETE -> board.done(keyNumber, version);
            case TOUCH, DELTA, ABORT -> {}
        }
    }

    private void onFetched() {
        if (!isFound() || !readOrResubmit(habits.valueLengthMax)) {
            return;
        }
        hits++;
        long seen = SelfValidatingValue.read(bytes, keyNumber, command.itemValueLength);
        board.check(keyNumber, seen, Math.max(floor, lastSeen[keyNumber]));
        lastSeen[keyNumber] = seen;
        if (command.itemClientFlags != 0 && command.itemClientFlags != keyNumber) {
            throw new AssertionError("key " + keyNumber + ", flags " + command.itemClientFlags);
        }
    }

    private void onStored() {
        if (command.storeOutcome != StoreOutcome.STORED) {
            throw new AssertionError(command.operation + " answered " + command.storeOutcome);
        }
        board.done(keyNumber, version);
    }

    private void onReserved() {
        if (command.storeOutcome != StoreOutcome.STORED || !upload.isOpen()) {
            throw new AssertionError("RESERVE answered " + command.storeOutcome);
        }
    }
}
