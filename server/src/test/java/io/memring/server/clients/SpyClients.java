package io.memring.server.clients;

import net.spy.memcached.ConnectionFactoryBuilder;
import net.spy.memcached.ConnectionFactoryBuilder.Protocol;
import net.spy.memcached.FailureMode;
import net.spy.memcached.MemcachedClient;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.util.List;
import java.util.logging.Level;
import java.util.logging.Logger;

/** spymemcached clients, quiet and patient. */
final class SpyClients {
    private static final int OPERATION_TIMEOUT_MILLIS = 20_000;

    /** Held, since loggers that nobody holds lose their level. */
    private static final Logger LOG = quietLogger();

    private SpyClients() {}

    private static Logger quietLogger() {
        System.setProperty("net.spy.log.LoggerImpl", "net.spy.memcached.compat.log.SunLogger");
        Logger log = Logger.getLogger("net.spy");
        log.setLevel(Level.OFF);
        return log;
    }

    /** Keeps clients that others make quiet as well. */
    static void quiet() {
        LOG.fine("quiet");
    }

    static MemcachedClient connect(InetSocketAddress node, Protocol protocol) {
        return connect(node, protocol, OPERATION_TIMEOUT_MILLIS);
    }

    static MemcachedClient connect(InetSocketAddress node, int timeoutMillis) {
        return connect(node, Protocol.TEXT, timeoutMillis);
    }

    private static MemcachedClient connect(
            InetSocketAddress node, Protocol protocol, int timeoutMillis) {
        LOG.fine("connecting");
        try {
            return new MemcachedClient(
                    new ConnectionFactoryBuilder()
                            .setProtocol(protocol)
                            .setOpTimeout(timeoutMillis)
                            .setMaxReconnectDelay(1)
                            .setFailureMode(FailureMode.Retry)
                            .setDaemon(true)
                            .build(),
                    List.of(node));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
