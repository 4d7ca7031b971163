package io.memring.client.connection;

import io.memring.sasl.Mechanism;
import io.netty.handler.ssl.SslContext;

import org.jspecify.annotations.Nullable;

import java.time.Duration;
import java.util.List;
import java.util.function.Supplier;

/**
 * How connections behave.
 *
 * @param wireFormat the protocol
 * @param perNode connections to each node
 * @param connectTimeout for TCP, and again for TLS, credentials and the first probe
 * @param hangTimeout how long a connection may be silent while a reply is due before it is given up
 * @param maxInFlight requests of a connection that wait or are on their way
 * @param breakerFailures timeouts in a row after which a node is left alone
 * @param breakerOpenFor how long it is left alone before it is probed
 * @param maxBackoff the longest pause between attempts to connect
 * @param maxValueLength the longest value that is believed
 * @param retryLostReads whether a request that does the same when it is repeated goes out once more
 *     after its connection broke
 * @param tls for connections that are encrypted
 * @param credentials gives user and password, separated by a space, for each new connection
 * @param saslMechanisms what to log in by in the binary protocol, the preferred one first
 */
public record ConnectionConfig(
        WireFormat wireFormat,
        int perNode,
        Duration connectTimeout,
        Duration hangTimeout,
        int maxInFlight,
        int breakerFailures,
        Duration breakerOpenFor,
        Duration maxBackoff,
        int maxValueLength,
        boolean retryLostReads,
        @Nullable SslContext tls,
        @Nullable Supplier<String> credentials,
        List<Mechanism> saslMechanisms) {

    public ConnectionConfig {
        saslMechanisms = List.copyOf(saslMechanisms);
        positive("connectionsPerNode", perNode);
        positive("maxInFlight", maxInFlight);
        positive("breakerFailures", breakerFailures);
        positive("maxValueLength", maxValueLength);
        positive("connectTimeout", connectTimeout.toNanos());
        positive("hangTimeout", hangTimeout.toNanos());
        positive("breakerOpenFor", breakerOpenFor.toNanos());
        positive("maxBackoff", maxBackoff.toNanos());
    }

    /** For a single question in the classic protocol; with its login, not with SASL. */
    ConnectionConfig forQuestions() {
        return new ConnectionConfig(
                WireFormat.TEXT,
                1,
                connectTimeout,
                hangTimeout,
                maxInFlight,
                breakerFailures,
                breakerOpenFor,
                maxBackoff,
                maxValueLength,
                retryLostReads,
                tls,
                wireFormat == WireFormat.BINARY ? null : credentials,
                List.of());
    }

    ReplyReader newReader() {
        return wireFormat.newReader(maxValueLength);
    }

    /** Whether a new connection says who it is. */
    boolean logsIn() {
        return credentials != null
                || (wireFormat == WireFormat.BINARY && saslMechanisms.contains(Mechanism.EXTERNAL));
    }

    private static void positive(String name, long value) {
        if (value <= 0) {
            throw new IllegalArgumentException("must be positive: " + name + "=" + value);
        }
    }
}
