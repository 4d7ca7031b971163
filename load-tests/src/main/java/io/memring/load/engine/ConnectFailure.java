package io.memring.load.engine;

import io.memring.client.ring.Node;

import java.io.EOFException;
import java.io.IOException;
import java.util.Locale;

import javax.net.ssl.SSLException;

/** Words for what goes wrong with connections: one line, with what can be done about it. */
final class ConnectFailure {

    private ConnectFailure() {}

    /**
     * Why there is no connection to a node.
     *
     * @param opened how many connections this run had opened before
     */
    static String explain(Node node, IOException failure, long opened) {
        String text = reason(failure);
        String lower = text.toLowerCase(Locale.ROOT);
        if (lower.contains("too many open files")) {
            return "out of file descriptors after %d connections; raise the limit (ulimit -n)"
                    .formatted(opened);
        }
        if (lower.contains("cannot assign requested address")) {
            return "no local port is left for a connection to %s, after %d; close fewer connections"
                    .formatted(node.address(), opened);
        }
        String subject = "cannot connect to " + node.address() + ": ";
        if (failure instanceof SSLException) {
            return subject + "TLS failed: " + text;
        }
        return subject + text;
    }

    /** A short reason, without the names of classes. */
    static String reason(IOException failure) {
        String message = failure.getMessage();
        if (failure instanceof EOFException) {
            return message == null ? "closed the connection" : message;
        }
        return message == null ? failure.getClass().getSimpleName() : message;
    }
}
