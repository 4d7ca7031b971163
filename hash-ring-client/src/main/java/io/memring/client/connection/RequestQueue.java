package io.memring.client.connection;

import org.jspecify.annotations.Nullable;

import java.util.concurrent.atomic.AtomicReference;

/**
 * A queue that many threads append to and one thread takes from, linked through the requests
 * themselves, so that nothing is allocated (Vyukov's intrusive queue).
 *
 * <p>An append swaps the tail, then links the one before to it. Between these two steps the queue
 * looks shorter than it is; whoever appends wakes the taking thread after both.
 */
@SuppressWarnings("ReferenceEquality") // Which request it is, is the question.
final class RequestQueue {
    private final Request<?> stub = new Request<>(RequestKind.PROBE, reply -> true);
    private final AtomicReference<Request<?>> tail = new AtomicReference<>(stub);

    /** The next one to take; only the taking thread uses it. */
    private Request<?> head = stub;

    /** Appends a request, which is in no queue; any thread. */
    void offer(Request<?> request) {
        request.next = null;
        Request<?> before = tail.getAndSet(request);
        before.next = request;
    }

    /** Takes the oldest request; null if there is none, or its link is still being set. */
    @Nullable Request<?> poll() {
        Request<?> first = head;
        Request<?> second = first.next;
        if (first == stub) {
            if (second == null) {
                return null;
            }
            head = second;
            first = second;
            second = first.next;
        }
        if (second == null) {
            if (first != tail.get()) {
                return null;
            }
            // The last one can only be taken with another one behind it.
            offer(stub);
            second = first.next;
            if (second == null) {
                return null;
            }
        }
        head = second;
        first.next = null;
        return first;
    }
}
