package io.memring.server.connection;

import io.memring.protocol.binary.Header;

/**
 * How connections are treated.
 *
 * @param requestsPerEvent requests of one connection that are served before others get their turn,
 *     {@code -R}
 * @param idleTimeoutSeconds seconds without a byte from the client after which it is disconnected;
 *     0 never
 * @param stalledWriteSeconds seconds that a client may leave a full send queue unread; 0 for ever
 * @param authTimeoutSeconds seconds that a client may take to log in, where it has to; 0 any time
 * @param binding protocols that are spoken where a listener has none of its own, {@code -B}
 */
public record ConnectionConfig(
        int requestsPerEvent,
        int idleTimeoutSeconds,
        int stalledWriteSeconds,
        int authTimeoutSeconds,
        Binding binding) {
    public static final int DEFAULT_REQUESTS_PER_EVENT = 20;
    public static final int DEFAULT_STALLED_WRITE_SECONDS = 60;

    public static final int DEFAULT_AUTH_TIMEOUT_SECONDS = 10;

    /** Which protocols a connection may speak. */
    public enum Binding {
        /** The first byte decides. */
        AUTO,
        ASCII,
        BINARY;

        /** Whether a conversation that begins with this byte is in the binary protocol. */
        boolean isBinary(byte first) {
            return switch (this) {
                case AUTO -> first == Header.REQUEST_MAGIC;
                case ASCII -> false;
                case BINARY -> true;
            };
        }
    }
}
