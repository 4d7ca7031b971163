package io.memring.engine;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import io.memring.engine.command.Command;
import io.memring.engine.command.DeleteOutcome;
import io.memring.engine.command.DeltaOutcome;
import io.memring.engine.command.FetchOutcome;
import io.memring.engine.command.Operation;
import io.memring.engine.command.StoreMode;
import io.memring.engine.command.StoreOutcome;
import io.memring.engine.command.Upload;

import org.jspecify.annotations.Nullable;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;

/** An engine driven on the test's own thread, with strings for keys and values. */
final class InlineCache implements AutoCloseable {

    private static final int BUFFER = 8 << 20;

    final ManualClock clock = new ManualClock();
    final CacheEngine engine;
    final EngineWorker worker;

    /** The command that ran last, with its result. */
    final Command command = new Command();

    private final Arena arena = Arena.ofShared();
    private final MemorySegment key = arena.allocate(256);
    private final MemorySegment value = arena.allocate(BUFFER);
    private final MemorySegment output = arena.allocate(BUFFER);

    InlineCache(EngineConfig config) {
        this(config, () -> true);
    }

    InlineCache(EngineConfig config, BooleanSupplier pageSupply) {
        engine = CacheEngine.open(config, clock, pageSupply);
        worker = engine.worker(0);
    }

    /** A small cache with one worker. */
    static InlineCache small() {
        return new InlineCache(config(8));
    }

    static EngineConfig config(int megabytes) {
        return TestConfig.of(megabytes).build();
    }

    Command prepare(Operation operation, String keyText) {
        command.reset(operation);
        byte[] bytes = keyText.getBytes(ISO_8859_1);
        MemorySegment.copy(bytes, 0, key, ValueLayout.JAVA_BYTE, 0, bytes.length);
        command.keyAddress = key.address();
        command.keyLength = bytes.length;
        command.hash = EngineWorker.hash(command.keyAddress, command.keyLength);
        return command;
    }

    void value(String text) {
        byte[] bytes = text.getBytes(ISO_8859_1);
        MemorySegment.copy(bytes, 0, value, ValueLayout.JAVA_BYTE, 0, bytes.length);
        command.valueAddress = value.address();
        command.valueLength = bytes.length;
        command.clientFlags = 0;
        command.exptime = 0;
    }

    StoreOutcome store(StoreMode mode, String keyText, String text, Consumer<Command> options) {
        prepare(Operation.STORE, keyText);
        value(text);
        command.storeMode = mode;
        options.accept(command);
        run();
        return command.storeOutcome;
    }

    StoreOutcome store(StoreMode mode, String keyText, String text) {
        return store(mode, keyText, text, _ -> {});
    }

    StoreOutcome set(String keyText, String text) {
        return store(StoreMode.SET, keyText, text);
    }

    StoreOutcome set(String keyText, String text, int exptime) {
        return store(StoreMode.SET, keyText, text, c -> c.exptime = exptime);
    }

    /** Stores a value that arrives in pieces of the given size. */
    StoreOutcome upload(StoreMode mode, String keyText, String text, int piece) {
        Upload upload = new Upload();
        if (reserve(mode, keyText, text, upload) != StoreOutcome.STORED) {
            return command.storeOutcome;
        }
        for (int i = 0; i < text.length(); i += piece) {
            worker.write(upload, command.valueAddress + i, Math.min(piece, text.length() - i));
        }
        command.operation = Operation.COMMIT;
        run();
        return command.storeOutcome;
    }

    StoreOutcome reserve(StoreMode mode, String keyText, String text, Upload upload) {
        prepare(Operation.RESERVE, keyText);
        value(text);
        command.storeMode = mode;
        command.upload = upload;
        run();
        return command.storeOutcome;
    }

    /** The value of a key, or null. */
    @Nullable String get(String keyText) {
        return get(keyText, _ -> {});
    }

    @Nullable String get(String keyText, Consumer<Command> options) {
        prepare(Operation.FETCH, keyText);
        command.wantsValue = true;
        options.accept(command);
        run();
        if (command.fetchOutcome == FetchOutcome.MISS) {
            return null;
        }
        String text = copied();
        if (!worker.finish(command)) {
            throw new AssertionError("An inline fetch was overtaken");
        }
        return text;
    }

    private String copied() {
        if (!worker.copyValue(command, output.address())) {
            throw new AssertionError("An inline copy was overtaken");
        }
        byte[] bytes = new byte[command.itemValueLength];
        MemorySegment.copy(output, ValueLayout.JAVA_BYTE, 0, bytes, 0, bytes.length);
        return new String(bytes, ISO_8859_1);
    }

    DeleteOutcome delete(String keyText, Consumer<Command> options) {
        prepare(Operation.DELETE, keyText);
        command.clientFlags = 0;
        command.exptime = 0;
        options.accept(command);
        run();
        return command.deleteOutcome;
    }

    DeleteOutcome delete(String keyText) {
        return delete(keyText, _ -> {});
    }

    DeltaOutcome delta(String keyText, long delta, Consumer<Command> options) {
        prepare(Operation.DELTA, keyText);
        command.delta = delta;
        options.accept(command);
        run();
        return command.deltaOutcome;
    }

    DeltaOutcome increment(String keyText, long delta) {
        return delta(keyText, delta, _ -> {});
    }

    DeltaOutcome decrement(String keyText, long delta) {
        return delta(keyText, delta, c -> c.decrement = true);
    }

    FetchOutcome touch(String keyText, int exptime) {
        prepare(Operation.TOUCH, keyText);
        command.touchExptime = exptime;
        run();
        return command.fetchOutcome;
    }

    private void run() {
        if (!worker.execute(command)) {
            throw new AssertionError("An inline command was handed off");
        }
    }

    /** Runs background work until there is none left. */
    void maintain() {
        for (int i = 0; i < engine.config().workers(); i++) {
            while (engine.worker(i).maintain()) {
                // The next slice.
            }
        }
    }

    long total(Stat stat) {
        return engine.total(stat);
    }

    /** Closes the engine after a last look at its consistency. */
    @Override
    public void close() {
        engine.checkInvariants();
        engine.close();
        arena.close();
    }
}
