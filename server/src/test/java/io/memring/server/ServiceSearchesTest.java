package io.memring.server;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.util.internal.logging.InternalLoggerFactory;
import io.netty.util.internal.logging.JdkLoggerFactory;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;

import java.nio.channels.spi.SelectorProvider;

final class ServiceSearchesTest {
    private static final String SELECTOR = "java.nio.channels.spi.SelectorProvider";
    private static final String LOGGING = "java.util.logging.config.file";

    private final InternalLoggerFactory loggers = InternalLoggerFactory.getDefaultFactory();

    @AfterEach
    void restore() {
        System.clearProperty(SELECTOR);
        System.clearProperty(LOGGING);
        InternalLoggerFactory.setDefaultFactory(loggers);
    }

    @Test
    @EnabledOnOs(OS.LINUX)
    void avoid_onLinux_namesTheSelectorThatTheJdkFindsByItself() {
        ServiceSearches.avoid();
        assertThat(System.getProperty(SELECTOR))
                .isEqualTo(SelectorProvider.provider().getClass().getName());
    }

    @Test
    void avoid_selectorGiven_keepsIt() {
        System.setProperty(SELECTOR, "of.another.Kind");
        ServiceSearches.avoid();
        assertThat(System.getProperty(SELECTOR)).isEqualTo("of.another.Kind");
    }

    @Test
    void avoid_loggingConfigured_leavesNettysToTheJdk() {
        System.setProperty(LOGGING, "logging.properties");
        ServiceSearches.avoid();
        assertThat(InternalLoggerFactory.getDefaultFactory()).isSameAs(JdkLoggerFactory.INSTANCE);
    }

    @Test
    void avoid_loggingNotConfigured_makesLoggersLate() {
        ServiceSearches.avoid();
        assertThat(InternalLoggerFactory.getInstance("a")).isInstanceOf(LateNettyLogger.class);
    }
}
