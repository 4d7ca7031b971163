package io.memring.server;

import io.memring.server.connection.ConnectionConfig.Binding;
import io.memring.server.tls.TlsMode;

import org.jspecify.annotations.Nullable;

/**
 * How a listener meets its clients.
 *
 * @param tls whether they speak TLS
 * @param binding protocols that they may speak; null for those of the node
 * @param allowed who may connect
 */
record Reception(TlsMode tls, @Nullable Binding binding, AllowList allowed) {

    /** Whoever may open the file may connect. */
    static final Reception OF_UNIX_SOCKETS = new Reception(TlsMode.OFF, null, AllowList.EVERYBODY);
}
