package io.memring.server;

import io.memring.engine.EngineConfig;
import io.memring.server.connection.ConnectionConfig;
import io.memring.server.dispatch.PrefixConfig;
import io.memring.server.tls.TlsConfig;

/**
 * Everything a node is told at start; made by {@link ServerBuilder}, which knows the defaults
 * (memcached's) and refuses what contradicts itself.
 *
 * @param engine the cache itself
 * @param listen where and how to listen
 * @param connections limits of a connection
 * @param tls certificates and what goes with them
 * @param auth who may log in
 * @param commands what clients may do
 * @param prefixes what {@code stats detail} counts
 * @param reported options that are only shown
 * @param verbosity 0 says nothing, 1 ({@code -v}) state changes and problems
 */
record ServerConfig(
        EngineConfig engine,
        ListenConfig listen,
        ConnectionConfig connections,
        TlsConfig tls,
        AuthConfig auth,
        CommandPolicy commands,
        PrefixConfig prefixes,
        ReportedSettings reported,
        int verbosity) {

    /** The same with the engine's choices in place of what was left to it. */
    ServerConfig withEngine(EngineConfig resolved) {
        return new ServerConfig(
                resolved, listen, connections, tls, auth, commands, prefixes, reported, verbosity);
    }
}
