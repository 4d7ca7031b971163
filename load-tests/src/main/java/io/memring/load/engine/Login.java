package io.memring.load.engine;

import org.jspecify.annotations.Nullable;

/** The exchange that opens a connection for its user. Knows no sockets. */
sealed interface Login permits TextLogin, SaslLogin {

    /** What to send first. */
    byte[] firstMessage();

    /**
     * Takes what the server has sent.
     *
     * @return what to send next; null if there is nothing to be sent
     * @throws LoginException if the server does not let the user in
     */
    byte @Nullable [] receive(byte[] in, int length) throws LoginException;

    /** True when the user is in. */
    boolean isDone();
}
