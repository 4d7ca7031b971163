package io.memring.sasl;

/** What a server says to a client's message. */
public sealed interface SaslStep {

    /** The exchange goes on: the client has to answer this. */
    final class Challenge implements SaslStep {
        private final byte[] data;

        Challenge(byte[] data) {
            this.data = data;
        }

        /** What to send; never empty, because there are clients that take that for success. */
        public byte[] data() {
            return data;
        }
    }

    /** The client is who it says. */
    record Success(Account account) implements SaslStep {}

    /**
     * The client is not, or has broken the rules of the mechanism; the exchange is over. The client
     * must not learn more than that.
     *
     * @param claimedName who it says it is, for the log; empty when it has not come to that
     */
    record Failure(String claimedName) implements SaslStep {
        /** Of somebody whose name is not known. */
        public static final Failure NAMELESS = new Failure("");
    }
}
