package io.memring.client;

/** What becomes of keys whose node does not answer. */
public enum NodeDown {
    /** Their operations fail. */
    FAIL,
    /**
     * They move to the next node on the ring until theirs is back; no other key moves. The formats
     * of spymemcached, the ElastiCache client and xmemcached move them to the node that these would
     * take. What was written meanwhile is out of reach when the node is back, and what it held
     * before is back, however old.
     */
    NEXT_NODE
}
