package io.memring.sasl;

/**
 * The server's side of one exchange: gets the client's messages one after the other, the first one
 * empty where there was none, until it has said something other than {@link SaslStep.Challenge}.
 * One thread at a time.
 */
public sealed interface SaslServer permits PlainServer, ScramServer, ExternalServer, CramMd5Server {

    /** Answers a message. May take milliseconds. */
    SaslStep respond(byte[] message);
}
