package io.memring.engine;

import static org.assertj.core.api.Assertions.assertThat;

import io.memring.engine.ModelConfig.Pressure;
import io.memring.engine.command.Command;
import io.memring.engine.command.DeleteOutcome;
import io.memring.engine.command.DeltaOutcome;
import io.memring.engine.command.FetchOutcome;
import io.memring.engine.command.Operation;
import io.memring.engine.command.StoreMode;
import io.memring.engine.command.StoreOutcome;
import io.memring.engine.command.Upload;

import org.jspecify.annotations.Nullable;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/** One seeded run of random commands against an inline engine and the model side by side. */
final class ModelRun implements AutoCloseable {

    /** Last events, and last events of the key, that a failure shows. */
    private static final int EVENTS_SHOWN = 12;

    private static final int NUMBER_VALUE_MAX = 1000;

    private static final int OPEN_UPLOADS_MAX = 4;
    private static final int UNKNOWN_LENGTH_MAX = 40_000;
    private static final int MAINTAIN_SLICES_MAX = 100_000;

    private final ModelConfig config;
    private final long seed;
    private final Random random;
    private final ManualClock clock = new ManualClock();
    private final CacheEngine engine;
    private final EngineWorker worker;
    private final CacheModel model;
    private final CommandGenerator generator;
    private final Command command = new Command();
    private final Scratch keyBytes = new Scratch(256);
    private final Scratch valueBytes;
    private final List<ModelUpload> uploads = new ArrayList<>();
    private final List<String> events = new ArrayList<>();
    private final Scratch unknownBytes = new Scratch(UNKNOWN_LENGTH_MAX);
    private @Nullable Command completed;
    private String lastKey = "";
    private int evictions;
    private int refusals;

    ModelRun(ModelConfig config, long seed) {
        this.config = config;
        this.seed = seed;
        random = new Random(seed);
        engine = CacheEngine.open(config.engine(), clock);
        worker = engine.worker(0);
        worker.attach(() -> {}, done -> completed = done);
        int valueLengthMax = config.valueLengthMax();
        model = new CacheModel(clock, config.engine().casEnabled(), valueLengthMax);
        int pageSize = engine.config().pageSize();
        generator = new CommandGenerator(random, config.keyCount(), valueLengthMax, pageSize);
        valueBytes = new Scratch(config.engine().itemSizeMax() + 16);
    }

    /**
     * Runs the steps, checks the engine's invariants after every n-th, and all items at the end.
     */
    void run(int steps, int checkEvery) {
        for (int step = 1; step <= steps; step++) {
            try {
                step();
                if (step % checkEvery == 0) {
                    engine.checkInvariants();
                    assertThat(engine.figures().openUploads()).isEqualTo(uploads.size());
                }
            } catch (AssertionError | RuntimeException e) {
                throw failure(step, e);
            }
        }
        checkAllItems();
        checkPressure();
        empty();
    }

    int evictions() {
        return evictions;
    }

    int refusals() {
        return refusals;
    }

    @Override
    public void close() {
        engine.close();
        keyBytes.close();
        valueBytes.close();
        unknownBytes.close();
    }

    private void step() {
        int dice = random.nextInt(1000);
        if (dice < 380) {
            String key = generator.key();
            generator.fetch(command, model.find(key));
            run(key, "");
        } else if (dice < 640) {
            store(generator.key());
        } else if (dice < 760) {
            upload();
        } else if (dice < 820) {
            String key = generator.key();
            generator.delete(command, model.find(key));
            run(key, "");
        } else if (dice < 900) {
            delta(generator.key());
        } else if (dice < 930) {
            generator.touch(command);
            run(generator.key(), "");
        } else {
            administer(dice);
        }
    }

    private void administer(int dice) {
        if (dice < 950) {
            note("maintain");
            worker.maintain();
        } else if (dice < 985) {
            int seconds = 1 + random.nextInt(random.nextInt(10) == 0 ? 100 : 3);
            note("advance clock by " + seconds);
            clock.advance(seconds);
            model.onClockAdvanced();
        } else if (dice < 990) {
            flush();
        } else if (config.pressure() == Pressure.EVICTING) {
            long full = config.engine().memoryLimit();
            long limit = full / 2 + random.nextLong(full / 2 + 1);
            note("limit memory to " + limit);
            assertThat(engine.setMemoryLimit(limit)).isTrue();
        }
    }

