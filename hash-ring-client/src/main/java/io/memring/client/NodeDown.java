package io.memring.client;

/** What becomes of keys whose node does not answer. */
public enum NodeDown {
    /** Their operations fail. */
    FAIL,
    /**
     * They move to the next node on the ring until theirs is back; no other key moves. What was
     * written meanwhile is out of reach then, and what the node held before is back, however old.
     */
    NEXT_NODE
}
