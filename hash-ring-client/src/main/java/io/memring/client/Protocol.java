package io.memring.client;

import io.memring.client.connection.WireFormat;

/** memcached's protocols. */
public enum Protocol {
    /**
     * The meta protocol, which memcached has since 1.6; what the client is made for. Many items are
     * fetched by the classic line with all keys, which costs nodes less.
     */
    META(WireFormat.META),
    /**
     * The classic text protocol, without leases, stale items and initial values of counters. What
     * stands for a lease of another client looks like an empty value.
     */
    TEXT(WireFormat.TEXT),
    /**
     * The binary protocol, for logins with SASL and for nodes that want it; without leases, stale
     * items and the rest of an item's life. What stands for a lease of another client looks like an
     * empty value.
     */
    BINARY(WireFormat.BINARY);

    final WireFormat wireFormat;

    Protocol(WireFormat wireFormat) {
        this.wireFormat = wireFormat;
    }
}
