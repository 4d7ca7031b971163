package io.memring.server;

import static io.memring.server.Support.IGNORED;
import static io.memring.server.Support.NEVER;
import static io.memring.server.Support.WORKS;

import org.jspecify.annotations.Nullable;

import java.util.List;

/** The flags of the command line: memcached's, and {@code --transport}. */
enum Flag {
    PORT("-p", "--port", "num", WORKS),
    UDP_PORT("-U", "--udp-port", "num", WORKS),
    UNIX_SOCKET("-s", "--unix-socket", "file", WORKS),
    UNIX_MASK("-a", "--unix-mask", "mask", WORKS),
    ENABLE_SHUTDOWN("-A", "--enable-shutdown", null, WORKS),
    LISTEN("-l", "--listen", "addr", WORKS),
    DAEMON("-d", "--daemon", null, WORKS),
    ENABLE_COREDUMPS("-r", "--enable-coredumps", null, IGNORED),
    USER("-u", "--user", "user", IGNORED),
    MEMORY_LIMIT("-m", "--memory-limit", "num", WORKS),
    DISABLE_EVICTIONS("-M", "--disable-evictions", null, WORKS),
    CONN_LIMIT("-c", "--conn-limit", "num", WORKS),
    LOCK_MEMORY("-k", "--lock-memory", null, IGNORED),
    VERBOSE("-v", "--verbose", null, WORKS),
    HELP("-h", "--help", null, WORKS),
    LICENSE("-i", "--license", null, WORKS),
    VERSION("-V", "--version", null, WORKS),
    PIDFILE("-P", "--pidfile", "file", WORKS),
    NAPI_IDS("-N", "--napi-ids", "num", IGNORED),
    SLAB_GROWTH_FACTOR("-f", "--slab-growth-factor", "num", WORKS),
    SLAB_MIN_SIZE("-n", "--slab-min-size", "bytes", WORKS),
    ENABLE_LARGEPAGES("-L", "--enable-largepages", null, IGNORED),
    PREFIX_DELIMITER("-D", null, "char", WORKS),
    THREADS("-t", "--threads", "num", WORKS),
    MAX_REQS_PER_EVENT("-R", "--max-reqs-per-event", "num", WORKS),
    DISABLE_CAS("-C", "--disable-cas", null, WORKS),
    LISTEN_BACKLOG("-b", "--listen-backlog", "num", WORKS),
    PROTOCOL("-B", "--protocol", "name", WORKS),
    MAX_ITEM_SIZE("-I", "--max-item-size", "num", WORKS),
    ENABLE_SASL("-S", "--enable-sasl", null, WORKS),
    DISABLE_FLUSH_ALL("-F", "--disable-flush-all", null, WORKS),
    DISABLE_DUMPING("-X", "--disable-dumping", null, WORKS),
    DISABLE_WATCH("-W", "--disable-watch", null, WORKS),
    AUTH_FILE("-Y", "--auth-file", "file", WORKS),
    MEMORY_FILE("-e", "--memory-file", "file", NEVER),
    ENABLE_SSL("-Z", "--enable-ssl", null, WORKS),
    EXTENDED("-o", "--extended", "options", WORKS),
    TRANSPORT(null, "--transport", "name", WORKS);

    private final @Nullable String shortName;
    private final @Nullable String longName;
    private final @Nullable String valueLabel;
    private final Support support;

    Flag(
            @Nullable String shortName,
            @Nullable String longName,
            @Nullable String valueLabel,
            Support support) {
        this.shortName = shortName;
        this.longName = longName;
        this.valueLabel = valueLabel;
        this.support = support;
    }

    /** The short name where there is one, then the long one. */
    List<String> names() {
        if (shortName == null || longName == null) {
            return List.of(optionName());
        }
        return List.of(shortName, longName);
    }

    /** As memcached's: {@code --verbose} takes a value and ignores it. */
    boolean ignoresValue() {
        return this == VERBOSE;
    }

    @Nullable String shortName() {
        return shortName;
    }

    @Nullable String longName() {
        return longName;
    }

    /** The name that messages use. */
    String optionName() {
        return shortName != null ? shortName : String.valueOf(longName);
    }

    boolean takesValue() {
        return valueLabel != null;
    }

    Support support() {
        return support;
    }
}
