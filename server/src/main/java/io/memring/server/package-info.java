/**
 * The node: configuration, start-up, listeners, statistics and embedding.
 *
 * <pre>
 *  command line ─► CommandLineReader ─┐
 *                                     ├─► ServerBuilder ─► ServerConfig ─► MemringServer
 *  application ───────────────────────┘                                         │
 *        ┌────────────────┬──────────────────┬───────────────────┬─────────────┘
 *   NettyTransport   Listeners ─► Acceptor ─► WorkerPool ─► Worker    CacheEngine
 *   (epoll, NIO,      (sockets,    (gives each  (event loops,  (package
 *    io_uring)         pausing)     connection   their threads) connection)
 *                                   to a worker)
 * </pre>
 *
 * <p>Threads: a node has the threads {@code memring-worker-0} and up, one for each worker; the
 * first of them also accepts connections. A node that is told to stop by a signal or a command has
 * {@code memring-shutdown} for a moment; one that has just started as a process of its own has
 * {@code memring-warm-up} and the threads of another node. Everything in this package may be called
 * from any thread unless it says otherwise.
 */
@NullMarked
package io.memring.server;

import org.jspecify.annotations.NullMarked;
