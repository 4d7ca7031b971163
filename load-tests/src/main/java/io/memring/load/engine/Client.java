package io.memring.load.engine;

/**
 * One user of the cache: a connection to each node. It is usable while all of them are. Owned by
 * one load thread.
 */
final class Client {
    /** By the node's index in the ring. */
    final Connection[] connections;

    /** Requests without a reply, on all of them. */
    int inFlight;

    /** Requests drawn since its connections were opened. */
    long served;

    /** Connections that are ready for requests. */
    int ready;

    /** True while it waits in the open loop's queue of clients with room. */
    boolean isQueued;

    /** When it began to open its connections anew, and so to be late; 0 if it did not. */
    long openingSince;

    Client(int nodes) {
        connections = new Connection[nodes];
    }

    boolean isUsable() {
        return ready == connections.length;
    }
}
