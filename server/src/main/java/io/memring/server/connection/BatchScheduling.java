package io.memring.server.connection;

import static java.lang.foreign.ValueLayout.ADDRESS;
import static java.lang.foreign.ValueLayout.JAVA_INT;

import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemorySegment;
import java.lang.invoke.MethodHandle;

/**
 * Linux's scheduling class for threads that prefer throughput, {@code SCHED_BATCH}: when such a
 * thread wakes on a busy processor, it does not interrupt who runs there. On a machine whose
 * processors are all busy, a worker then finds more requests each time it wakes; on one with idle
 * processors nothing changes. See {@code sched(7)}.
 */
final class BatchScheduling {
    private static final Logger LOG = System.getLogger(BatchScheduling.class.getName());

    /** Linux, {@code linux/sched.h}. */
    private static final int SCHED_BATCH = 3;

    private static final int THIS_THREAD = 0;

    private BatchScheduling() {}

    /** Moves the calling thread to the class. Where that is not possible, nothing happens. */
    static void enter() {
        Linker linker = Linker.nativeLinker();
        linker.defaultLookup()
                .find("sched_setscheduler")
                .ifPresent(function -> enter(link(linker, function)));
    }

    @SuppressWarnings("restricted") // The function reads one int, which the arena owns.
    private static MethodHandle link(Linker linker, MemorySegment function) {
        return linker.downcallHandle(
                function, FunctionDescriptor.of(JAVA_INT, JAVA_INT, JAVA_INT, ADDRESS));
    }

    private static void enter(MethodHandle setScheduler) {
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment priority = arena.allocateFrom(JAVA_INT, 0);
            int result = (int) setScheduler.invokeExact(THIS_THREAD, SCHED_BATCH, priority);
            if (result != 0) {
                LOG.log(Level.DEBUG, "the system does not allow SCHED_BATCH");
            }
        } catch (Throwable failure) { // Declared by every method handle; this one throws nothing.
            throw new IllegalStateException("sched_setscheduler cannot be called", failure);
        }
    }
}
