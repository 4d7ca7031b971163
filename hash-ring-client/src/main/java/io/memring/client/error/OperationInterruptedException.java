package io.memring.client.error;

/** The waiting thread was interrupted; its interrupt status is set again. */
public final class OperationInterruptedException extends MemcacheException {
    private static final long serialVersionUID = 1L;

    /** Says what was waited for. */
    public OperationInterruptedException(Origin origin, InterruptedException cause) {
        super(origin, Outcome.MAYBE_APPLIED, "interrupted", cause);
    }
}
