package io.memring.client.error;

import org.jspecify.annotations.Nullable;

/** A value could not be encoded, or what is stored could not be decoded. */
public final class CodecException extends MemcacheException {
    private static final long serialVersionUID = 1L;

    /** Says what does not fit. */
    public CodecException(String message, @Nullable Throwable cause) {
        super(Origin.local("codec"), Outcome.NOT_SENT, message, cause);
    }

    @Override
    public boolean retryable() {
        return false;
    }
}
