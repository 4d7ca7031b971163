package io.memring.server.dispatch;

/** Takes statistics in wire order. */
@FunctionalInterface
public interface StatsSink {
    void stat(String key, String value);
}
