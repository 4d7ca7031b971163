package io.memring.server.dispatch;

import org.jspecify.annotations.Nullable;

/**
 * The node as requests see it: whatever a request asks for that is not about items. Thread-safe.
 */
public interface Node {
    /** The version that {@code version} answers. */
    String version();

    /** False with {@code -F}. */
    boolean flushEnabled();

    /** True with {@code -A}. */
    boolean shutdownEnabled();

    /** True with {@code -o debug_commands}: {@code debugtime} moves the clock. */
    boolean debugCommands();

    /** False with {@code -X}: nobody may list keys or count them by their beginnings. */
    boolean dumpEnabled();

    /** Starts to stop the node and returns at once; graceful as SIGUSR1 is. */
    void shutdown(boolean graceful);

    /** Loads the TLS certificates anew; what went wrong, in memcached's words, or null. */
    @Nullable String refreshCertificates();

    void verbosity(int level);

    /** Moves the clock of items. */
    void advanceClock(int seconds);

    /** Stops the clock of items, or lets it go on. */
    void pauseClock(boolean paused);

    /** How clients log in; null when everybody may come in. */
    @Nullable Logins logins();

    /** {@code stats}: memcached's keys in memcached's order. */
    void writeStats(StatsSink sink);

    /** {@code stats settings}. */
    void writeSettings(StatsSink sink);

    /** {@code stats conns}. */
    void writeConnections(StatsSink sink);

    /** {@code stats detail}. */
    PrefixStats prefixStats();

    /** {@code stats reset}. */
    void resetStats();
}
