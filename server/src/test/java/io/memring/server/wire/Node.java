package io.memring.server.wire;

import java.io.IOException;
import java.util.List;

/** A node to talk to: ours within this process, or the peer that {@code memring.peer} names. */
interface Node extends AutoCloseable {
    /**
     * The program to hold the transcripts against instead of our node; empty when there is none.
     */
    String PEER = System.getProperty("memring.peer", "");

    static Node start(List<String> arguments) throws IOException {
        return PEER.isEmpty() ? LocalNode.start(arguments) : PeerNode.start(PEER, arguments);
    }

    static boolean isPeer() {
        return !PEER.isEmpty();
    }

    int port();

    @Override
    void close();
}
