package io.memring.load.client;

import java.net.InetSocketAddress;
import java.util.List;
import java.util.Locale;

/** The clients that are compared. */
enum Peer {
    MEMRING,
    SPYMEMCACHED,
    XMEMCACHED,
    FOLSOM,
    /** Needs its own jar in front of the class path, as its classes are named as spymemcached's. */
    ELASTICACHE;

    /** Connects to nodes. */
    Subject open(List<InetSocketAddress> nodes, int concurrency) throws Exception {
        return switch (this) {
            case MEMRING -> new MemringSubject(nodes);
            case SPYMEMCACHED, ELASTICACHE -> new SpymemcachedSubject(nodes);
            case XMEMCACHED -> new XmemcachedSubject(nodes, concurrency);
            case FOLSOM -> new FolsomSubject(nodes);
        };
    }

    @Override
    public String toString() {
        return name().toLowerCase(Locale.ROOT);
    }
}
