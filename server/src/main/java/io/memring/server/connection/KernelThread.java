package io.memring.server.connection;

import io.memring.slab.libc.CFunction;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.nio.ByteBuffer;
import java.util.BitSet;
import java.util.Optional;

/**
 * A thread of this process, as Linux knows it. What is asked of it is empty once it has ended, and
 * on other systems. Any thread may ask.
 *
 * @param id its number, see {@code gettid(2)}
 */
record KernelThread(int id) {
    /** The bytes of {@code cpu_set_t}, a bit for each of 1024 processors. */
    private static final int CPU_SET_BYTES = 128;

    /** In {@code proc_pid_stat(5)}, counted from the one behind the thread's name. */
    private static final int PROCESSOR_FIELD = 36;

    /** The calling thread. */
    static Optional<KernelThread> current() {
        return Functions.LINUX.map(functions -> new KernelThread((int) functions.gettid().call(0)));
    }

    /** How long it has run and waited since it began. */
    Optional<SchedStat> schedStat() {
        return read("schedstat").map(SchedStat::parse);
    }

    /** The number of the processor that it runs on, or ran on last. */
    Optional<Integer> processor() {
        return read("stat")
                .map(ProcFile::text)
                .map(stat -> stat.substring(stat.lastIndexOf(')') + 2).split(" ", -1))
                .map(fields -> Integer.valueOf(fields[PROCESSOR_FIELD]));
    }

    private Optional<ProcFile> read(String file) {
        return ProcFile.read("/proc/self/task/" + id + "/" + file);
    }

    /** The numbers of the processors that it may run on, see {@code sched_getaffinity(2)}. */
    Optional<BitSet> affinity() {
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment set = arena.allocate(CPU_SET_BYTES);
            return Functions.LINUX
                    .filter(functions -> succeeds(functions.getAffinity(), set))
                    .map(_ -> BitSet.valueOf(set.asByteBuffer()));
        }
    }

    /**
     * Has it run on these processors alone, as far as the process may, see {@code
     * sched_setaffinity(2)}. Threads that it starts inherit that.
     *
     * @return false if that is not possible; then nothing changes
     */
    boolean setAffinity(BitSet processors) {
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment set = arena.allocate(CPU_SET_BYTES);
            set.asByteBuffer().put(ByteBuffer.wrap(processors.toByteArray()));
            return Functions.LINUX
                    .filter(functions -> succeeds(functions.setAffinity(), set))
                    .isPresent();
        }
    }

    private boolean succeeds(CFunction function, MemorySegment set) {
        return (int) function.call(id, CPU_SET_BYTES, set.address()) == 0;
    }

    /** Linked when they are needed, since that takes time that a start has not. */
    private record Functions(CFunction gettid, CFunction getAffinity, CFunction setAffinity) {
        private static final Optional<Functions> LINUX =
                CFunction.find("gettid")
                        .flatMap(
                                gettid ->
                                        CFunction.find("sched_getaffinity")
                                                .flatMap(get -> link(gettid, get)));

        private static Optional<Functions> link(CFunction gettid, CFunction getAffinity) {
            return CFunction.find("sched_setaffinity")
                    .map(setAffinity -> new Functions(gettid, getAffinity, setAffinity));
        }
    }
}