    /** Rarely, as a flush also takes away the pressure on memory. */
    private void flush() {
        int dice = random.nextInt(10);
        if (dice == 0) {
            note("flush");
            engine.flushAll();
            model.flush();
        } else if (dice == 1) {
            int exptime = 1 + random.nextInt(20);
            note("flush in " + exptime);
            engine.scheduleFlush(exptime);
            model.scheduleFlush(exptime);
            model.onClockAdvanced();
        }
    }

    /**
     * In long values, whether they are one chunk or a chain decides what is a number; none is used
     * as one.
     */
    private void delta(String key) {
        ModelItem old = model.find(key);
        boolean isLong = old != null && old.value.length() > NUMBER_VALUE_MAX;
        if (!isLong) {
            generator.delta(command, old);
            run(key, "");
        }
    }

    private void store(String key) {
        ModelItem old = model.find(key);
        boolean isTooLarge = random.nextInt(200) == 0;
        String value = isTooLarge ? " ".repeat(config.engine().itemSizeMax()) : generator.value();
        generator.store(command, value, old);
        if (isOpenJoin(command, value, old)) {
            command.storeMode = StoreMode.SET;
        }
        command.valueAddress = valueBytes.put(value);
        run(key, value);
    }

    /**
     * Two kinds of joins are left out: of a value that may be too large, where the engine's
     * overhead decides, and of an empty value that may have been evicted, where the answer does not
     * tell.
     */
    private boolean isOpenJoin(Command store, String value, @Nullable ModelItem old) {
        if (!isJoin(store) || old == null) {
            return false;
        }
        return old.value.length() + value.length() > config.valueLengthMax()
                || (old.value.isEmpty() && store.hasVivify && mayBeMissing(old));
    }

    private void upload() {
        int dice = random.nextInt(10);
        if (uploads.size() < OPEN_UPLOADS_MAX && (uploads.isEmpty() || dice < 3)) {
            reserve(generator.key(), generator.value());
            return;
        }
        ModelUpload upload = uploads.get(random.nextInt(uploads.size()));
        if (dice == 3) {
            abort(upload);
        } else if (upload.remaining() > 0) {
            writePiece(upload);
        } else {
            commit(upload);
        }
    }

    private void abort(ModelUpload upload) {
        note("abort upload of " + name(upload.key));
        worker.abort(upload.upload);
        uploads.remove(upload);
        assertThat(upload.upload.isOpen()).isFalse();
    }

    private void reserve(String key, String value) {
        ModelUpload upload = new ModelUpload(key, value, clock.nowSeconds());
        Command reserve = upload.command;
        generator.store(reserve, value, model.find(key));
        reserve.operation = Operation.RESERVE;
        reserve.upload = upload.upload;
        execute(reserve, key, value, clock.nowSeconds());
        if (reserve.storeOutcome == StoreOutcome.STORED) {
            assertThat(upload.upload.isOpen()).isTrue();
            assertThat(upload.upload.remaining).isEqualTo(value.length());
            uploads.add(upload);
        } else {
            assertThat(upload.upload.isOpen()).isFalse();
        }
    }

    private void writePiece(ModelUpload upload) {
        int rest = upload.remaining();
        int length = random.nextBoolean() ? rest : 1 + random.nextInt(rest);
        String piece = upload.value.substring(upload.written, upload.written + length);
        worker.write(upload.upload, valueBytes.put(piece), length);
        upload.written += length;
        assertThat(upload.upload.remaining).isEqualTo(upload.remaining());
    }

    private void commit(ModelUpload upload) {
        Command commit = upload.command;
        if (isOpenJoin(commit, upload.value, model.find(upload.key))) {
            abort(upload);
            return;
        }
        commit.operation = Operation.COMMIT;
        uploads.remove(upload);
        execute(commit, upload.key, upload.value, upload.reservedAt);
        assertThat(upload.upload.isOpen()).isFalse();
    }

    private void run(String key, String value) {
        execute(command, key, value, clock.nowSeconds());
    }

