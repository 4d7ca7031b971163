package io.memring.server;

import io.netty.util.internal.logging.AbstractInternalLogger;
import io.netty.util.internal.logging.InternalLogger;
import io.netty.util.internal.logging.InternalLoggerFactory;
import io.netty.util.internal.logging.JdkLoggerFactory;

import java.io.Serial;

/**
 * A logger for Netty that writes what the JDK's does without a configuration, from INFO on. The
 * JDK's comes into being with the first message, see {@link ServiceSearches}. Any thread may use
 * it.
 */
final class LateNettyLogger extends AbstractInternalLogger {
    @Serial private static final long serialVersionUID = 1;

    LateNettyLogger(String name) {
        super(name);
    }

    static InternalLoggerFactory factory() {
        return new InternalLoggerFactory() {
            @Override
            protected InternalLogger newInstance(String name) {
                return new LateNettyLogger(name);
            }
        };
    }

    private InternalLogger jdk() {
        return ((JdkLoggerFactory) JdkLoggerFactory.INSTANCE).newInstance(name());
    }

    @Override
    public boolean isTraceEnabled() {
        return false;
    }

    @Override
    public void trace(String message) {}

    @Override
    public void trace(String format, Object argument) {}

    @Override
    public void trace(String format, Object first, Object second) {}

    @Override
    public void trace(String format, Object... arguments) {}

    @Override
    public void trace(String message, Throwable thrown) {}

    @Override
    public boolean isDebugEnabled() {
        return false;
    }

    @Override
    public void debug(String message) {}

    @Override
    public void debug(String format, Object argument) {}

    @Override
    public void debug(String format, Object first, Object second) {}

    @Override
    public void debug(String format, Object... arguments) {}

    @Override
    public void debug(String message, Throwable thrown) {}

    @Override
    public boolean isInfoEnabled() {
        return true;
    }

    @Override
    public void info(String message) {
        jdk().info(message);
    }

    @Override
    public void info(String format, Object argument) {
        jdk().info(format, argument);
    }

    @Override
    public void info(String format, Object first, Object second) {
        jdk().info(format, first, second);
    }

    @Override
    public void info(String format, Object... arguments) {
        jdk().info(format, arguments);
    }

    @Override
    public void info(String message, Throwable thrown) {
        jdk().info(message, thrown);
    }

    @Override
    public boolean isWarnEnabled() {
        return true;
    }

    @Override
    public void warn(String message) {
        jdk().warn(message);
    }

    @Override
    public void warn(String format, Object argument) {
        jdk().warn(format, argument);
    }

    @Override
    public void warn(String format, Object first, Object second) {
        jdk().warn(format, first, second);
    }

    @Override
    public void warn(String format, Object... arguments) {
        jdk().warn(format, arguments);
    }

    @Override
    public void warn(String message, Throwable thrown) {
        jdk().warn(message, thrown);
    }

    @Override
    public boolean isErrorEnabled() {
        return true;
    }

    @Override
    public void error(String message) {
        jdk().error(message);
    }

    @Override
    public void error(String format, Object argument) {
        jdk().error(format, argument);
    }

    @Override
    public void error(String format, Object first, Object second) {
        jdk().error(format, first, second);
    }

    @Override
    public void error(String format, Object... arguments) {
        jdk().error(format, arguments);
    }

    @Override
    public void error(String message, Throwable thrown) {
        jdk().error(message, thrown);
    }
}
