package io.memring.server;

import io.memring.server.connection.ConnectionConfig.Binding;
import io.memring.server.tls.TlsMode;

import org.jspecify.annotations.Nullable;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;

/**
 * Where to listen for TCP connections: one entry of {@code -l}.
 *
 * @param host name or address; null for every address of the machine
 * @param port 0 for one that the system chooses
 * @param tls what is done about TLS there
 * @param binding protocols that are spoken there; null for those that the node speaks
 * @param tag the name that other options know it by; empty for none
 */
record ListenAddress(
        @Nullable String host, int port, TlsMode tls, @Nullable Binding binding, String tag) {

    private static final String OPTION = "-l";
    private static final int MAX_TAG_LENGTH = 8;
    private static final int MAX_PORT = 65_535;

    private static final Map<String, TlsMode> TLS_PREFIXES =
            Map.of("notls:", TlsMode.OFF, "btls:", TlsMode.BASIC, "mtls:", TlsMode.MUTUAL);

    ListenAddress(@Nullable String host, int port, TlsMode tls) {
        this(host, port, tls, null, "");
    }

    /** The same with what becomes of a protocol that was asked for. */
    ListenAddress speaking(UnaryOperator<Binding> choice) {
        return binding == null
                ? this
                : new ListenAddress(host, port, tls, choice.apply(binding), tag);
    }

    /**
     * Reads the entries of {@code -l}: separated by commas or semicolons.
     *
     * @param defaultTls for entries that do not say
     */
    static List<ListenAddress> parseList(String list, int defaultPort, TlsMode defaultTls) {
        List<ListenAddress> addresses = new ArrayList<>();
        for (String entry : list.split("[,;]", -1)) {
            String text = entry.strip();
            if (!text.isEmpty()) {
                addresses.add(parse(text, defaultPort, defaultTls));
            }
        }
        return withoutShadowedWildcard(addresses);
    }

    /**
     * Reads one entry: {@code mtls:proto[binary]:tag[name]:host:port}, everything but the host may
     * be missing.
     */
    private static ListenAddress parse(String entry, int defaultPort, TlsMode defaultTls) {
        String rest = entry;
        TlsMode tls = defaultTls;
        for (Map.Entry<String, TlsMode> prefix : TLS_PREFIXES.entrySet()) {
            if (entry.startsWith(prefix.getKey())) {
                if (defaultTls == TlsMode.OFF) {
                    throw new InvalidOptionException(OPTION, entry, prefix.getKey() + " needs -Z");
                }
                tls = prefix.getValue();
                rest = entry.substring(prefix.getKey().length());
            }
        }
        Binding binding = null;
        if (rest.startsWith("proto[")) {
            binding = binding(entry, bracketed(entry, rest, "proto[", ']'));
            rest = afterColon(rest.substring(rest.indexOf(']') + 1));
        }
        String tag = "";
        if (rest.startsWith("tag[")) {
            tag = checkTag(entry, bracketed(entry, rest, "tag[", ']'));
            rest = afterColon(rest.substring(rest.indexOf(']') + 1));
        } else if (rest.startsWith("tag_")) {
            tag = checkTag(entry, bracketed(entry, rest, "tag_", '_'));
            rest = afterColon(rest.substring(rest.indexOf('_', "tag_".length()) + 1));
        }
        return hostAndPort(entry, rest, new ListenAddress(null, defaultPort, tls, binding, tag));
    }

    private static Binding binding(String entry, String name) {
        return switch (name) {
            case "ascii" -> Binding.ASCII;
            case "binary" -> Binding.BINARY;
            case "negotiating" -> Binding.AUTO;
            default ->
                    throw new InvalidOptionException(
                            OPTION, entry, "the protocol must be ascii, binary or negotiating");
        };
    }

    private static String checkTag(String entry, String tag) {
        if (tag.isEmpty() || tag.length() > MAX_TAG_LENGTH) {
            throw new InvalidOptionException(
                    OPTION, entry, "a tag must have 1 to " + MAX_TAG_LENGTH + " characters");
        }
        return tag;
    }

    /** The text between a prefix and the closing character. */
    private static String bracketed(String entry, String text, String prefix, char close) {
        int end = text.indexOf(close, prefix.length());
        if (end < 0) {
            throw new InvalidOptionException(OPTION, entry, "'" + close + "' is missing");
        }
        return text.substring(prefix.length(), end);
    }

    private static String afterColon(String text) {
        return text.startsWith(":") ? text.substring(1) : text;
    }

    /**
     * {@code host}, {@code host:port}, {@code *}, {@code ::1}, {@code [::1]} or {@code [::1]:port}.
     */
    private static ListenAddress hostAndPort(String entry, String text, ListenAddress defaults) {
        String host = text;
        int port = defaults.port;
        if (text.startsWith("[")) {
            host = bracketed(entry, text, "[", ']');
            String rest = text.substring(text.indexOf(']') + 1);
            if (!rest.isEmpty()) {
                port = parsePort(entry, afterColon(rest));
            }
        } else if (text.indexOf(':') >= 0 && text.indexOf(':') == text.lastIndexOf(':')) {
            host = text.substring(0, text.indexOf(':'));
            port = parsePort(entry, text.substring(text.indexOf(':') + 1));
        }
        if (host.isEmpty()) {
            throw new InvalidOptionException(OPTION, entry, "the host is missing");
        }
        return new ListenAddress(
                host.equals("*") ? null : host, port, defaults.tls, defaults.binding, defaults.tag);
    }

    private static int parsePort(String entry, String text) {
        try {
            int port = Integer.parseInt(text);
            if (port >= -1 && port <= MAX_PORT) {
                return Math.max(port, 0);
            }
        } catch (NumberFormatException _) {
            // Told below, together with numbers that are no ports.
        }
        throw new InvalidOptionException(OPTION, entry, "the port must be between 0 and 65535");
    }

    /**
     * Binding {@code ::} takes IPv4 in, so that {@code 0.0.0.0} on the same port would find it
     * taken.
     */
    private static List<ListenAddress> withoutShadowedWildcard(List<ListenAddress> addresses) {
        List<ListenAddress> kept = new ArrayList<>(addresses);
        for (ListenAddress each : addresses) {
            if ("::".equals(each.host)) {
                kept.removeIf(other -> "0.0.0.0".equals(other.host) && other.port == each.port);
            }
        }
        return List.copyOf(kept);
    }

    @Override
    public String toString() {
        String name = host == null ? "*" : host;
        return (name.indexOf(':') < 0 ? name : "[" + name + "]") + ":" + port;
    }
}
