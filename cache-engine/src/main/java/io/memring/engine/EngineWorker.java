package io.memring.engine;

import io.memring.engine.WorkerRing.Kind;
import io.memring.engine.command.Command;
import io.memring.engine.command.DeleteOutcome;
import io.memring.engine.command.DeltaOutcome;
import io.memring.engine.command.FetchOutcome;
import io.memring.engine.command.Operation;
import io.memring.engine.command.StoreOutcome;
import io.memring.engine.command.Upload;
import io.memring.engine.item.ItemLayout;
import io.memring.engine.item.KeyHash;

/**
 * One event loop's view of the engine; used by one thread at a time.
 *
 * <p>A command runs at once, on this thread, whenever its stripe is free, whoever owns that. Only
 * when somebody else holds the stripe is the command handed to the stripe's owner, who runs it as
 * soon as the stripe is free and sends it back ({@link HandOffs}). The owner also gets the rest of
 * a command that holds its stripe for a slice at a time. Nothing here waits.
 */
public final class EngineWorker {

    /** Keys in one {@link #prefetch}. */
    public static final int PREFETCH_MAX = Prefetcher.MAX_KEYS;

    /**
     * Looks at a held stripe before a command is handed off. They take a microsecond or two; by
     * then nearly every stripe is free, unless its holder has lost its processor.
     */
    private static final int ACQUIRE_TRIES = 32;

    /** Overtaken optimistic fetches before the next try takes the stripe. */
    private static final int FETCH_RETRIES_MAX = 3;

    final Counters counters = new Counters();

    private final CacheEngine engine;
    private final EngineState state;
    private final int index;
    private final StripeUpkeep[] owned;
    private final HandOffs handOffs;
    private final Prefetcher prefetcher;
    private int nextUpkeep;

    EngineWorker(CacheEngine engine, EngineState state, int index, StripeUpkeep[] owned) {
        this.engine = engine;
        this.state = state;
        this.index = index;
        this.owned = owned;
        this.handOffs = new HandOffs(engine, index, this::tryRunHandedOff);
        this.prefetcher = new Prefetcher(engine);
    }

    /** Connects the worker to its event loop, before first use; inline use may leave it out. */
    public void attach(WorkerWaker waker, CompletionListener listener) {
        handOffs.attach(waker, listener);
    }

    /** Hash of a key; the stripe is chosen by its high bits, the bucket by its low bits. */
    public static long hash(long keyAddress, int keyLength) {
        return KeyHash.hash(keyAddress, keyLength);
    }

    /**
     * Brings the items of several keys into the processor's cache, for commands that come next. A
     * hint: it changes nothing, and the hashes may be of keys that are not there.
     *
     * @param hashes of the keys, at most {@link #PREFETCH_MAX}
     */
    public void prefetch(long[] hashes, int count) {
        prefetcher.prefetch(hashes, count);
    }

    /**
     * Runs a command. True: done, the result is in the command. False: handed to the stripe's
     * owner, who also finishes what is too large for one go; the listener will hear. A fetch that
     * found something must be ended by {@link #finish} before the next command.
     */
    public boolean execute(Command command) {
        if (state.isFlushDue(state.clock.nowSeconds())) {
            engine.applyDueFlush();
        }
        if (command.operation == Operation.ABORT) {
            abort(uploadOf(command));
            return true;
        }
        Stripe stripe = engine.stripeOf(command.hash);
        if (command.operation == Operation.FETCH) {
            return fetch(stripe, command);
        }
        if (!tryAcquire(stripe)) {
            return handOff(stripe, command);
        }
        return runTaken(stripe, command) || handOff(stripe, command);
    }

    private boolean fetch(Stripe stripe, Command command) {
        boolean readOnly = !command.hasTouch && command.fetchRetries < FETCH_RETRIES_MAX;
        if (readOnly && FetchOperation.tryOptimistically(stripe, command, counters)) {
            return true;
        }
        if (!tryAcquire(stripe)) {
            return handOff(stripe, command);
        }
        runFetch(stripe, command);
        return true;
    }

    /** Runs a fetch on a stripe this thread has taken; leaves it held if something was found. */
    private static boolean runFetch(Stripe stripe, Command command) {
        boolean held = false;
        try {
            held = FetchOperation.runHeld(stripe, command);
        } finally {
            if (!held) {
                stripe.release();
            }
        }
        return held;
    }

    /** Runs a command on a stripe this thread has taken, and releases it; false: not to its end. */
    private static boolean runTaken(Stripe stripe, Command command) {
        try {
            return run(stripe, command);
        } finally {
            stripe.release();
        }
    }

    /** False: the command is so large that it takes more than one run. */
    private static boolean run(Stripe stripe, Command command) {
        switch (command.operation) {
            case STORE -> StoreOperation.store(stripe, command);
            case RESERVE -> {
                return StoreOperation.reserve(stripe, command, uploadOf(command));
            }
            case COMMIT -> StoreOperation.commit(stripe, command, uploadOf(command));
            case ABORT -> StoreOperation.abort(stripe, uploadOf(command).itemHandle);
            case DELETE -> DeleteOperation.run(stripe, command);
            case DELTA -> DeltaOperation.run(stripe, command);
            case TOUCH -> FetchOperation.touch(stripe, command);
            case FETCH -> throw new IllegalStateException("A fetch is not run to its end");
        }
        return true;
    }

    private static Upload uploadOf(Command command) {
        Upload upload = command.upload;
        if (upload == null) {
            throw new IllegalArgumentException(
                    "The operation needs an upload: operation=" + command.operation);
        }
        return upload;
    }

