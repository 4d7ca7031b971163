package io.memring.client.error;

import org.jspecify.annotations.Nullable;

/** The failure of an operation. */
public abstract sealed class MemcacheException extends RuntimeException
        permits AuthenticationException,
                ClientClosedException,
                CodecException,
                ConnectionLostException,
                InvalidRequestException,
                NodeUnavailableException,
                OperationInterruptedException,
                OperationTimeoutException,
                OverloadedException,
                ProtocolException,
                ServerRefusedException {

    private static final long serialVersionUID = 1L;

    private final String node;
    private final String operation;
    private final boolean repeatable;
    private final Outcome outcome;

    MemcacheException(Origin origin, Outcome outcome, String message, @Nullable Throwable cause) {
        super(origin.operation() + " on " + origin.node() + ": " + message, cause);
        this.node = origin.node();
        this.operation = origin.operation();
        this.repeatable = origin.repeatable();
        this.outcome = outcome;
    }

    /** The identity of the node, or "-" where none had been chosen. */
    public final String node() {
        return node;
    }

    /** The name of the operation, such as "get". */
    public final String operation() {
        return operation;
    }

    /** What became of the request. */
    public final Outcome outcome() {
        return outcome;
    }

    /**
     * True if trying again can help and cannot do harm: nothing was sent, or the operation does the
     * same when it is carried out twice.
     */
    public boolean retryable() {
        return switch (outcome) {
            case NOT_SENT -> true;
            case MAYBE_APPLIED -> repeatable;
            case REJECTED -> false;
        };
    }
}
