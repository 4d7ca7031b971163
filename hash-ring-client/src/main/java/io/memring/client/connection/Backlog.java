package io.memring.client.connection;

import io.memring.client.error.MemcacheException;

import org.jspecify.annotations.Nullable;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;
import java.util.function.Predicate;

/**
 * The requests of a connection: those that any thread has queued, those that wait for their turn,
 * and those that have been written and await replies, oldest first. What is late fails, but keeps
 * its place among the written ones, so that its reply meets it.
 */
final class Backlog {
    private final Runnable whenEmpty;

    /** What came of those that have left. */
    final Tally tally = new Tally();

    // Any thread.
    private final RequestQueue queue = new RequestQueue();
    private final AtomicInteger admitted = new AtomicInteger();

    // The event loop alone.
    private final ArrayDeque<Request<?>> waiting = new ArrayDeque<>();
    private final ArrayDeque<Request<?>> inFlight = new ArrayDeque<>();

    /**
     * An empty one.
     *
     * @param whenEmpty is run on the event loop when the last request has left
     */
    Backlog(Runnable whenEmpty) {
        this.whenEmpty = whenEmpty;
    }

    /** Counts a request; false, and not counted, if there are too many; any thread. */
    boolean admit(int limit) {
        boolean fits = admitted.incrementAndGet() <= limit;
        if (!fits) {
            admitted.decrementAndGet();
        }
        return fits;
    }

    /** Queues a request that was admitted; any thread. */
    void offer(Request<?> request) {
        queue.offer(request);
    }

    /** Requests that have been admitted and have not left; any thread. */
    int admitted() {
        return admitted.get();
    }

    /** The one place where requests stop being counted. */
    void leave() {
        if (admitted.decrementAndGet() == 0) {
            whenEmpty.run();
        }
    }

    /** Whether the event loop holds none, whatever is queued. */
    boolean isIdle() {
        return waiting.isEmpty() && inFlight.isEmpty();
    }

    /** Whether nobody waits for what it holds, such as replies to requests that timed out. */
    boolean isForgotten() {
        takeQueue();
        // One that is admitted and not yet queued belongs to somebody.
        return waiting.size() + inFlight.size() == admitted.get()
                && waiting.stream().allMatch(Request::isDone)
                && inFlight.stream().allMatch(Request::isDone);
    }

    /** Takes the request that is to be written next, or null. */
    @Nullable Request<?> nextToWrite() {
        Request<?> first = waiting.poll();
        return first == null ? queue.poll() : first;
    }

    /** A request awaits its reply from now on. */
    void written(Request<?> request, long nowNanos) {
        request.writtenNanos = nowNanos;
        inFlight.add(request);
    }

    /** The request that the next reply is for, or null. */
    @Nullable Request<?> oldest() {
        return inFlight.peek();
    }

    /** The oldest request has a reply; with its last one it leaves. */
    void replied(Reply reply, long nowNanos) {
        Request<?> request = inFlight.element();
        tally.replied(request, reply, nowNanos);
        if (request.isLastReply(reply)) {
            inFlight.remove();
            leave();
        }
    }

    /** Moves what is queued to what waits. */
    void takeQueue() {
        for (Request<?> request = queue.poll(); request != null; request = queue.poll()) {
            waiting.add(request);
        }
    }

    /** Fails all that have not been written. */
    void failWaiting(Function<Request<?>, MemcacheException> failure) {
        takeQueue();
        for (Request<?> request = waiting.poll(); request != null; request = waiting.poll()) {
            leave();
            request.fail(failure.apply(request));
        }
    }

    /** There will be no replies: what was written fails, or waits again if it may be repeated. */
    void dropWritten(
            Predicate<Request<?>> mayRepeat, Function<Request<?>, MemcacheException> failure) {
        for (Request<?> request = inFlight.poll(); request != null; request = inFlight.poll()) {
            if (mayRepeat.test(request)) {
                request.retried = true;
                waiting.add(request);
            } else {
                leave();
                request.fail(failure.apply(request));
            }
        }
    }

    /**
     * Fails what is late.
     *
     * @param phase how far those had come that have not been written
     * @param replyMissed is run for each one that was written
     */
    void failLate(long nowNanos, TimedOut phase, Runnable replyMissed) {
        takeQueue();
        // Collected first: whoever hears of a failure may change what is iterated over.
        List<Request<?>> late = new ArrayList<>();
        waiting.removeIf(request -> request.isExpired(nowNanos) && late.add(request));
        int unwritten = late.size();
        for (Request<?> request : inFlight) {
            if (request.isExpired(nowNanos) && !request.isDone()) {
                late.add(request);
            }
        }
        int count = admitted.get();
        for (int i = 0; i < late.size(); i++) {
            Request<?> request = late.get(i);
            if (i < unwritten) {
                leave();
                request.fail(phase.failure(request, count));
            } else {
                request.fail(TimedOut.AWAITING.failure(request, count));
                replyMissed.run();
            }
        }
    }
}