    /** Runs a command on both sides and compares what they answer. */
    private void execute(Command request, String key, String value, int requestedAt) {
        ModelItem old = model.find(key);
        lastKey = name(key);
        note(clock.nowSeconds() + ": " + describe(request, key) + " on " + old);
        ModelEffect effect = model.effect(request, value, old, requestedAt);
        EngineReply reply = reply(request, key);
        String problem = reply.differenceFrom(effect, clock.nowSeconds());
        // First, since a refused join and one whose item is gone are answered alike.
        if (problem != null && mayRefuse(request)) {
            refusals++;
            model.put(key, afterRefusal(request, key, old));
            return;
        }
        if (problem != null && old != null && mayBeMissing(old)) {
            ModelEffect onMiss = model.effect(request, value, null, requestedAt);
            if (reply.differenceFrom(onMiss, clock.nowSeconds()) == null) {
                evictions++;
                effect = onMiss;
                problem = null;
            }
        }
        if (problem != null) {
            throw new AssertionError(problem);
        }
        model.put(key, adopt(request, effect.after(), key));
    }

    private boolean mayBeMissing(ModelItem old) {
        return config.pressure() == Pressure.EVICTING || old.mayBeGone;
    }

    private EngineReply reply(Command request, String key) {
        request.keyAddress = keyBytes.put(key);
        request.keyLength = key.length();
        request.hash = EngineWorker.hash(request.keyAddress, request.keyLength);
        if (!worker.execute(request)) {
            runRest(request);
        }
        String value = null;
        boolean isFound =
                request.operation == Operation.FETCH
                        && (request.fetchOutcome == FetchOutcome.HIT
                                || request.fetchOutcome == FetchOutcome.CREATED);
        if (isFound) {
            if (request.wantsValue) {
                int length = request.itemValueLength;
                assertThat(worker.copyValue(request, valueBytes.expect(length))).isTrue();
                value = valueBytes.take(length);
            }
            assertThat(worker.finish(request)).isTrue();
        }
        return new EngineReply(request, value);
    }

    /** Only a RESERVE of many chunks takes several runs; in between, others have the stripe. */
    private void runRest(Command request) {
        assertThat(request.operation).as("done at once").isEqualTo(Operation.RESERVE);
        note("more than one slice");
        while (completed != request) {
            engine.checkInvariants();
            worker.maintain();
            if (config.pressure() == Pressure.EVICTING) {
                storeUnknown();
            }
            worker.drain();
        }
        completed = null;
    }

    /** Stores what the model knows nothing of, so that other items have to go. */
    private void storeUnknown() {
        Command store = new Command();
        store.reset(Operation.STORE);
        store.keyAddress = unknownBytes.put("unknown-" + random.nextInt(20));
        store.keyLength = "unknown-".length() + 1;
        store.hash = EngineWorker.hash(store.keyAddress, store.keyLength);
        store.valueAddress = unknownBytes.address();
        store.valueLength = random.nextInt(UNKNOWN_LENGTH_MAX);
        assertThat(worker.execute(store)).isTrue();
    }

    /** Takes the CAS unique that the engine chose into the model; it must be a new one. */
    private @Nullable ModelItem adopt(Command request, @Nullable ModelItem after, String key) {
        if (after == null || after.cas != ModelItem.CAS_OPEN) {
            return after;
        }
        boolean isInResult = request.operation != Operation.DELETE;
        after.cas = isInResult ? request.itemCas : probeCas(key, after);
        if (!after.isDeadAt(clock.nowSeconds())) {
            assertThat(after.cas).as("CAS unique").isNotZero();
        }
        return after;
    }

    private long probeCas(String key, ModelItem expected) {
        Command probe = new Command();
        probe.reset(Operation.FETCH);
        probe.noBump = true;
        reply(probe, key);
        boolean isHit = probe.fetchOutcome == FetchOutcome.HIT;
        boolean mayMiss =
                expected.isDeadAt(clock.nowSeconds())
                        || config.pressure() == Pressure.EVICTING
                        || expected.mayBeGone;
        assertThat(isHit || mayMiss).as("the item is there after a DELETE that keeps it").isTrue();
        return isHit ? probe.itemCas : 0;
    }

    private boolean mayRefuse(Command request) {
        if (config.pressure() != Pressure.REFUSING) {
            return false;
        }
        return switch (request.operation) {
            case FETCH -> request.hasVivify && request.fetchOutcome == FetchOutcome.MISS;
            case TOUCH -> false;
            case DELETE -> request.deleteOutcome == DeleteOutcome.NOT_STORED;
            case DELTA -> request.deltaOutcome == DeltaOutcome.NO_MEMORY;
            case RESERVE -> request.storeOutcome == StoreOutcome.NO_MEMORY;
            case STORE, COMMIT ->
                    request.storeOutcome == StoreOutcome.NO_MEMORY
                            || isJoin(request) && request.storeOutcome == StoreOutcome.NOT_STORED;
            case ABORT -> false;
        };
    }

