/**
 * TLS: certificates and keys from files, their reload under load, and the handlers that stand in
 * front of a connection of a TLS listener.
 *
 * <pre>
 *  TlsConfig ─► TlsFiles ─► Certificates ─► TlsContexts ─► SslHandler, TlsMonitor │ Connection
 *  (options)    (reads)     (checked)       (current ones,   (of one connection)
 *                                            reload)
 * </pre>
 *
 * <p>Threads: connections take their handlers on the listeners' loop; handshakes run on the
 * connections' workers, except for what the TLS library hands out as tasks (reading keys, signing,
 * checking client certificates), which runs on {@code memring-tls-0} and up; the first free one of
 * them looks once a second whether the files have changed.
 */
@NullMarked
package io.memring.server.tls;

import org.jspecify.annotations.NullMarked;
