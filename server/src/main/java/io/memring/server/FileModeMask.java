package io.memring.server;

import java.io.IOException;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.ValueLayout;
import java.lang.invoke.MethodHandle;

/**
 * The process's {@code umask}: what is created while it is set has the wanted mode from its first
 * moment, so that nobody can connect to a socket between its creation and a later change of its
 * mode.
 */
final class FileModeMask {

    private static final int ALL = 0777;

    private FileModeMask() {}

    /** What creates files. */
    @FunctionalInterface
    interface Creation {
        void run() throws IOException;
    }

    /**
     * Runs {@code creation} with a mask that leaves new files {@code mode}; one caller at a time.
     */
    static synchronized void run(int mode, Creation creation) throws IOException {
        int before = setMask(ALL & ~mode);
        try {
            creation.run();
        } finally {
            setMask(before);
        }
    }

    private static int setMask(int mask) {
        try {
            return (int) Native.UMASK.invokeExact(mask);
        } catch (Throwable e) {
            throw new IllegalStateException("umask failed", e);
        }
    }

    /** Linked on first use: only nodes with a unix socket need it. */
    private static final class Native {
        static final MethodHandle UMASK = link();

        @SuppressWarnings("restricted") // the one function called takes and returns an int
        private static MethodHandle link() {
            Linker linker = Linker.nativeLinker();
            return linker.downcallHandle(
                    linker.defaultLookup().findOrThrow("umask"),
                    FunctionDescriptor.of(ValueLayout.JAVA_INT, ValueLayout.JAVA_INT));
        }
    }
}
