package io.memring.server;

import io.netty.util.internal.logging.InternalLoggerFactory;
import io.netty.util.internal.logging.JdkLoggerFactory;

/**
 * Keeps the JDK from searching the class path for services that a node does not bring along. The
 * first such search opens all jars, which takes thirty milliseconds, a tenth of a start.
 */
final class ServiceSearches {
    private static final String SELECTOR_PROPERTY = "java.nio.channels.spi.SelectorProvider";
    private static final String LINUX_SELECTOR = "sun.nio.ch.EPollSelectorProvider";

    private ServiceSearches() {}

    /** Call before the first use of Netty. */
    static void avoid() {
        if (System.getProperty("os.name", "").equals("Linux")
                && System.getProperty(SELECTOR_PROPERTY) == null) {
            System.setProperty(SELECTOR_PROPERTY, LINUX_SELECTOR);
        }
        InternalLoggerFactory.setDefaultFactory(
                isLoggingConfigured() ? JdkLoggerFactory.INSTANCE : LateNettyLogger.factory());
    }

    /** By who wants to see more messages, or others; Netty's are among them. */
    private static boolean isLoggingConfigured() {
        return System.getProperty("java.util.logging.config.file") != null
                || System.getProperty("java.util.logging.config.class") != null;
    }
}
