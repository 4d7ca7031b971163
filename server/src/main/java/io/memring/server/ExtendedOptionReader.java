package io.memring.server;

import java.nio.file.Path;
import java.util.List;

/**
 * Reads the value of {@code -o}: names, {@code no_} names and {@code name=value}, separated by
 * commas.
 */
final class ExtendedOptionReader {

    private static final int KIBI = 1024;
    private static final List<String> HASH_ALGORITHMS = List.of("jenkins", "murmur3", "xxh3");

    private final ServerBuilder server;
    private final ReportedSettings.Draft reported = new ReportedSettings.Draft();
    private boolean warmUp = true;

    ExtendedOptionReader(ServerBuilder server) {
        this.server = server;
    }

    /** Applies the options in the order in which they are written. */
    void read(String options) {
        for (String option : options.split(",", -1)) {
            String text = option.strip();
            if (!text.isEmpty()) {
                readOne(text);
            }
        }
        server.reported(reported.build());
    }

    /** What is no business of the node but of its process: whether it warms up. */
    boolean warmUp() {
        return warmUp;
    }

    private void readOne(String text) {
        int equals = text.indexOf('=');
        ExtendedOption option = ExtendedOption.ofKey(equals < 0 ? text : text.substring(0, equals));
        option.support().require(option.optionName());
        if (equals >= 0 && option.value() == ExtendedOption.Value.NONE) {
            throw new InvalidOptionException("-o " + text + ": takes no value");
        }
        if (equals < 0 && option.value() == ExtendedOption.Value.REQUIRED) {
            throw new InvalidOptionException("-o " + text + ": needs a value");
        }
        switch (option.value()) {
            case NONE -> applySwitch(option);
            case OPTIONAL, REQUIRED ->
                    applyValue(option, equals < 0 ? "" : text.substring(equals + 1));
        }
    }

    private void applySwitch(ExtendedOption option) {
        switch (option) {
            case MAXCONNS_FAST -> server.rejectOverLimit(true);
            case NO_MAXCONNS_FAST -> server.rejectOverLimit(false);
            case SLAB_REASSIGN -> reported.slabReassign = true;
            case NO_SLAB_REASSIGN -> reported.slabReassign = false;
            case NO_SLAB_AUTOMOVE -> reported.slabAutomove = 0;
            case LRU_CRAWLER -> server.lruCrawler(true);
            case NO_LRU_CRAWLER -> server.lruCrawler(false);
            case LRU_MAINTAINER -> server.lruMaintainer(true);
            case NO_LRU_MAINTAINER -> server.lruMaintainer(false);
            case NO_CHUNKED_ITEMS -> server.chunksOfWholePages(true);
            case NO_MODERN -> applyNoModern();
            case NO_WARM_UP -> warmUp = false;
            case DEBUG_COMMANDS -> server.debugCommands(true);
            case SSL_SESSION_CACHE -> server.tls().sessionCache = true;
            case SSL_KERNEL_TLS -> server.tls().kernelTls = true;
            default -> requireIgnored(option);
        }
    }

    /** The defaults of memcached 1.4. */
    private void applyNoModern() {
        server.chunksOfWholePages(true)
                .rejectOverLimit(false)
                .lruMaintainer(false)
                .lruCrawler(false);
        reported.slabReassign = false;
        reported.slabAutomove = 0;
        reported.hashAlgorithm = "jenkins";
    }

