package io.memring.client.ring;

import org.jspecify.annotations.Nullable;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * One memcached node as the operator wrote it down. Its text is never resolved, reversed or
 * normalised, so that the ring does not depend on somebody's DNS.
 *
 * @param host a host name, an IP address without brackets
 * @param port the TCP port
 * @param weight the share of keys relative to other nodes; 0 while the node is being drained: it
 *     owns no keys, but can still be reached
 * @param name an explicit identity that survives a change of host and port, or null
 */
public record Node(String host, int port, int weight, @Nullable String name) {

    /** memcached's port. */
    public static final int DEFAULT_PORT = 11211;

    private static final int MAX_PORT = 65535;
    private static final Pattern FORM =
            Pattern.compile(
                    "(?:(?<name>[^@]+)@)?"
                            + "(?:\\[(?<ip6>[0-9a-fA-F:.]+(?:%\\w+)?)]|(?<host>[^:*\\s@\\[\\]]+))"
                            + "(?::(?<port>\\d{1,5}))?(?:\\*(?<weight>\\d{1,7}))?");
    private static final Pattern IP4 = Pattern.compile("\\d{1,3}(\\.\\d{1,3}){3}");

    public Node {
        if (host.isBlank()) {
            throw new IllegalArgumentException("a node needs a host: host=" + host);
        }
        if (port < 0 || port > MAX_PORT) {
            throw new IllegalArgumentException("a port is 0 to 65535: port=" + port);
        }
        if (weight < 0) {
            throw new IllegalArgumentException("a weight is not negative: weight=" + weight);
        }
        if (name != null && name.isBlank()) {
            throw new IllegalArgumentException("a node's name is not blank: name=" + name);
        }
    }

    /** A node of weight 1 that is identified by its host and port. */
    public static Node of(String host, int port) {
        return new Node(host, port, 1, null);
    }

    /**
     * Reads {@code [name@]host[:port][*weight]}, such as {@code cache-a}, {@code 10.0.0.7:11212},
     * {@code [::1]:11211} or {@code shard-3@10.0.0.7:11211*2}.
     */
    public static Node parse(String text) {
        Matcher form = FORM.matcher(text.strip());
        if (!form.matches()) {
            throw new IllegalArgumentException(
                    "a node is written [name@]host[:port][*weight]: " + text);
        }
        String ip6 = form.group("ip6");
        return new Node(
                ip6 == null ? form.group("host") : ip6,
                number(form.group("port"), DEFAULT_PORT),
                number(form.group("weight"), 1),
                form.group("name"));
    }

    private static int number(@Nullable String digits, int otherwise) {
        return digits == null ? otherwise : Integer.parseInt(digits);
    }

    /** The same node under an identity of its own. */
    public Node named(String newName) {
        return new Node(host, port, weight, newName);
    }

    /** The same node with another weight; 0 drains it. */
    public Node weighing(int newWeight) {
        return new Node(host, port, newWeight, name);
    }

    /** What identifies the node: its name, else {@code host:port}. */
    public String id() {
        return name == null ? address() : name;
    }

    /** Where it listens, as {@code host:port}. */
    public String address() {
        return host + ':' + port;
    }

    /** True while the node owns no keys. */
    public boolean isDraining() {
        return weight == 0;
    }

    /** True if the host is an IP address rather than a name. */
    boolean isLiteral() {
        return host.indexOf(':') >= 0 || IP4.matcher(host).matches();
    }

    @Override
    public String toString() {
        String identity = name == null ? "" : name + '@';
        String shownHost = host.indexOf(':') >= 0 ? '[' + host + ']' : host;
        return identity + shownHost + ':' + port + (weight == 1 ? "" : "*" + weight);
    }
}
