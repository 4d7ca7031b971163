package io.memring.sasl;

import java.security.SecureRandom;

/** The client's side of one exchange. One thread at a time. */
public sealed interface SaslClient permits PlainClient, ScramClient, ExternalClient {

    /** The mechanism to ask the server for. */
    Mechanism mechanism();

    /** What goes with the request; empty for nothing. Call once. */
    byte[] firstMessage();

    /** Answers a challenge of the server's; empty for nothing. May take milliseconds. */
    byte[] respond(byte[] challenge) throws AuthenticationException;

    /**
     * Whether the server, which has just said that the client is welcome, was to be believed: true
     * with mechanisms in which it need not prove anything.
     */
    boolean isServerProven();

    /** Sends name and password as they are. */
    static SaslClient plain(String name, String password) {
        return new PlainClient(name, password);
    }

    /** Proves that it knows the password, and lets the server prove it, too. */
    static SaslClient scramSha256(String name, String password, SecureRandom random) {
        return new ScramClient(ScramHash.SHA_256, name, password, ScramMessage.newNonce(random));
    }

    /** The same with SHA-512. */
    static SaslClient scramSha512(String name, String password, SecureRandom random) {
        return new ScramClient(ScramHash.SHA_512, name, password, ScramMessage.newNonce(random));
    }

    /** Relies on the certificate that the client has shown. */
    static SaslClient external() {
        return new ExternalClient();
    }
}
