package io.memring.load.result;

/**
 * What went over the network, as the protocol has it (TLS adds to that).
 *
 * @param bytesSent by the generator
 * @param bytesReceived by the generator
 * @param connects connections that were opened
 * @param disconnects connections that were closed by us on purpose or by a node
 */
public record Traffic(long bytesSent, long bytesReceived, long connects, long disconnects) {

    /** Nothing yet. */
    public static final Traffic NONE = new Traffic(0, 0, 0, 0);

    /** The sum. */
    public Traffic plus(Traffic other) {
        return new Traffic(
                bytesSent + other.bytesSent,
                bytesReceived + other.bytesReceived,
                connects + other.connects,
                disconnects + other.disconnects);
    }
}
