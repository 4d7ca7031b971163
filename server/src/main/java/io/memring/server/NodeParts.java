package io.memring.server;

import io.memring.engine.CacheEngine;
import io.memring.engine.CoarseClock;

/** The parts of a running node, for whoever reports on all of them. */
record NodeParts(
        ServerConfig config,
        NettyTransport transport,
        CacheEngine engine,
        CoarseClock clock,
        WorkerPool workers,
        ConnectionLimit limit,
        Listeners listeners) {}
