package io.memring.server;

import static org.assertj.core.api.Assertions.assertThat;

import io.memring.server.testsupport.MemringExtension;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

import java.util.Arrays;
import java.util.List;
import java.util.Map;

/** {@code stats} and {@code stats settings}: memcached's keys in memcached's order. */
@ExtendWith(MemringExtension.class)
class StatsTest {

    /** Of a default start of memcached 1.6.45. */
    private static final String GENERAL =
            """
            pid uptime time version libevent pointer_size rusage_user rusage_system
            max_connections curr_connections total_connections rejected_connections
            connection_structures response_obj_oom response_obj_count response_obj_bytes
            read_buf_count read_buf_bytes read_buf_bytes_free read_buf_oom reserved_fds
            cmd_get cmd_set cmd_flush cmd_touch cmd_meta get_hits get_misses get_expired
            get_flushed delete_misses delete_hits incr_misses incr_hits decr_misses decr_hits
            cas_misses cas_hits cas_badval touch_hits touch_misses store_too_large
            store_no_memory auth_cmds auth_errors bytes_read bytes_written limit_maxbytes
            accepting_conns listen_disabled_num time_in_listen_disabled_us threads conn_yields
            hash_power_level hash_bytes hash_is_expanding slab_reassign_rescues
            slab_reassign_chunk_rescues slab_reassign_inline_reclaim slab_reassign_busy_items
            slab_reassign_busy_deletes slab_reassign_busy_nomem slab_reassign_last_busy_status
            slab_reassign_running slabs_moved lru_crawler_running lru_crawler_starts
            lru_maintainer_juggles malloc_fails log_worker_dropped log_worker_written
            log_watcher_skipped log_watcher_sent log_watchers unexpected_napi_ids
            round_robin_fallback bytes curr_items total_items slab_global_page_pool
            expired_unfetched evicted_unfetched evicted_active evictions reclaimed
            crawler_reclaimed crawler_items_checked lrutail_reflocked moves_to_cold
            moves_to_warm moves_within_lru direct_reclaims lru_bumps_dropped
            """;

    /**
     * Of a default start as well, but for slab_chunk_max: our pages are smaller (memcached:
     * 524288).
     */
    private static final String SETTINGS =
            """
            maxbytes=67108864 maxconns=1024 tcpport=11211 udpport=0 inter=NULL verbosity=0
            oldest=0 evictions=on domain_socket=NULL umask=700 shutdown_command=no
            growth_factor=1.25 chunk_size=48 num_threads=4 num_threads_per_udp=4
            stat_key_prefix=: detail_enabled=no reqs_per_event=20 cas_enabled=yes
            tcp_backlog=1024 binding_protocol=auto-negotiate auth_enabled_sasl=no
            auth_enabled_ascii=no item_size_max=1048576 maxconns_fast=yes hashpower_init=0
            slab_reassign=yes slab_automove=1 slab_automove_ratio=0.80 slab_automove_window=10
            slab_chunk_max=32768 lru_crawler=yes lru_crawler_sleep=100 lru_crawler_tocrawl=0
            tail_repair_time=0 flush_enabled=yes dump_enabled=yes hash_algorithm=murmur3
            lru_maintainer_thread=yes lru_segmented=yes hot_lru_pct=20 warm_lru_pct=40
            hot_max_factor=0.20 warm_max_factor=2.00 temp_lru=no temporary_ttl=61
            idle_timeout=0 watcher_logbuf_size=262144 worker_logbuf_size=65536
            read_buf_mem_limit=0 track_sizes=no inline_ascii_response=no ssl_enabled=no
            ssl_chain_cert=(null) ssl_key=(null) ssl_verify_mode=0 ssl_keyformat=1
            ssl_ciphers=NULL ssl_ca_cert=NULL ssl_wbuf_size=16384 ssl_session_cache=no
            ssl_kernel_tls=no ssl_min_version=tlsv1.2 num_napi_ids=0 memory_file=(null) client_flags_size=4
            """;

    @Test
    void stats_default_hasMemcachedsKeysInItsOrder(MemringServer server) {
        try (TestClient client = TestClient.connect(server)) {
            List<String> keys = words(GENERAL);

            assertThat(keys).hasSize(93);
            assertThat(client.stats("stats").keySet()).containsExactlyElementsOf(keys);
        }
    }

    @Test
    void stats_withoutBackgroundWork_has84Keys() {
        List<String> missing =
                words(
                        """
                        lru_crawler_running lru_crawler_starts lru_maintainer_juggles
                        evicted_active moves_to_cold moves_to_warm moves_within_lru
                        direct_reclaims lru_bumps_dropped
                        """);
        List<String> keys = words(GENERAL).stream().filter(key -> !missing.contains(key)).toList();

        assertThat(keys).hasSize(84);
        assertThat(stats("stats", "-o no_lru_crawler,no_lru_maintainer").keySet())
                .containsExactlyElementsOf(keys);
    }

