package io.memring.server;

import io.memring.engine.EngineConfig;
import io.memring.server.connection.ConnectionConfig.Binding;
import io.memring.server.dispatch.StatsSink;
import io.memring.server.tls.TlsConfig;

import org.jspecify.annotations.Nullable;

import java.nio.file.Path;
import java.util.Locale;

/** Writes {@code stats settings}: memcached's keys in memcached's order, and no others. */
final class SettingsStats {

    private static final String NONE = "NULL";
    private static final String NO_FILE = "(null)";

    /** What memcached shows while {@code temporary_ttl} is off. */
    private static final int TEMPORARY_TTL_WHEN_OFF = 61;

    private final NodeParts node;
    private final ServerConfig config;
    private final StatsSink sink;

    private SettingsStats(NodeParts node, StatsSink sink) {
        this.node = node;
        this.config = node.config();
        this.sink = sink;
    }

    /**
     * @param verbosity as it is now
     * @param detailEnabled whether prefixes are counted now
     */
    static void write(NodeParts node, int verbosity, boolean detailEnabled, StatsSink sink) {
        SettingsStats settings = new SettingsStats(node, sink);
        settings.put("maxbytes", node.engine().figures().limitMaxBytes());
        settings.writeListening();
        settings.put("verbosity", verbosity);
        settings.put("oldest", node.engine().oldestLiveSeconds());
        settings.put("evictions", node.config().engine().evictToFree() ? "on" : "off");
        settings.writeAccess();
        settings.writeSizing();
        settings.writeProtocol(detailEnabled);
        settings.writeSlabs();
        settings.writeLru();
        settings.writeRest();
    }

    private void writeListening() {
        ListenConfig listen = config.listen();
        String interfaces = listen.interfaces();
        put("maxconns", listen.maxConnections());
        put("tcpport", listen.port() == 0 ? node.listeners().firstPort() : listen.port());
        put("udpport", listen.udpPort() == 0 ? node.listeners().firstUdpPort() : listen.udpPort());
        put("inter", orNone(interfaces));
    }

    private void writeAccess() {
        Path unixSocket = config.listen().unixSocket();
        put("domain_socket", unixSocket == null ? NONE : unixSocket.toString());
        put("umask", Integer.toOctalString(config.listen().unixMask()));
        put("shutdown_command", config.commands().shutdown());
    }

    private void writeSizing() {
        EngineConfig engine = config.engine();
        double factor = engine.growthFactor();
        put(
                "growth_factor",
                decimal(factor == 0 ? EngineSettings.MEMCACHED_GROWTH_FACTOR : factor));
        put("chunk_size", engine.chunkSizeMin());
        put("num_threads", engine.workers());
        put("num_threads_per_udp", config.listen().addresses().size() > 1 ? 1 : engine.workers());
    }

    private void writeProtocol(boolean detailEnabled) {
        put("stat_key_prefix", String.valueOf(config.prefixes().delimiter()));
        put("detail_enabled", detailEnabled);
        put("reqs_per_event", config.connections().requestsPerEvent());
        put("cas_enabled", config.engine().casEnabled());
        put("tcp_backlog", config.listen().backlog());
        put("binding_protocol", wireName(config.connections().binding()));
        Path textUsers = config.auth().textUsers();
        put("auth_enabled_sasl", config.auth().sasl());
        put("auth_enabled_ascii", textUsers == null ? "no" : textUsers.toString());
        put("item_size_max", config.engine().itemSizeMax());
        put("maxconns_fast", config.listen().rejectOverLimit());
    }

    private static String wireName(Binding binding) {
        return switch (binding) {
            case AUTO -> "auto-negotiate";
            case ASCII -> "ascii";
            case BINARY -> "binary";
        };
    }

    private void writeSlabs() {
        ReportedSettings reported = config.reported();
        put("hashpower_init", reported.hashPowerInit());
        put("slab_reassign", reported.slabReassign());
        put("slab_automove", reported.slabAutomove());
        put("slab_automove_ratio", decimal(reported.slabAutomoveRatio()));
        put("slab_automove_window", reported.slabAutomoveWindow());
        put("slab_chunk_max", config.engine().slabChunkMax());
    }

    private void writeLru() {
        EngineConfig engine = config.engine();
        ReportedSettings reported = config.reported();
        boolean temporary = engine.temporaryTtl() >= 0;
        put("lru_crawler", engine.lruCrawler());
        put("lru_crawler_sleep", reported.lruCrawlerSleep());
        put("lru_crawler_tocrawl", reported.lruCrawlerToCrawl());
        put("tail_repair_time", reported.tailRepairTime());
        put("flush_enabled", config.commands().flush());
        put("dump_enabled", config.commands().dump());
        put("hash_algorithm", reported.hashAlgorithm());
        put("lru_maintainer_thread", engine.lruMaintainer());
        put("lru_segmented", engine.lruMaintainer());
        put("hot_lru_pct", engine.hotLruPercent());
        put("warm_lru_pct", engine.warmLruPercent());
        put("hot_max_factor", decimal(engine.hotMaxFactor()));
        put("warm_max_factor", decimal(engine.warmMaxFactor()));
        put("temp_lru", temporary);
        put("temporary_ttl", temporary ? engine.temporaryTtl() : TEMPORARY_TTL_WHEN_OFF);
    }

    private void writeRest() {
        put("idle_timeout", config.connections().idleTimeoutSeconds());
        put("watcher_logbuf_size", config.reported().watcherLogBufferSize());
        put("worker_logbuf_size", config.reported().workerLogBufferSize());
        put("read_buf_mem_limit", 0);
        put("track_sizes", false);
        put("inline_ascii_response", false);
        writeTls();
        put("num_napi_ids", 0);
        put("memory_file", NO_FILE);
        put("client_flags_size", Integer.BYTES);
    }

    private void writeTls() {
        TlsConfig tls = config.tls();
        put("ssl_enabled", tls.enabled());
        put("ssl_chain_cert", tls.chainCert().isEmpty() ? NO_FILE : tls.chainCert());
        put("ssl_key", tls.key().isEmpty() ? NO_FILE : tls.key());
        put("ssl_verify_mode", tls.verifyMode().bits());
        put("ssl_keyformat", tls.keyFormat().number());
        put("ssl_ciphers", orNone(tls.ciphers()));
        put("ssl_ca_cert", orNone(tls.caCert()));
        put("ssl_wbuf_size", tls.recordSize());
        put("ssl_session_cache", tls.sessionCache());
        put("ssl_kernel_tls", tls.kernelTls());
        put("ssl_min_version", tls.minVersion().wireName());
    }

    private static String orNone(@Nullable String text) {
        return text == null ? NONE : text;
    }

    private static String decimal(double value) {
        return String.format(Locale.ROOT, "%.2f", value);
    }

    private void put(String key, boolean value) {
        sink.stat(key, value ? "yes" : "no");
    }

    private void put(String key, long value) {
        sink.stat(key, Long.toString(value));
    }

    private void put(String key, String value) {
        sink.stat(key, value);
    }
}
