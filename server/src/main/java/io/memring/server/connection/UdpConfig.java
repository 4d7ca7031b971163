package io.memring.server.connection;

/**
 * Bounds on what is sent to senders of datagrams, whose addresses may be forged.
 *
 * @param maxReplyBytes longest reply; longer ones become an error
 * @param bytesPerSecond replies to one address within a second; what exceeds that is not sent; 0
 *     for no bound
 */
public record UdpConfig(int maxReplyBytes, int bytesPerSecond) {
    public static final int DEFAULT_MAX_REPLY_BYTES = 64 << 10;
    public static final int DEFAULT_BYTES_PER_SECOND = 1 << 20;
}
