package io.memring.server;

import io.netty.util.internal.logging.InternalLoggerFactory;
import io.netty.util.internal.logging.JdkLoggerFactory;

import java.util.Set;

/**
 * Keeps the JDK from searching the class path for services that a node does not bring along. The
 * first such search opens all jars, which takes thirty milliseconds, a tenth of a start.
 */
final class ServiceSearches {
    private static final String SELECTOR_PROPERTY = "java.nio.channels.spi.SelectorProvider";
    private static final String LINUX_SELECTOR = "sun.nio.ch.EPollSelectorProvider";

    /** Set by who wants to see more, or other messages of the JDK's logging, Netty's among them. */
    private static final Set<String> LOGGING_PROPERTIES =
            Set.of("java.util.logging.config.file", "java.util.logging.config.class");

    private ServiceSearches() {}

    /** Call before the first use of Netty. */
    static void avoid() {
        if (System.getProperty("os.name", "").equals("Linux")
                && System.getProperty(SELECTOR_PROPERTY) == null) {
            System.setProperty(SELECTOR_PROPERTY, LINUX_SELECTOR);
        }
        InternalLoggerFactory.setDefaultFactory(
                LOGGING_PROPERTIES.stream().anyMatch(name -> System.getProperty(name) != null)
                        ? JdkLoggerFactory.INSTANCE
                        : LateNettyLogger.factory());
    }
}