    @Test
    void stats_idleTimeout_countsKicks() {
        assertThat(stats("stats", "-o idle_timeout=10")).containsEntry("idle_kicks", "0");
    }

    @Test
    void stats_noModern_countsNoPageMovesAndNoRejections() {
        assertThat(stats("stats", "-o no_modern"))
                .doesNotContainKeys("slabs_moved", "rejected_connections");
    }

    @Test
    void stats_values_areThoseOfTheNode() {
        Map<String, String> stats = stats("stats", "-m 32 -t 3 -c 77");

        assertThat(stats)
                .containsEntry("pid", Long.toString(ProcessHandle.current().pid()))
                .containsEntry("version", "1.6.45")
                .containsEntry("pointer_size", "64")
                .containsEntry("max_connections", "77")
                .containsEntry("curr_connections", "1")
                .containsEntry("limit_maxbytes", Integer.toString(32 << 20))
                .containsEntry("accepting_conns", "1")
                .containsEntry("threads", "3");
        assertThat(stats.get("libevent")).startsWith("netty-4.");
        assertThat(stats.get("rusage_user")).matches("\\d+\\.\\d{6}");
        assertThat(stats.get("time")).matches("\\d{10}");
    }

    @Test
    void stats_reset_zeroesCountersOnly(MemringServer server) {
        try (TestClient client = TestClient.connect(server)) {
            assertThat(client.ask("get nothing")).isEqualTo("END");
            assertThat(client.ask("stats reset")).isEqualTo("RESET");

            assertThat(client.stats("stats"))
                    .containsEntry("get_misses", "0")
                    .containsEntry("total_connections", "0")
                    .containsEntry("curr_connections", "1");
        }
    }

    @Test
    void settings_default_areMemcacheds() {
        Map<String, String> settings = stats("stats settings", "");
        // What the test itself needs.
        assertThat(settings.put("tcpport", "11211")).matches("[1-9]\\d+");
        assertThat(settings.put("inter", "NULL")).isEqualTo("127.0.0.1");

        assertThat(settings.entrySet().stream().map(e -> e.getKey() + "=" + e.getValue()))
                .containsExactlyElementsOf(words(SETTINGS));
    }

    @Test
    void settings_changed_areShown() {
        String options =
                "-A -F -X -C -M -v -b 8675 -B ascii -I 512k -m 128 -f 1.5 -n 96 -t 2 -R 7 -c 9 -o "
                        + "idle_timeout=3,temporary_ttl=50,hashpower=20,no_maxconns_fast,slab_chunk_max=16";

        assertThat(stats("stats settings", options))
                .containsEntry("shutdown_command", "yes")
                .containsEntry("flush_enabled", "no")
                .containsEntry("dump_enabled", "no")
                .containsEntry("cas_enabled", "no")
                .containsEntry("evictions", "off")
                .containsEntry("verbosity", "1")
                .containsEntry("tcp_backlog", "8675")
                .containsEntry("binding_protocol", "ascii")
                .containsEntry("item_size_max", "524288")
                .containsEntry("maxbytes", "134217728")
                .containsEntry("growth_factor", "1.50")
                .containsEntry("chunk_size", "96")
                .containsEntry("num_threads", "2")
                .containsEntry("reqs_per_event", "7")
                .containsEntry("maxconns", "9")
                .containsEntry("idle_timeout", "3")
                .containsEntry("temp_lru", "yes")
                .containsEntry("temporary_ttl", "50")
                .containsEntry("hashpower_init", "20")
                .containsEntry("maxconns_fast", "no")
                .containsEntry("slab_chunk_max", "16384");
    }

    @Test
    void settings_verbosityCommand_isShown(MemringServer server) {
        try (TestClient client = TestClient.connect(server)) {
            assertThat(client.ask("verbosity 2")).isEqualTo("OK");
            assertThat(client.stats("stats settings")).containsEntry("verbosity", "2");
        }
    }

    private static Map<String, String> stats(String request, String options) {
        String line = "-l 127.0.0.1 -p -1 " + options;
        Invocation.Serve serve =
                (Invocation.Serve) CommandLineReader.read(line.strip().split(" ", -1));
        try (MemringServer server = MemringServer.start(serve.config());
                TestClient client = TestClient.connect(server)) {
            return client.stats(request);
        }
    }

    private static List<String> words(String text) {
        return Arrays.asList(text.strip().split("\\s+", -1));
    }
}
