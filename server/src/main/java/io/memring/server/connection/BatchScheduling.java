package io.memring.server.connection;

import static java.lang.foreign.ValueLayout.JAVA_INT;

import io.memring.server.dispatch.LateLogger;
import io.memring.slab.libc.CFunction;

import java.lang.System.Logger.Level;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.util.Optional;

/**
 * Keeps a worker's thread in Linux's scheduling class {@code SCHED_BATCH} while requests come in
 * crowds.
 *
 * <p>When a thread of that class wakes on a busy processor, it does not interrupt who runs there.
 * On a machine whose processors are all busy, a worker then finds more requests each time it wakes,
 * and each costs less; on one with idle processors nothing changes. A request that comes alone
 * would only be late: then the worker is in {@code SCHED_OTHER}, where threads begin. See {@code
 * sched(7)}. Used by the worker's thread only.
 */
final class BatchScheduling {
    private static final LateLogger LOG = new LateLogger(BatchScheduling.class);

    /** So many connections in a pass of the event loop are a crowd. */
    private static final int CROWD = 3;

    /** Fewer than these are none; between the two all stays as it is. */
    private static final int FEW = 2;

    private boolean entered;

    /**
     * Changes the class, if it should be the other one of the two. Nothing happens where that is
     * not possible, and to a thread that has been put into a third.
     *
     * @param passes of the event loop in which connections were answered lately
     * @param connections that were answered in them, in all
     */
    void adapt(int passes, int connections) {
        if (!entered && passes > 0 && connections >= CROWD * passes) {
            entered = true;
            ThreadClass.change(ThreadClass.SCHED_OTHER, ThreadClass.SCHED_BATCH);
        } else if (entered && connections < FEW * passes) {
            entered = false;
            ThreadClass.change(ThreadClass.SCHED_BATCH, ThreadClass.SCHED_OTHER);
        }
    }

    /** Linked when it is needed, since that takes time that a start has not. */
    private static final class ThreadClass {
        /** Linux, {@code linux/sched.h}. */
        private static final int SCHED_OTHER = 0;

        /** Linux, {@code linux/sched.h}. */
        private static final int SCHED_BATCH = 3;

        private static final int THIS_THREAD = 0;

        private static final Optional<CFunction> GET = CFunction.find("sched_getscheduler");
        private static final Optional<CFunction> SET = CFunction.find("sched_setscheduler");

        private static void change(int from, int to) {
            if (GET.isPresent() && SET.isPresent() && (int) GET.get().call(THIS_THREAD) == from) {
                set(SET.get(), to);
            }
        }

        private static void set(CFunction setScheduler, int to) {
            try (Arena arena = Arena.ofConfined()) {
                MemorySegment priority = arena.allocateFrom(JAVA_INT, 0);
                long result = setScheduler.call(THIS_THREAD, to, priority.address());
                if ((int) result != 0) {
                    LOG.log(Level.DEBUG, "the system does not allow the scheduling class " + to);
                }
            }
        }
    }
}
