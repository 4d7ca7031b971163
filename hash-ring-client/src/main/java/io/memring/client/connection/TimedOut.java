package io.memring.client.connection;

import io.memring.client.error.OperationTimeoutException;
import io.memring.client.error.OperationTimeoutException.Phase;

import java.time.Duration;

/** How far a request had come that is late. */
enum TimedOut {
    CONNECTING(Phase.CONNECTING),
    QUEUED(Phase.QUEUED),
    AWAITING(Phase.AWAITING_REPLY);

    private final Phase phase;

    TimedOut(Phase phase) {
        this.phase = phase;
    }

    static TimedOut of(ConnectionState state) {
        return state == ConnectionState.CONNECTING ? CONNECTING : QUEUED;
    }

    OperationTimeoutException failure(Request<?> request, int inFlight) {
        return new OperationTimeoutException(
                request.origin(), phase, Duration.ofNanos(request.timeoutNanos), inFlight);
    }
}
