package io.memring.sasl;

import org.jspecify.annotations.Nullable;

/** The SASL mechanisms there are, the strongest first. */
public enum Mechanism {
    /** RFC 7677 with SHA-512: the password is proved, not sent. */
    SCRAM_SHA_512("SCRAM-SHA-512"),
    /** RFC 7677. */
    SCRAM_SHA_256("SCRAM-SHA-256"),
    /** RFC 4422, appendix A: who the client is, is known from elsewhere, such as TLS. */
    EXTERNAL("EXTERNAL"),
    /** RFC 4616: the password is sent, so the connection should be encrypted. */
    PLAIN("PLAIN"),
    /** RFC 2195: weak, and the server must know the password itself; for old clients alone. */
    CRAM_MD5("CRAM-MD5");

    private final String wireName;

    Mechanism(String wireName) {
        this.wireName = wireName;
    }

    /** The name that is registered for it. */
    public String wireName() {
        return wireName;
    }

    /** The mechanism of a name, in capitals or not; null for one that is not here. */
    public static @Nullable Mechanism ofWireName(String name) {
        for (Mechanism mechanism : values()) {
            if (mechanism.wireName.equalsIgnoreCase(name)) {
                return mechanism;
            }
        }
        return null;
    }
}
