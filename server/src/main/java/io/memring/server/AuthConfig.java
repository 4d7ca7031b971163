package io.memring.server;

import io.memring.sasl.Mechanism;

import org.jspecify.annotations.Nullable;

import java.nio.file.Path;
import java.util.EnumSet;
import java.util.Set;

/**
 * Who may log in, and how.
 *
 * @param textUsers credential file for logins with the text protocol, {@code -Y}; null for none
 * @param sasl clients of the binary protocol have to log in, {@code -S}
 * @param saslUsers credential file for them; null without SASL
 * @param saslUsersMayComeLater the file need not be there when the node starts
 * @param mechanisms those that clients may choose from
 * @param failuresPerMinute logins of one address that may fail; 0 for any number
 */
record AuthConfig(
        @Nullable Path textUsers,
        boolean sasl,
        @Nullable Path saslUsers,
        boolean saslUsersMayComeLater,
        Set<Mechanism> mechanisms,
        int failuresPerMinute) {

    public static final int DEFAULT_FAILURES_PER_MINUTE = 10;

    /** All but the one that needs readable passwords and MD5. */
    public static final Set<Mechanism> DEFAULT_MECHANISMS =
            EnumSet.complementOf(EnumSet.of(Mechanism.CRAM_MD5));

    public AuthConfig {
        mechanisms = Set.copyOf(mechanisms);
    }

    /** Whether anybody has to log in. */
    boolean isNeeded() {
        return sasl || textUsers != null;
    }
}
