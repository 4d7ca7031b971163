package io.memring.server.dispatch;

import org.jspecify.annotations.Nullable;

import java.lang.System.Logger.Level;

/**
 * The JDK's logger of a class, looked up when there is something to log. The first look-up of a
 * process goes through its whole class path, which takes a start thirty milliseconds, and most
 * nodes never log anything. Any thread may use it.
 *
 * @param owner the class that logs
 */
public record LateLogger(Class<?> owner) {

    /** As {@link System.Logger#log(Level, String, Object...)}. */
    public void log(Level level, String format, @Nullable Object... parameters) {
        System.getLogger(owner.getName()).log(level, format, parameters);
    }

    /** As {@link System.Logger#log(Level, String, Throwable)}. */
    public void log(Level level, String message, Throwable thrown) {
        System.getLogger(owner.getName()).log(level, message, thrown);
    }
}
