package io.memring.server.connection;

import static java.lang.foreign.ValueLayout.JAVA_INT;

import io.memring.server.dispatch.LateLogger;
import io.memring.slab.libc.CFunction;

import java.lang.System.Logger.Level;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.util.Optional;

/**
 * Linux's scheduling class for threads that prefer throughput, {@code SCHED_BATCH}: when such a
 * thread wakes on a busy processor, it does not interrupt who runs there. On a machine whose
 * processors are all busy, a worker then finds more requests each time it wakes; on one with idle
 * processors nothing changes. See {@code sched(7)}.
 */
final class BatchScheduling {
    private static final LateLogger LOG = new LateLogger(BatchScheduling.class);

    /** Linux, {@code linux/sched.h}. */
    private static final int SCHED_BATCH = 3;

    private static final int THIS_THREAD = 0;

    private static final Optional<CFunction> SET_SCHEDULER = CFunction.find("sched_setscheduler");

    private BatchScheduling() {}

    /** Moves the calling thread to the class. Where that is not possible, nothing happens. */
    static void enter() {
        SET_SCHEDULER.ifPresent(BatchScheduling::enter);
    }

    private static void enter(CFunction setScheduler) {
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment priority = arena.allocateFrom(JAVA_INT, 0);
            long result = setScheduler.call(THIS_THREAD, SCHED_BATCH, priority.address());
            if ((int) result != 0) {
                LOG.log(Level.DEBUG, "the system does not allow SCHED_BATCH");
            }
        }
    }
}
