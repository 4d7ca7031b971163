package io.memring.server;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** What this JVM holds of the system's goods, for tests that look for leaks. */
final class ProcessState {

    private static final long PAGE_SIZE = 4096;
    private static final long POLL_NANOS = 10_000_000;
    private static final long LIMIT_NANOS = 30_000_000_000L;

    private ProcessState() {}

    static long openDescriptors() {
        try (Stream<Path> descriptors = Files.list(Path.of("/proc/self/fd"))) {
            return descriptors.count();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Bytes of address space in use. */
    static long mappedBytes() {
        try {
            String pages = Files.readString(Path.of("/proc/self/statm")).split(" ", 2)[0];
            return Long.parseLong(pages) * PAGE_SIZE;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static Set<String> nodeThreads() {
        return Thread.getAllStackTraces().keySet().stream()
                .map(Thread::getName)
                .filter(name -> name.startsWith("memring-"))
                .collect(Collectors.toCollection(TreeSet::new));
    }

    /** Waits for what another thread or process brings about; false when it does not come. */
    static boolean eventually(BooleanSupplier condition) {
        long deadline = System.nanoTime() + LIMIT_NANOS;
        while (!condition.getAsBoolean()) {
            if (System.nanoTime() - deadline > 0) {
                return false;
            }
            LockSupport.parkNanos(POLL_NANOS);
        }
        return true;
    }
}
