package io.memring.server;

import io.memring.engine.EngineFigures;
import io.memring.engine.Stat;
import io.memring.server.connection.ConnectionStat;
import io.memring.server.dispatch.StatsSink;
import io.memring.server.tls.TlsContexts;
import io.netty.util.Version;

import java.util.List;

/**
 * Writes {@code stats}: memcached's keys in memcached's order, and a few of our own that belong to
 * options of our own.
 */
final class GeneralStats {

    /** What the clock of items shows when a node starts. */
    private static final int CLOCK_START_SECONDS = 2;

    private static final String NETTY_VERSION = findNettyVersion();

    private static final List<Stat> COMMANDS =
            List.of(
                    Stat.CMD_GET,
                    Stat.CMD_SET,
                    Stat.CMD_FLUSH,
                    Stat.CMD_TOUCH,
                    Stat.CMD_META,
                    Stat.GET_HITS,
                    Stat.GET_MISSES,
                    Stat.GET_EXPIRED,
                    Stat.GET_FLUSHED,
                    Stat.DELETE_MISSES,
                    Stat.DELETE_HITS,
                    Stat.INCR_MISSES,
                    Stat.INCR_HITS,
                    Stat.DECR_MISSES,
                    Stat.DECR_HITS,
                    Stat.CAS_MISSES,
                    Stat.CAS_HITS,
                    Stat.CAS_BADVAL,
                    Stat.TOUCH_HITS,
                    Stat.TOUCH_MISSES,
                    Stat.STORE_TOO_LARGE,
                    Stat.STORE_NO_MEMORY);

    private static final List<Stat> SEGMENT_MOVES =
            List.of(
                    Stat.MOVES_TO_COLD,
                    Stat.MOVES_TO_WARM,
                    Stat.MOVES_WITHIN_LRU,
                    Stat.DIRECT_RECLAIMS,
                    Stat.LRU_BUMPS_DROPPED);

    private final NodeParts node;
    private final StatsSink sink;
    private final EngineFigures figures;

    private GeneralStats(NodeParts node, StatsSink sink) {
        this.node = node;
        this.sink = sink;
        this.figures = node.engine().figures();
    }

    static void write(NodeParts node, StatsSink sink) {
        GeneralStats stats = new GeneralStats(node, sink);
        stats.writeProcess();
        stats.writeConnections();
        COMMANDS.forEach(stats::put);
        stats.writeTraffic();
        stats.writeTable();
        stats.writePageMoves();
        stats.writeBackgroundWork();
        stats.writeItems();
    }

    private void writeProcess() {
        ProcessTimes times = ProcessTimes.read();
        put("pid", ProcessHandle.current().pid());
        put("uptime", (long) node.clock().nowSeconds() - CLOCK_START_SECONDS);
        put("time", System.currentTimeMillis() / 1000);
        put("version", NodeControl.VERSION);
        put("libevent", "netty-" + NETTY_VERSION + "-" + node.transport().name());
        put("pointer_size", "64");
        put("rusage_user", ProcessTimes.format(times.userMicros()));
        put("rusage_system", ProcessTimes.format(times.systemMicros()));
    }

    private static String findNettyVersion() {
        Version version = Version.identify().get("netty-transport");
        return version == null ? "unknown" : version.artifactVersion();
    }

    private void writeConnections() {
        WorkerPool workers = node.workers();
        long open = workers.total(ConnectionStat.CURR_CONNECTIONS);
        put("max_connections", node.config().listen().maxConnections());
        put("curr_connections", open);
        put("total_connections", workers.total(ConnectionStat.TOTAL_CONNECTIONS));
        if (node.config().listen().rejectOverLimit()) {
            put("rejected_connections", node.limit().rejected());
        }
        put("connection_structures", open + node.listeners().count());
        put("response_obj_oom", workers.total(ConnectionStat.RESPONSE_OOM));
        put("response_obj_count", 0);
        put("response_obj_bytes", 0);
        put("read_buf_count", 0);
        put("read_buf_bytes", 0);
        put("read_buf_bytes_free", 0);
        put("read_buf_oom", 0);
        put("reserved_fds", (long) workers.size() * node.transport().descriptorsPerLoop());
    }

