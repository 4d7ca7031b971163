package io.memring.server;

import io.memring.sasl.Mechanism;
import io.memring.server.connection.ConnectionConfig;
import io.memring.server.connection.ConnectionConfig.Binding;

import org.jspecify.annotations.Nullable;

import java.nio.file.Path;
import java.util.EnumSet;
import java.util.Set;

/**
 * Authentication's part of a configuration while it is being put together, and the rules that tie
 * its options to others.
 */
final class AuthSettings {
    @Nullable Path textUsers;
    boolean sasl;
    @Nullable Path saslUsers;

    /** What memcached reads instead, {@code MEMCACHED_SASL_PWDB}; it need not be there yet. */
    @Nullable Path saslPasswords;

    Set<Mechanism> mechanisms = AuthConfig.DEFAULT_MECHANISMS;
    int failuresPerMinute = AuthConfig.DEFAULT_FAILURES_PER_MINUTE;
    int timeoutSeconds = ConnectionConfig.DEFAULT_AUTH_TIMEOUT_SECONDS;

    /** Reads names of mechanisms with colons between. */
    static Set<Mechanism> mechanisms(String option, String text) {
        Set<Mechanism> named = EnumSet.noneOf(Mechanism.class);
        for (String name : text.split(":", -1)) {
            Mechanism mechanism = Mechanism.ofWireName(name.strip());
            if (mechanism == null) {
                throw new InvalidOptionException(
                        option,
                        text,
                        "must be some of SCRAM-SHA-512, SCRAM-SHA-256, EXTERNAL, PLAIN and"
                                + " CRAM-MD5, with colons between");
            }
            named.add(mechanism);
        }
        return named;
    }

    AuthConfig build() {
        Path users = saslUsers == null ? saslPasswords : saslUsers;
        if (sasl && users == null) {
            throw new InvalidOptionException(
                    "-S: needs a file of users, -o sasl_file=<file> or MEMCACHED_SASL_PWDB");
        }
        return new AuthConfig(
                textUsers,
                sasl,
                sasl ? users : null,
                sasl && saslUsers == null,
                mechanisms,
                failuresPerMinute);
    }

    /** Whether anybody has to log in. */
    boolean isNeeded() {
        return sasl || textUsers != null;
    }

    /** How long a client may take to log in; 0 where it need not. */
    int timeout() {
        return isNeeded() ? timeoutSeconds : 0;
    }

    /**
     * What is spoken: SASL belongs to the binary protocol and the other login to text, so that the
     * protocol without a login is not spoken at all.
     *
     * @param chosen what the user wants; null when he has not said
     */
    Binding binding(@Nullable Binding chosen) {
        Binding safe = safeBinding();
        if (chosen == null || chosen == safe || safe == Binding.AUTO) {
            return chosen == null ? safe : chosen;
        }
        String reason =
                sasl
                        ? "-S: SASL belongs to the binary protocol"
                        : "-Y: this login belongs to the text protocol";
        throw new InvalidOptionException(reason + ", so no other can be spoken (-B, -l proto[])");
    }

    /** What a listener speaks that asks for a protocol, or leaves the choice to its clients. */
    Binding listenerBinding(Binding wanted) {
        return wanted == Binding.AUTO ? safeBinding() : binding(wanted);
    }

    private Binding safeBinding() {
        if (sasl == (textUsers != null)) {
            return Binding.AUTO;
        }
        return sasl ? Binding.BINARY : Binding.ASCII;
    }
}
