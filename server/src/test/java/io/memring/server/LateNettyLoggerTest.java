package io.memring.server;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.util.internal.logging.InternalLogLevel;
import io.netty.util.internal.logging.InternalLogger;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.EnumSource.Mode;

import java.util.ArrayList;
import java.util.List;
import java.util.logging.Handler;
import java.util.logging.Level;
import java.util.logging.LogRecord;
import java.util.logging.Logger;

final class LateNettyLoggerTest {
    private static final String NAME = "io.memring.server.LateNettyLoggerTest.logger";

    private final Logger jdkLogger = Logger.getLogger(NAME);
    private final InternalLogger logger = new LateNettyLogger(NAME);
    private final List<LogRecord> records = new ArrayList<>();
    private final Handler handler =
            new Handler() {
                @Override
                public void publish(LogRecord entry) {
                    records.add(entry);
                }

                @Override
                public void flush() {}

                @Override
                public void close() {}
            };

    @BeforeEach
    void listen() {
        jdkLogger.setUseParentHandlers(false);
        jdkLogger.setLevel(Level.ALL);
        jdkLogger.addHandler(handler);
    }

    @AfterEach
    void stopListening() {
        jdkLogger.removeHandler(handler);
        jdkLogger.setUseParentHandlers(true);
        jdkLogger.setLevel(null);
    }

    @ParameterizedTest
    @EnumSource(names = {"INFO", "WARN", "ERROR"})
    void log_fromInfoOn_reachesTheJdksLogger(InternalLogLevel level) {
        Exception thrown = new IllegalStateException("why");
        assertThat(logger.isEnabled(level)).isTrue();
        logger.log(level, "plain");
        logger.log(level, "one {}", "a");
        logger.log(level, "two {} {}", "a", "b");
        logger.log(level, "three {} {} {}", "a", "b", "c");
        logger.log(level, "failed", thrown);
        assertThat(records)
                .extracting(LogRecord::getMessage)
                .containsExactly("plain", "one a", "two a b", "three a b c", "failed");
        assertThat(records.getLast().getThrown()).isSameAs(thrown);
        assertThat(records).extracting(LogRecord::getLevel).containsOnly(jdkLevel(level));
    }

    @ParameterizedTest
    @EnumSource(
            mode = Mode.EXCLUDE,
            names = {"INFO", "WARN", "ERROR"})
    void log_belowInfo_writesNothing(InternalLogLevel level) {
        assertThat(logger.isEnabled(level)).isFalse();
        logger.log(level, "plain");
        logger.log(level, "one {}", "a");
        logger.log(level, "two {} {}", "a", "b");
        logger.log(level, "three {} {} {}", "a", "b", "c");
        logger.log(level, "failed", new IllegalStateException("why"));
        assertThat(records).isEmpty();
    }

    @Test
    void name_any_isWhatNettyGave() {
        assertThat(logger.name()).isEqualTo(NAME);
    }

    private static Level jdkLevel(InternalLogLevel level) {
        return switch (level) {
            case INFO -> Level.INFO;
            case WARN -> Level.WARNING;
            case ERROR -> Level.SEVERE;
            default -> throw new IllegalArgumentException("Not written: " + level);
        };
    }
}
