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

    /** Whether a client has been silent for too long. */
    boolean isIdle(int sinceSecond, int nowSecond) {
        return isOver(idleTimeoutSeconds, sinceSecond, nowSecond);
    }

    /** Whether a client has left a full send queue unread for too long. */
    boolean isStalled(int sinceSecond, int nowSecond) {
        return isOver(stalledWriteSeconds, sinceSecond, nowSecond);
    }

    /** Whether a client has taken too long to log in. */
    boolean isStranger(int sinceSecond, int nowSecond) {
        return isOver(authTimeoutSeconds, sinceSecond, nowSecond);
    }

    private static boolean isOver(int timeout, int since, int now) {
        return timeout > 0 && now - since > timeout;
    }

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
