package io.memring.engine;

import io.memring.engine.command.Command;
import io.memring.engine.command.Upload;

/** One event loop's view of the engine; used by one thread at a time. */
public final class EngineWorker {

    EngineWorker() {}

    /** Connects the worker to its event loop, before first use; inline use may leave it out. */
    public void attach(WorkerWaker waker, CompletionListener listener) {
        throw new UnsupportedOperationException();
    }

    /** Hash of a key; the stripe is chosen by its high bits, the bucket by its low bits. */
    public static long hash(long keyAddress, int keyLength) {
        throw new UnsupportedOperationException();
    }

    /** True: done, the result is in the command. False: handed to the stripe's owner, the listener will hear. */
    public boolean execute(Command command) {
        throw new UnsupportedOperationException();
    }

    /** Copies the value of a fetched item; false: overtaken by a write, execute the command again. */
    public boolean copyValue(Command command, long destination) {
        throw new UnsupportedOperationException();
    }

    /** Ends a FETCH that found something; false: overtaken by a write, what was read is worthless, execute again. */
    public boolean finish(Command command) {
        throw new UnsupportedOperationException();
    }

    /** Appends bytes to the value of a reserved item; at most {@code upload.remaining}. */
    public void write(Upload upload, long source, int length) {
        throw new UnsupportedOperationException();
    }

    /** Gives a reserved chunk back; the upload is closed on return. */
    public void abort(Upload upload) {
        throw new UnsupportedOperationException();
    }

    /** Runs commands and completions handed to this worker; true: there are more. */
    public boolean drain() {
        throw new UnsupportedOperationException();
    }

    /** One bounded slice of background work on the stripes this worker owns; true: there is more to do now. */
    public boolean maintain() {
        throw new UnsupportedOperationException();
    }

    public void count(Stat stat) {
        count(stat, 1);
    }

    public void count(Stat stat, long n) {
        throw new UnsupportedOperationException();
    }
}
