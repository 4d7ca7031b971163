package io.memring.server;

import static io.memring.server.Support.IGNORED;
import static io.memring.server.Support.LATER;
import static io.memring.server.Support.NEVER;
import static io.memring.server.Support.WORKS;

import java.util.Locale;

/** The options behind {@code -o}: memcached's and, at the end, our own. */
enum ExtendedOption {
    MAXCONNS_FAST(Value.NONE, WORKS),
    NO_MAXCONNS_FAST(Value.NONE, WORKS),
    HASHPOWER(Value.REQUIRED, WORKS),
    NO_HASHEXPAND(Value.NONE, IGNORED),
    SLAB_REASSIGN(Value.NONE, WORKS),
    NO_SLAB_REASSIGN(Value.NONE, WORKS),
    SLAB_AUTOMOVE(Value.OPTIONAL, WORKS),
    NO_SLAB_AUTOMOVE(Value.NONE, WORKS),
    SLAB_AUTOMOVE_RATIO(Value.REQUIRED, WORKS),
    SLAB_AUTOMOVE_WINDOW(Value.REQUIRED, WORKS),
    SLAB_AUTOMOVE_FREERATIO(Value.REQUIRED, IGNORED),
    TAIL_REPAIR_TIME(Value.REQUIRED, WORKS),
    HASH_ALGORITHM(Value.REQUIRED, WORKS),
    LRU_CRAWLER(Value.NONE, WORKS),
    NO_LRU_CRAWLER(Value.NONE, WORKS),
    LRU_CRAWLER_SLEEP(Value.REQUIRED, WORKS),
    LRU_CRAWLER_TOCRAWL(Value.REQUIRED, WORKS),
    LRU_MAINTAINER(Value.NONE, WORKS),
    NO_LRU_MAINTAINER(Value.NONE, WORKS),
    HOT_LRU_PCT(Value.REQUIRED, WORKS),
    WARM_LRU_PCT(Value.REQUIRED, WORKS),
    HOT_MAX_FACTOR(Value.REQUIRED, WORKS),
    WARM_MAX_FACTOR(Value.REQUIRED, WORKS),
    TEMPORARY_TTL(Value.REQUIRED, WORKS),
    IDLE_TIMEOUT(Value.REQUIRED, WORKS),
    WATCHER_LOGBUF_SIZE(Value.REQUIRED, WORKS),
    WORKER_LOGBUF_SIZE(Value.REQUIRED, WORKS),
    READ_BUF_MEM_LIMIT(Value.REQUIRED, WORKS),
    SLAB_SIZES(Value.REQUIRED, LATER),
    SLAB_CHUNK_MAX(Value.REQUIRED, WORKS),
    NO_CHUNKED_ITEMS(Value.NONE, WORKS),
    TRACK_SIZES(Value.NONE, LATER),
    MODERN(Value.NONE, IGNORED),
    NO_MODERN(Value.NONE, WORKS),
    INLINE_ASCII_RESP(Value.NONE, IGNORED),
    NO_INLINE_ASCII_RESP(Value.NONE, IGNORED),
    RESP_OBJ_MEM_LIMIT(Value.OPTIONAL, IGNORED),
    DROP_PRIVILEGES(Value.NONE, IGNORED),
    NO_DROP_PRIVILEGES(Value.NONE, IGNORED),
    RELAXED_PRIVILEGES(Value.NONE, IGNORED),
    SOCK_COOKIE_ID(Value.REQUIRED, IGNORED),
    SSL_CHAIN_CERT(Value.REQUIRED, WORKS),
    SSL_KEY(Value.REQUIRED, WORKS),
    SSL_KEYFORMAT(Value.REQUIRED, WORKS),
    SSL_VERIFY_MODE(Value.REQUIRED, WORKS),
    SSL_CIPHERS(Value.REQUIRED, WORKS),
    SSL_CA_CERT(Value.REQUIRED, WORKS),
    SSL_WBUF_SIZE(Value.REQUIRED, WORKS),
    SSL_SESSION_CACHE(Value.NONE, WORKS),
    SSL_KERNEL_TLS(Value.NONE, WORKS),
    SSL_MIN_VERSION(Value.REQUIRED, WORKS),
    EXT_PATH(Value.OPTIONAL, NEVER),
    EXT_PAGE_SIZE(Value.OPTIONAL, NEVER),
    EXT_WBUF_SIZE(Value.OPTIONAL, NEVER),
    EXT_THREADS(Value.OPTIONAL, NEVER),
    EXT_IO_DEPTH(Value.OPTIONAL, NEVER),
    EXT_ITEM_SIZE(Value.OPTIONAL, NEVER),
    EXT_ITEM_AGE(Value.OPTIONAL, NEVER),
    EXT_LOW_TTL(Value.OPTIONAL, NEVER),
    EXT_DROP_UNREAD(Value.OPTIONAL, NEVER),
    EXT_RECACHE_RATE(Value.OPTIONAL, NEVER),
    EXT_COMPACT_UNDER(Value.OPTIONAL, NEVER),
    EXT_DROP_UNDER(Value.OPTIONAL, NEVER),
    EXT_MAX_FRAG(Value.OPTIONAL, NEVER),
    EXT_MAX_SLEEP(Value.OPTIONAL, NEVER),
    PROXY_CONFIG(Value.OPTIONAL, NEVER),
    PROXY_ARG(Value.OPTIONAL, NEVER),
    PROXY_URING(Value.OPTIONAL, NEVER),
    PROXY_MEMPROFILE(Value.OPTIONAL, NEVER),
    STRIPES(Value.REQUIRED, WORKS),
    PAGE_SIZE(Value.REQUIRED, WORKS),
    WRITE_TIMEOUT(Value.REQUIRED, WORKS),
    ALLOW_FROM(Value.REQUIRED, WORKS),
    UDP_REPLY_MAX(Value.REQUIRED, WORKS),
    UDP_REPLY_RATE(Value.REQUIRED, WORKS),
    SSL_PROVIDER(Value.REQUIRED, WORKS),
    SSL_HANDSHAKE_TIMEOUT(Value.REQUIRED, WORKS),
    SASL_FILE(Value.REQUIRED, WORKS),
    SASL_MECHANISMS(Value.REQUIRED, WORKS),
    AUTH_TIMEOUT(Value.REQUIRED, WORKS),
    AUTH_FAILURES(Value.REQUIRED, WORKS),
    NO_WARM_UP(Value.NONE, WORKS),
    DEBUG_COMMANDS(Value.NONE, WORKS);

    /** Whether {@code name=value} is written. */
    enum Value {
        NONE,
        OPTIONAL,
        REQUIRED
    }

    private final Value value;
    private final Support support;

    ExtendedOption(Value value, Support support) {
        this.value = value;
        this.support = support;
    }

    /** The option's name in front of its equals sign. */
    String key() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** The name that messages use. */
    String optionName() {
        return "-o " + key();
    }

    Value value() {
        return value;
    }

    Support support() {
        return support;
    }

    static ExtendedOption ofKey(String key) {
        for (ExtendedOption option : values()) {
            if (option.key().equals(key)) {
                return option;
            }
        }
        throw new InvalidOptionException("-o " + key + ": unknown option (memring -h lists them)");
    }
}
