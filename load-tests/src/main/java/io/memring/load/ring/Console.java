package io.memring.load.ring;

import org.jspecify.annotations.Nullable;

import java.io.InputStream;
import java.io.PrintStream;

/**
 * What a command reads and writes.
 *
 * @param in keys and values that are not on the command line
 * @param out what was found
 * @param err what went wrong, in lines
 */
record Console(InputStream in, PrintStream out, PrintStream err) {

    /** Says in one line what went wrong, after what was found before it. */
    void complain(@Nullable String message) {
        out.flush();
        err.println("memring ring: " + message);
    }
}