    private void writeTraffic() {
        WorkerPool workers = node.workers();
        Listeners listeners = node.listeners();
        put("auth_cmds", workers.total(ConnectionStat.AUTH_CMDS));
        put("auth_errors", workers.total(ConnectionStat.AUTH_ERRORS));
        if (node.config().auth().isNeeded()) {
            put("auth_throttled", workers.total(ConnectionStat.AUTH_THROTTLED));
        }
        if (!listeners.udpSockets().isEmpty()) {
            put("udp_dropped", workers.total(ConnectionStat.UDP_DROPPED));
        }
        if (node.config().connections().idleTimeoutSeconds() > 0) {
            put("idle_kicks", workers.total(ConnectionStat.IDLE_KICKS));
        }
        put("bytes_read", workers.total(ConnectionStat.BYTES_READ));
        put("bytes_written", workers.total(ConnectionStat.BYTES_WRITTEN));
        put("limit_maxbytes", figures.limitMaxBytes());
        put("accepting_conns", listeners.isAccepting() ? 1 : 0);
        put("listen_disabled_num", listeners.pauses());
        put("time_in_listen_disabled_us", listeners.pausedMicros());
        put("threads", workers.size());
        put("conn_yields", workers.total(ConnectionStat.CONN_YIELDS));
    }

    private void writeTable() {
        put("hash_power_level", figures.hashPowerLevel());
        put("hash_bytes", figures.hashBytes());
        put("hash_is_expanding", figures.hashIsExpanding() ? 1 : 0);
    }

    private void writePageMoves() {
        if (!node.config().reported().slabReassign()) {
            return;
        }
        put(Stat.SLAB_REASSIGN_RESCUES);
        put(Stat.SLAB_REASSIGN_CHUNK_RESCUES);
        put(Stat.SLAB_REASSIGN_INLINE_RECLAIM);
        put(Stat.SLAB_REASSIGN_BUSY_ITEMS);
        put("slab_reassign_busy_deletes", 0);
        put("slab_reassign_busy_nomem", 0);
        put("slab_reassign_last_busy_status", "none");
        put("slab_reassign_running", 0);
        put(Stat.SLABS_MOVED);
    }

    private void writeBackgroundWork() {
        if (node.config().engine().lruCrawler()) {
            put("lru_crawler_running", 0);
            put("lru_crawler_starts", 0);
        }
        if (node.config().engine().lruMaintainer()) {
            put(Stat.LRU_MAINTAINER_JUGGLES);
        }
        put("malloc_fails", 0);
        put("log_worker_dropped", 0);
        put("log_worker_written", 0);
        put("log_watcher_skipped", 0);
        put("log_watcher_sent", 0);
        put("log_watchers", 0);
        writeTls();
        put("unexpected_napi_ids", 0);
        put("round_robin_fallback", 0);
    }

    private void writeTls() {
        TlsContexts tls = node.tls();
        if (tls == null) {
            return;
        }
        if (node.config().tls().sessionCache()) {
            put("ssl_new_sessions", tls.counters().newSessions());
        }
        put("ssl_handshake_errors", tls.counters().handshakeErrors());
        put("ssl_proto_errors", tls.counters().protocolErrors());
        put("time_since_server_cert_refresh", tls.secondsSinceRefresh());
    }

    private void writeItems() {
        boolean segmented = node.config().engine().lruMaintainer();
        put("bytes", figures.bytes());
        put("curr_items", figures.currItems());
        put(Stat.TOTAL_ITEMS);
        put("slab_global_page_pool", figures.slabGlobalPagePool());
        put(Stat.EXPIRED_UNFETCHED);
        put(Stat.EVICTED_UNFETCHED);
        if (segmented) {
            put(Stat.EVICTED_ACTIVE);
        }
        put(Stat.EVICTIONS);
        put(Stat.RECLAIMED);
        put(Stat.CRAWLER_RECLAIMED);
        put(Stat.CRAWLER_ITEMS_CHECKED);
        put("lrutail_reflocked", 0);
        if (segmented) {
            SEGMENT_MOVES.forEach(this::put);
        }
    }

    private void put(Stat stat) {
        put(stat.wireName(), node.engine().total(stat));
    }

    private void put(String key, long value) {
        sink.stat(key, Long.toUnsignedString(value));
    }

    private void put(String key, String value) {
        sink.stat(key, value);
    }
}
