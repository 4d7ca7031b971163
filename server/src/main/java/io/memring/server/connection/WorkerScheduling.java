package io.memring.server.connection;

import io.memring.server.dispatch.LateLogger;

import org.jspecify.annotations.Nullable;

import java.lang.System.Logger.Level;
import java.lang.foreign.Arena;
import java.util.Optional;

/**
 * Has Linux schedule a worker's thread as fits what it does: for many requests at a time or for
 * single ones.
 *
 * <p>While requests come in <b>crowds</b>, the thread is in the class {@code SCHED_BATCH}: when it
 * wakes on a busy processor, it does not interrupt who runs there. On a machine whose processors
 * are all busy, it then finds more requests each time it wakes, and each costs less; on one with
 * idle processors nothing changes. A request that comes <b>alone</b> would only be late: then the
 * thread is in {@code SCHED_OTHER}, where threads begin, and asks for time slices half as long as
 * it had. That gives it no more time than others get, but since Linux 6.12 it gets it sooner: a
 * thread that wakes may interrupt one with longer slices. See {@code sched(7)} and {@code
 * sched_setattr(2)}. Changed by the worker's thread only.
 */
final class WorkerScheduling {
    private static final LateLogger LOG = new LateLogger(WorkerScheduling.class);

    /** So many connections in a pass of the event loop are a crowd. */
    private static final int CROWD = 3;

    /** Fewer than these are none; between the two all stays as it is. */
    private static final int FEW = 2;

    /** What the thread is scheduled for. */
    private enum Arrival {
        UNKNOWN,
        ALONE,
        IN_CROWDS
    }

    private volatile Arrival arrival = Arrival.UNKNOWN;

    /** Known when the first requests have come. */
    private volatile @Nullable KernelThread thread;

    /**
     * Changes what the thread is scheduled for, if that should be the other one of the two. Nothing
     * happens where it is not possible, and to a thread that has been put into a third class.
     *
     * @param passes of the event loop in which connections were answered lately
     * @param connections that were answered in them, in all
     */
    void adapt(int passes, int connections) {
        if (passes == 0) {
            return;
        }
        if (arrival != Arrival.IN_CROWDS && connections >= CROWD * passes) {
            change(Arrival.IN_CROWDS);
        } else if (arrival != Arrival.ALONE && connections < FEW * passes) {
            change(Arrival.ALONE);
        }
    }

    /** Whether requests come in crowds; any thread. */
    boolean inCrowds() {
        return arrival == Arrival.IN_CROWDS;
    }

    /** The worker's thread, once requests have come; any thread. */
    Optional<KernelThread> thread() {
        return Optional.ofNullable(thread);
    }

    private void change(Arrival next) {
        if (arrival == Arrival.UNKNOWN) {
            thread = KernelThread.current().orElse(null);
        }
        try (Arena arena = Arena.ofConfined()) {
            SchedAttr.ofThisThread(arena).ifPresent(thread -> change(thread, next));
        }
        arrival = next;
    }

    private void change(SchedAttr thread, Arrival next) {
        int expected = arrival == Arrival.IN_CROWDS ? SchedAttr.SCHED_BATCH : SchedAttr.SCHED_OTHER;
        if (thread.policy() == expected && !schedule(thread, next)) {
            LOG.log(Level.DEBUG, "a worker cannot be scheduled for requests " + next);
        }
    }

    private static boolean schedule(SchedAttr thread, Arrival next) {
        return next == Arrival.IN_CROWDS
                ? thread.change(SchedAttr.SCHED_BATCH, SchedAttr.SYSTEMS_CHOICE)
                : thread.change(SchedAttr.SCHED_OTHER, thread.sliceNanos() / 2);
    }
}
