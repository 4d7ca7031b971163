package io.memring.client.error;

/**
 * Where a failure happened.
 *
 * @param node the node's identity, or "-" before one was chosen
 * @param operation the operation's name, such as "get"
 * @param repeatable whether carrying the operation out twice does the same as once
 */
public record Origin(String node, String operation, boolean repeatable) {

    /** The origin of what failed before a node was chosen. */
    public static Origin local(String operation) {
        return new Origin("-", operation, true);
    }
}
