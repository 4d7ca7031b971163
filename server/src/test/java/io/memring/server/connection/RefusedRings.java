package io.memring.server.connection;

import static org.assertj.core.api.Assertions.assertThat;

import static java.lang.foreign.ValueLayout.ADDRESS;
import static java.lang.foreign.ValueLayout.JAVA_LONG;
import static java.lang.foreign.ValueLayout.JAVA_SHORT;

import io.memring.slab.libc.CFunction;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;

/** Has Linux refuse every {@code io_uring}, as containers do; see {@code seccomp(2)}. */
final class RefusedRings {
    private static final int PR_SET_NO_NEW_PRIVS = 38;
    private static final int PR_SET_SECCOMP = 22;
    private static final int SECCOMP_MODE_FILTER = 2;
    private static final long SECCOMP_RET_ERRNO_EPERM = 0x0005_0001;
    private static final long SECCOMP_RET_ALLOW = 0x7fff_0000;

    // Instructions, struct sock_filter: 16 bits of code, 8 each for the two jumps, 32 of operand.

    private static final long LOAD_NUMBER_OF_SYSTEM_CALL = 0x20;
    private static final long NEXT_IF_EQUAL_ELSE_SKIP_ONE = 0x15 | 1 << 24;
    private static final long RETURN = 0x06;
    private static final int OPERAND = 32;

    private static final long IO_URING_SETUP = 425;

    private RefusedRings() {}

    /** To the calling thread, and to those that it starts, for ever. */
    static void forThisThread() {
        CFunction prctl = CFunction.link("prctl");
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment filter =
                    arena.allocateFrom(
                            JAVA_LONG,
                            LOAD_NUMBER_OF_SYSTEM_CALL,
                            NEXT_IF_EQUAL_ELSE_SKIP_ONE | IO_URING_SETUP << OPERAND,
                            RETURN | SECCOMP_RET_ERRNO_EPERM << OPERAND,
                            RETURN | SECCOMP_RET_ALLOW << OPERAND);
            MemorySegment program = arena.allocate(2 * ADDRESS.byteSize(), ADDRESS.byteSize());
            program.set(JAVA_SHORT, 0, (short) (filter.byteSize() / JAVA_LONG.byteSize()));
            program.set(ADDRESS, ADDRESS.byteSize(), filter);
            assertThat((int) prctl.call(PR_SET_NO_NEW_PRIVS, 1)).isZero();
            assertThat((int) prctl.call(PR_SET_SECCOMP, SECCOMP_MODE_FILTER, program.address()))
                    .isZero();
        }
        assertThat(SendRing.open()).isEmpty();
    }
}
