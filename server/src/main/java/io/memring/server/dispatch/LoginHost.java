package io.memring.server.dispatch;

import io.memring.sasl.Account;

import org.jspecify.annotations.Nullable;

import java.net.InetAddress;
import java.util.function.Supplier;

/** What a session asks of its connection to log its client in. Worker thread, but where noted. */
public interface LoginHost {

    /** How a login ended. */
    enum LoginResult {
        ACCEPTED,
        REFUSED,
        /** Refused unseen: the address has failed too often. */
        THROTTLED
    }

    /** Where the client is; null when it is on this machine, behind a unix socket. */
    @Nullable InetAddress clientAddress();

    /** The user that the client's certificate names; null when it has shown none. */
    @Nullable String certifiedUser();

    /** Takes up what was handed off, on the worker thread. Any thread. */
    void resume(Supplier<Step> rest);

    /** Counts a login. */
    void countLogin(LoginResult result);

    /** The client is welcome. */
    void loggedIn(Account account);
}
