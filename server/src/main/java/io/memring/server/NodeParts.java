package io.memring.server;

import io.memring.engine.CacheEngine;
import io.memring.engine.CoarseClock;
import io.memring.server.tls.TlsContexts;

import org.jspecify.annotations.Nullable;

/**
 * The parts of a running node, for whoever reports on all of them.
 *
 * @param tls null for a node without TLS
 */
record NodeParts(
        ServerConfig config,
        NettyTransport transport,
        CacheEngine engine,
        CoarseClock clock,
        WorkerPool workers,
        ConnectionLimit limit,
        Listeners listeners,
        @Nullable TlsContexts tls,
        LoginFiles loginFiles) {}