    private static boolean isJoin(Command store) {
        return store.storeMode == StoreMode.APPEND || store.storeMode == StoreMode.PREPEND;
    }

    /**
     * What is left after a refusal: of a refused set nothing. Any other store may have freed its
     * key's old item to make room, or have kept it; other commands keep it.
     */
    private @Nullable ModelItem afterRefusal(Command request, String key, @Nullable ModelItem old) {
        boolean isPut =
                request.operation == Operation.STORE || request.operation == Operation.COMMIT;
        boolean forgets =
                (request.operation == Operation.RESERVE || (isPut && !isJoin(request)))
                        && CacheModel.forgetsOnFailure(request);
        Command probe = new Command();
        probe.reset(Operation.FETCH);
        probe.noBump = true;
        probe.wantsValue = true;
        EngineReply reply = reply(probe, key);
        if (probe.fetchOutcome == FetchOutcome.MISS) {
            boolean mayMiss =
                    old == null || old.mayBeGone || forgets || isPut || request.removeValue;
            assertThat(mayMiss).as("only a refused store may take its key's item away").isTrue();
            return null;
        }
        assertThat(forgets).as("the old value survived a refused set").isFalse();
        String problem = reply.differenceFrom(model.effect(probe, "", old), clock.nowSeconds());
        assertThat(problem).isNull();
        return old;
    }

    private void checkAllItems() {
        for (String key : model.keys()) {
            command.reset(Operation.FETCH);
            command.wantsValue = true;
            run(key, "");
        }
    }

    private void checkPressure() {
        boolean evicts = config.pressure() == Pressure.EVICTING;
        if (!evicts) {
            assertThat(engine.total(Stat.EVICTIONS)).isZero();
        }
        if (config.pressure() == Pressure.NONE) {
            assertThat(engine.figures().currItems()).isGreaterThanOrEqualTo(model.size());
        }
    }

    /** Gives up everything; what is left must be nothing. */
    private void empty() {
        for (ModelUpload upload : uploads) {
            worker.abort(upload.upload);
        }
        engine.flushAll();
        int slices = 0;
        while (worker.maintain() && slices < MAINTAIN_SLICES_MAX) {
            slices++;
        }
        assertThat(slices).as("background work comes to an end").isLessThan(MAINTAIN_SLICES_MAX);
        engine.checkInvariants();
        assertThat(engine.figures().openUploads()).isZero();
        assertThat(engine.figures().openUploadBytes()).isZero();
    }

    private void note(String event) {
        events.add(event);
    }

    private static String describe(Command request, String key) {
        return "%s %s %s%s%s%s%s%s%s%s exptime %d, %d bytes"
                .formatted(
                        request.operation,
                        request.storeMode,
                        name(key),
                        request.hasCasCompare ? " C" + request.casCompare : "",
                        request.hasCasExplicit ? " E" + request.casExplicit : "",
                        request.invalidate ? " I" : "",
                        request.removeValue ? " x" : "",
                        request.hasTouch ? " T" + request.touchExptime : "",
                        request.hasVivify ? " N" + request.vivifyExptime : "",
                        request.hasRecache ? " R" + request.recacheSeconds : "",
                        request.exptime,
                        request.valueLength);
    }

    private static String name(String key) {
        return "key" + (key.charAt(0) | key.charAt(1) << 8) + "/" + key.length() + " ";
    }

    private AssertionError failure(int step, Throwable cause) {
        List<String> ofKey = events.stream().filter(event -> event.contains(lastKey)).toList();
        String message =
                "seed %d, step %d: %s%nof this key:%n%s%nbefore:%n%s"
                        .formatted(seed, step, cause.getMessage(), tail(ofKey), tail(events));
        return new AssertionError(message, cause);
    }

    private static String tail(List<String> list) {
        int first = Math.max(0, list.size() - EVENTS_SHOWN);
        return "  " + String.join("\n  ", list.subList(first, list.size()));
    }

    /** A value under way: its command, its bytes, and how many were written. */
    private static final class ModelUpload {

        final Command command = new Command();
        final Upload upload = new Upload();
        final String key;
        final String value;
        final int reservedAt;
        int written;

        ModelUpload(String key, String value, int reservedAt) {
            this.key = key;
            this.value = value;
            this.reservedAt = reservedAt;
        }

        int remaining() {
            return value.length() - written;
        }
    }
}
