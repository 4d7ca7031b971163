package io.memring.server.connection;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.Supplier;

/** A thread that does what it is told, and may be scheduled in any way. */
final class OtherThread implements AutoCloseable {
    private final ExecutorService thread = Executors.newSingleThreadExecutor();

    <T> T call(Supplier<T> work) {
        return CompletableFuture.supplyAsync(work, thread).join();
    }

    void run(Runnable work) {
        CompletableFuture.runAsync(work, thread).join();
    }

    @Override
    public void close() {
        thread.close();
    }
}
