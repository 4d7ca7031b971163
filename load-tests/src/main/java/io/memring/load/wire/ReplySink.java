package io.memring.load.wire;

import io.memring.load.result.CommandKind;

import org.jspecify.annotations.Nullable;

/** Knows which requests are under way, and takes their replies in order. */
public interface ReplySink {

    /** The kind of the oldest request without a reply; null if there is none. */
    @Nullable CommandKind current();

    /** The number of that request's key. */
    long currentKey();

    /**
     * A value has been fetched.
     *
     * @param key its key's number, {@link io.memring.load.workload.KeySpace#FOREIGN} if it is none
     * @param in good during the call
     * @param casUnique its unique number; 0 if the reply has none
     */
    void onValue(long key, byte[] in, int at, int length, long casUnique);

    /** The reply to the oldest request is complete. */
    void onDone(Outcome outcome);

    /** The reply to the oldest request is an error, in the server's words. */
    void onError(String text);

    /** The next reply is this long, as far as is known yet. */
    void onIncomplete(int length);
}
