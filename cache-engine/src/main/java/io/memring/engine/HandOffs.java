package io.memring.engine;

import io.memring.engine.WorkerRing.Kind;
import io.memring.engine.command.Command;

import java.lang.invoke.VarHandle;
import java.util.ArrayDeque;
import java.util.Queue;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * One worker's commands on their way between workers: out to the owner of a stripe that was held,
 * back to where they came from. Nothing waits and nothing is lost: what does not fit a ring, or
 * finds its stripe held again, stays in a queue here until the next drain. The queues hold at most
 * one command per connection, and aborts.
 *
 * <p>Only {@link #accept} is called by other threads.
 */
final class HandOffs {

    /** Origin of commands that nobody waits for. */
    static final int NO_ORIGIN = -1;

    /** Commands taken from the ring by one drain. */
    static final int MAX_COMMANDS_PER_DRAIN = 256;

    /** Runs commands for stripes of this worker. */
    interface Runner {
        /** False: the stripe is held. */
        boolean tryRun(Command command);
    }

    private final CacheEngine engine;
    private final int index;
    private final Runner runner;
    private final WorkerRing ring = new WorkerRing(this::onCommand);
    private final AtomicBoolean wakePending = new AtomicBoolean();

    /** Requests whose stripe was held when this worker, its owner, tried them. */
    private final Queue<Command> blocked = new ArrayDeque<>();

    /** Requests and completions for which the receiver's ring had no room. */
    private final Queue<Command> unsentRequests = new ArrayDeque<>();

    private final Queue<Command> unsentCompletions = new ArrayDeque<>();

    private WorkerWaker waker = () -> {};
    private CompletionListener listener = _ -> {};

    HandOffs(CacheEngine engine, int index, Runner runner) {
        this.engine = engine;
        this.index = index;
        this.runner = runner;
    }

    void attach(WorkerWaker newWaker, CompletionListener newListener) {
        waker = newWaker;
        listener = newListener;
    }

    /** Hands a command to the owner of its stripe. */
    void send(Stripe stripe, Command command) {
        EngineWorker owner = engine.ownerOf(stripe);
        if (owner == engine.worker(index)) {
            blocked.add(command);
            wake();
        } else if (!owner.accept(Kind.REQUEST, command)) {
            unsentRequests.add(command);
            wake();
        }
    }

    /** Takes a command from another worker; false: there is no room at the moment. Any thread. */
    boolean accept(Kind kind, Command command) {
        boolean accepted = ring.offer(kind, command);
        wake();
        return accepted;
    }

    private void wake() {
        // The command must be visible before the flag is read: drain clears the flag, then looks.
        VarHandle.fullFence();
        if (!wakePending.getAndSet(true)) {
            waker.wakeUp();
        }
    }

    /** Runs requests and passes completions on; true: there are more. */
    boolean drain() {
        wakePending.set(false);
        sendAgain();
        runBlocked();
        boolean more = ring.drain(MAX_COMMANDS_PER_DRAIN);
        return more
                || !blocked.isEmpty()
                || !unsentRequests.isEmpty()
                || !unsentCompletions.isEmpty();
    }

    private void sendAgain() {
        for (int i = unsentRequests.size(); i > 0; i--) {
            Command command = unsentRequests.remove();
            send(engine.stripeOf(command), command);
        }
        for (int i = unsentCompletions.size(); i > 0; i--) {
            complete(unsentCompletions.remove());
        }
    }

    private void runBlocked() {
        for (int i = blocked.size(); i > 0; i--) {
            runRequest(blocked.remove());
        }
    }

    private void onCommand(Kind kind, Command command) {
        switch (kind) {
            case REQUEST -> runRequest(command);
            case COMPLETION -> listener.onCompleted(command);
        }
    }

    private void runRequest(Command command) {
        boolean done = true;
        try {
            done = runner.tryRun(command);
        } finally {
            // Whoever waits gets an answer, even from an operation that is broken.
            if (done) {
                complete(command);
            }
        }
        if (!done) {
            blocked.add(command);
        }
    }

    private void complete(Command command) {
        if (command.originWorker == index) {
            listener.onCompleted(command);
        } else if (command.originWorker != NO_ORIGIN
                && !engine.worker(command.originWorker).accept(Kind.COMPLETION, command)) {
            unsentCompletions.add(command);
        }
    }
}
