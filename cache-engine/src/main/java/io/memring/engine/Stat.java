package io.memring.engine;

/**
 * Counters of the engine, one constant per memcached name; each worker counts for itself, readers
 * add up.
 */
public enum Stat {
    CMD_GET("cmd_get"),
    CMD_SET("cmd_set"),
    CMD_FLUSH("cmd_flush"),
    CMD_TOUCH("cmd_touch"),
    CMD_META("cmd_meta"),
    GET_HITS("get_hits"),
    GET_MISSES("get_misses"),
    GET_EXPIRED("get_expired"),
    GET_FLUSHED("get_flushed"),
    DELETE_MISSES("delete_misses"),
    DELETE_HITS("delete_hits"),
    INCR_MISSES("incr_misses"),
    INCR_HITS("incr_hits"),
    DECR_MISSES("decr_misses"),
    DECR_HITS("decr_hits"),
    CAS_MISSES("cas_misses"),
    CAS_HITS("cas_hits"),
    CAS_BADVAL("cas_badval"),
    TOUCH_HITS("touch_hits"),
    TOUCH_MISSES("touch_misses"),
    STORE_TOO_LARGE("store_too_large"),
    STORE_NO_MEMORY("store_no_memory"),
    TOTAL_ITEMS("total_items"),
    EXPIRED_UNFETCHED("expired_unfetched"),
    EVICTED_UNFETCHED("evicted_unfetched"),
    EVICTED_ACTIVE("evicted_active"),
    EVICTIONS("evictions"),
    RECLAIMED("reclaimed"),
    CRAWLER_RECLAIMED("crawler_reclaimed"),
    CRAWLER_ITEMS_CHECKED("crawler_items_checked"),
    MOVES_TO_COLD("moves_to_cold"),
    MOVES_TO_WARM("moves_to_warm"),
    MOVES_WITHIN_LRU("moves_within_lru"),
    DIRECT_RECLAIMS("direct_reclaims"),
    LRU_BUMPS_DROPPED("lru_bumps_dropped"),
    LRU_MAINTAINER_JUGGLES("lru_maintainer_juggles"),
    SLAB_REASSIGN_RESCUES("slab_reassign_rescues"),
    SLAB_REASSIGN_CHUNK_RESCUES("slab_reassign_chunk_rescues"),
    SLAB_REASSIGN_INLINE_RECLAIM("slab_reassign_inline_reclaim"),
    SLAB_REASSIGN_BUSY_ITEMS("slab_reassign_busy_items"),
    SLABS_MOVED("slabs_moved"),
    /** Memring's own: commands handed to the owner of a busy stripe. */
    HAND_OFFS("hand_offs"),
    /** Memring's own: optimistic reads that were overtaken by a write and done again. */
    READ_RETRIES("read_retries");

    private final String wireName;

    Stat(String wireName) {
        this.wireName = wireName;
    }

    public String wireName() {
        return wireName;
    }
}
