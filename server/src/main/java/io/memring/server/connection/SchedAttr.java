package io.memring.server.connection;

import static java.lang.foreign.ValueLayout.JAVA_INT;
import static java.lang.foreign.ValueLayout.JAVA_LONG;

import io.memring.slab.libc.CFunction;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.util.Optional;

/**
 * How Linux schedules the calling thread: a copy of its {@code struct sched_attr}, see {@code
 * sched_setattr(2)}. For one thread.
 */
final class SchedAttr {
    /** Linux, {@code linux/sched.h}: the class that threads begin in. */
    static final int SCHED_OTHER = 0;

    /** Linux, {@code linux/sched.h}. */
    static final int SCHED_BATCH = 3;

    /** A length of time slices. */
    static final long SYSTEMS_CHOICE = 0;

    /** Of the structure's first version, {@code SCHED_ATTR_SIZE_VER0}. */
    private static final int SIZE = 48;

    private static final int POLICY = 4;

    /** In the two classes above, the length of a time slice. */
    private static final int RUNTIME = 24;

    private static final int THIS_THREAD = 0;
    private static final int NO_FLAGS = 0;

    private final SystemCalls system;
    private final MemorySegment struct;

    private SchedAttr(SystemCalls system, Arena arena) {
        this.system = system;
        struct = arena.allocate(SIZE, JAVA_LONG.byteAlignment());
    }

    /**
     * Empty where the system does not tell it: on another system, or in a sandbox.
     *
     * @param arena for as long as it is used
     */
    static Optional<SchedAttr> ofThisThread(Arena arena) {
        return SystemCalls.LINUX
                .map(system -> new SchedAttr(system, arena))
                .filter(SchedAttr::read);
    }

    private boolean read() {
        return system.succeeds(system.getattr(), struct.address(), SIZE, NO_FLAGS);
    }

    int policy() {
        return struct.get(JAVA_INT, POLICY);
    }

    /** How long its time slices are; 0 where there are none to choose (before Linux 6.12). */
    long sliceNanos() {
        return struct.get(JAVA_LONG, RUNTIME);
    }

    /**
     * Changes the class and the time slices of the thread, and nothing else.
     *
     * @param sliceNanos a wish, or {@link #SYSTEMS_CHOICE}
     * @return false if it is not allowed; then nothing changes
     */
    boolean change(int policy, long sliceNanos) {
        struct.set(JAVA_INT, POLICY, policy);
        struct.set(JAVA_LONG, RUNTIME, sliceNanos);
        return system.succeeds(system.setattr(), struct.address(), NO_FLAGS, 0);
    }

    /**
     * The two system calls, by their numbers, since C libraries have functions for them only since
     * recently (glibc 2.41). Linked when it is needed, since that takes time that a start has not.
     */
    private record SystemCalls(CFunction syscall, int setattr, int getattr) {
        private static final Optional<SystemCalls> LINUX = link();

        private static Optional<SystemCalls> link() {
            String system = System.getProperty("os.name") + " " + System.getProperty("os.arch");
            return switch (system) {
                case "Linux amd64" -> link(314, 315); // arch/x86/entry/syscalls/syscall_64.tbl
                case "Linux aarch64" -> link(274, 275); // asm-generic/unistd.h
                default -> Optional.empty();
            };
        }

        private static Optional<SystemCalls> link(int setattr, int getattr) {
            return CFunction.find("syscall")
                    .map(syscall -> new SystemCalls(syscall, setattr, getattr));
        }

        /** Calls one for this thread. */
        boolean succeeds(int number, long struct, int third, int fourth) {
            return syscall.call(number, THIS_THREAD, struct, third, fourth, 0) == 0;
        }
    }
}