    private void applyValue(ExtendedOption option, String text) {
        String name = option.optionName();
        switch (option) {
            case HASHPOWER -> reported.hashPowerInit = integer(name, text, 12, 32);
            case HASH_ALGORITHM -> reported.hashAlgorithm = hashAlgorithm(name, text);
            case SLAB_AUTOMOVE ->
                    reported.slabAutomove = text.isEmpty() ? 1 : integer(name, text, 0, 2);
            case SLAB_AUTOMOVE_RATIO -> reported.slabAutomoveRatio = ratio(name, text);
            case SLAB_AUTOMOVE_WINDOW -> reported.slabAutomoveWindow = integer(name, text, 3, 1800);
            case TAIL_REPAIR_TIME ->
                    reported.tailRepairTime = integer(name, text, 10, Integer.MAX_VALUE);
            case LRU_CRAWLER_SLEEP -> reported.lruCrawlerSleep = integer(name, text, 0, 1_000_000);
            case LRU_CRAWLER_TOCRAWL ->
                    reported.lruCrawlerToCrawl =
                            OptionValue.inRange(
                                    name, OptionValue.number(name, text), 0, 0xFFFF_FFFFL);
            case HOT_LRU_PCT -> server.hotLruPercent(OptionValue.integer(name, text));
            case WARM_LRU_PCT -> server.warmLruPercent(OptionValue.integer(name, text));
            case HOT_MAX_FACTOR -> server.hotMaxFactor(OptionValue.decimal(name, text));
            case WARM_MAX_FACTOR -> server.warmMaxFactor(OptionValue.decimal(name, text));
            case TEMPORARY_TTL -> server.temporaryTtl(OptionValue.integer(name, text));
            case IDLE_TIMEOUT -> server.idleTimeoutSeconds(OptionValue.integer(name, text));
            case WRITE_TIMEOUT -> server.stalledWriteSeconds(OptionValue.integer(name, text));
            case WATCHER_LOGBUF_SIZE -> reported.watcherLogBufferSize = kilobytes(name, text);
            case WORKER_LOGBUF_SIZE -> reported.workerLogBufferSize = kilobytes(name, text);
            case READ_BUF_MEM_LIMIT -> refuseReadBufferLimit(name, text);
            case SLAB_CHUNK_MAX -> server.slabChunkMax(integer(name, text, 1, KIBI) * KIBI);
            case STRIPES -> server.stripes(OptionValue.integer(name, text));
            case PAGE_SIZE -> server.pageSize(OptionValue.size(name, text));
            case ALLOW_FROM -> server.allowFrom(text);
            case UDP_REPLY_MAX -> server.udpReplyMaxKilobytes(OptionValue.integer(name, text));
            case UDP_REPLY_RATE -> server.udpReplyRateKilobytes(OptionValue.integer(name, text));
            case SSL_CHAIN_CERT,
                    SSL_KEY,
                    SSL_KEYFORMAT,
                    SSL_VERIFY_MODE,
                    SSL_CIPHERS,
                    SSL_CA_CERT,
                    SSL_WBUF_SIZE,
                    SSL_MIN_VERSION,
                    SSL_PROVIDER,
                    SSL_HANDSHAKE_TIMEOUT ->
                    server.tls().apply(option, text);
            case SASL_FILE -> server.saslFile(Path.of(text));
            case SASL_MECHANISMS -> server.saslMechanisms(AuthSettings.mechanisms(name, text));
            case AUTH_TIMEOUT -> server.authTimeoutSeconds(OptionValue.integer(name, text));
            case AUTH_FAILURES -> server.authFailuresPerMinute(OptionValue.integer(name, text));
            default -> requireIgnored(option);
        }
    }

    /** A supported option that is not applied is a gap in the tables above. */
    private static void requireIgnored(ExtendedOption option) {
        if (option.support() != Support.IGNORED) {
            throw new IllegalStateException(option + " is applied nowhere");
        }
    }

    private static int integer(String name, String text, int min, int max) {
        return OptionValue.inRange(name, OptionValue.integer(name, text), min, max);
    }

    private static int kilobytes(String name, String text) {
        return integer(name, text, 0, Integer.MAX_VALUE / KIBI) * KIBI;
    }

    private static double ratio(String name, String text) {
        double ratio = OptionValue.decimal(name, text);
        if (!(ratio > 0 && ratio <= 1)) {
            throw new InvalidOptionException(name, text, "must be greater than 0 and at most 1");
        }
        return ratio;
    }

    private static String hashAlgorithm(String name, String text) {
        if (!HASH_ALGORITHMS.contains(text)) {
            throw new InvalidOptionException(name, text, "must be jenkins, murmur3 or xxh3");
        }
        return text;
    }

    private static void refuseReadBufferLimit(String name, String text) {
        if (integer(name, text, 0, Integer.MAX_VALUE) > 0) {
            throw new InvalidOptionException(
                    name, text, "a limit comes in a later release; only 0 is possible");
        }
    }
}