    private boolean tryAcquire(Stripe stripe) {
        for (int i = 0; i < ACQUIRE_TRIES; i++) {
            if (stripe.tryAcquire(counters)) {
                return true;
            }
            Thread.onSpinWait();
        }
        return false;
    }

    /**
     * Copies the value of a fetched item, {@code itemValueLength} bytes, to an address. False:
     * overtaken by a write, execute the command again.
     */
    public boolean copyValue(Command command, long destination) {
        if (command.fetchState == FetchOperation.COPIED) {
            FetchOperation.copyCopied(command, destination);
            return true;
        }
        boolean copied =
                state.values.copy(command.fetchHandle, command.itemValueLength, destination);
        if (!copied) {
            overtaken(command);
        }
        return copied;
    }

    /**
     * Ends a fetch that found something. False: overtaken by a write, what was read is worthless,
     * execute the same command again.
     */
    public boolean finish(Command command) {
        Stripe stripe = engine.stripeOf(command.hash);
        switch (command.fetchState) {
            case FetchOperation.OPTIMISTIC -> {
                if (!FetchOperation.finishOptimistic(stripe, command, counters)) {
                    overtaken(command);
                    return false;
                }
            }
            case FetchOperation.HELD -> FetchOperation.finishHeld(stripe, command, counters);
            case FetchOperation.COPIED -> FetchOperation.finishCopied(command, counters);
            default -> {}
        }
        return true;
    }

    private void overtaken(Command command) {
        command.fetchState = FetchOperation.NOTHING;
        command.fetchRetries++;
        counters.add(Stat.READ_RETRIES);
    }

    /** Appends bytes to the value of a reserved item; at most {@code upload.remaining}. */
    public void write(Upload upload, long source, int length) {
        state.values.write(upload, source, length);
    }

    /** Gives a reserved chunk back; the upload is closed on return. */
    public void abort(Upload upload) {
        if (!upload.isOpen()) {
            return;
        }
        int handle = upload.itemHandle;
        upload.itemHandle = ItemLayout.NO_ITEM;
        Stripe stripe = engine.stripe(upload.stripeIndex);
        if (!tryAcquire(stripe)) {
            handOffs.send(stripe, abortOf(handle, upload.stripeIndex));
            return;
        }
        try {
            StoreOperation.abort(stripe, handle);
        } finally {
            stripe.release();
        }
    }

    /**
     * A command for the owner that nobody waits for; made only where an abort meets a held stripe.
     */
    private static Command abortOf(int handle, int stripeIndex) {
        Upload left = new Upload();
        left.itemHandle = handle;
        left.stripeIndex = stripeIndex;
        Command command = new Command();
        command.reset(Operation.ABORT);
        command.upload = left;
        command.originWorker = HandOffs.NO_ORIGIN;
        return command;
    }

    private boolean handOff(Stripe stripe, Command command) {
        command.originWorker = index;
        counters.add(Stat.HAND_OFFS);
        handOffs.send(stripe, command);
        return false;
    }

    /** Takes a command from another worker; false: there is no room at the moment. Any thread. */
    boolean accept(Kind kind, Command command) {
        return handOffs.accept(kind, command);
    }

    /** Runs commands and completions handed to this worker; true: there are more. */
    public boolean drain() {
        return handOffs.drain();
    }

    /**
     * Runs a command that was handed to this worker; false: its stripe is held, or more is left.
     */
    private boolean tryRunHandedOff(Command command) {
        Stripe stripe = engine.stripeOf(command);
        if (!tryAcquire(stripe)) {
            return false;
        }
        presumeFailure(command);
        if (command.operation != Operation.FETCH) {
            return runTaken(stripe, command);
        }
        if (runFetch(stripe, command)) {
            FetchOperation.copyAndRelease(stripe, command);
        }
        return true;
    }

    private static void presumeFailure(Command command) {
        command.storeOutcome = StoreOutcome.NO_MEMORY;
        command.deleteOutcome = DeleteOutcome.NOT_STORED;
        command.deltaOutcome = DeltaOutcome.NO_MEMORY;
        command.fetchOutcome = FetchOutcome.MISS;
        command.fetchState = FetchOperation.NOTHING;
    }

    /**
     * One bounded slice of background work on the stripes this worker owns; true: there is more to
     * do now.
     */
    public boolean maintain() {
        int now = state.clock.nowSeconds();
        if (state.isFlushDue(now)) {
            engine.applyDueFlush();
        }
        return maintainOne(now) && isAnyDue(now);
    }

    /** Runs a slice for the next stripe, in turn, that has something to do and is free. */
    private boolean maintainOne(int now) {
        for (int i = 0; i < owned.length; i++) {
            StripeUpkeep upkeep = owned[nextUpkeep];
            nextUpkeep = nextUpkeep + 1 == owned.length ? 0 : nextUpkeep + 1;
            if (upkeep.isDue(now) && upkeep.stripe.tryAcquire(counters)) {
                try {
                    upkeep.run(now);
                } finally {
                    upkeep.stripe.release();
                }
                return true;
            }
        }
        return false;
    }

    private boolean isAnyDue(int now) {
        for (StripeUpkeep upkeep : owned) {
            if (upkeep.isDue(now)) {
                return true;
            }
        }
        return false;
    }

    public void count(Stat stat) {
        counters.add(stat);
    }

    public void count(Stat stat, long n) {
        counters.add(stat, n);
    }
}
