package io.memring.server.tls;

import java.util.concurrent.atomic.LongAdder;

/** What {@code stats} says about TLS. Any thread. */
public final class TlsCounters {

    private final LongAdder newSessions = new LongAdder();
    private final LongAdder handshakeErrors = new LongAdder();
    private final LongAdder protocolErrors = new LongAdder();

    TlsCounters() {}

    /** Handshakes that made a session instead of resuming one. */
    public long newSessions() {
        return newSessions.sum();
    }

    /** Handshakes that failed or took too long; clients that went away do not count. */
    public long handshakeErrors() {
        return handshakeErrors.sum();
    }

    /** Connections that sent no valid TLS after their handshake. */
    public long protocolErrors() {
        return protocolErrors.sum();
    }

    /** Counts anew from here. */
    public void reset() {
        newSessions.reset();
        handshakeErrors.reset();
        protocolErrors.reset();
    }

    void countNewSession() {
        newSessions.increment();
    }

    void countHandshakeError() {
        handshakeErrors.increment();
    }

    void countProtocolError() {
        protocolErrors.increment();
    }
}
