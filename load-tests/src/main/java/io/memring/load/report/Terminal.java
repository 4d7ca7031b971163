package io.memring.load.report;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** Tells terminals from files and pipes. */
final class Terminal {

    private Terminal() {}

    /** True if a file descriptor of this process is one, as far as can be known. */
    static boolean is(int descriptor) {
        try {
            String file = Files.readSymbolicLink(Path.of("/proc/self/fd/" + descriptor)).toString();
            return file.startsWith("/dev/pts/")
                    || file.startsWith("/dev/tty")
                    || file.equals("/dev/console");
        } catch (IOException _) {
            // A system without /proc does not tell.
            return false;
        }
    }
}
