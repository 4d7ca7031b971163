package io.memring.server;

import io.memring.sasl.Credentials;
import io.memring.sasl.FailureLimiter;
import io.memring.sasl.Mechanism;
import io.memring.sasl.PasswordFileStyle;
import io.memring.sasl.SaslServers;
import io.memring.server.dispatch.LateLogger;
import io.memring.server.dispatch.Logins;

import org.jspecify.annotations.Nullable;

import java.io.IOException;
import java.lang.System.Logger.Level;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.List;

/** Opens the credential files that a node is told of, and reads them again. Any thread. */
final class LoginFiles implements AutoCloseable {
    private static final LateLogger LOG = new LateLogger(LoginFiles.class);

    private final List<Credentials> files = new ArrayList<>();
    private final @Nullable Logins logins;

    private LoginFiles(AuthConfig config) throws IOException {
        if (!config.isNeeded()) {
            logins = null;
            return;
        }
        SecureRandom random = new SecureRandom();
        Path textUsers = config.textUsers();
        Path saslUsers = config.saslUsers();
        Credentials text =
                textUsers == null
                        ? null
                        : Credentials.open(textUsers, PasswordFileStyle.AUTH_FILE, random);
        SaslServers sasl = null;
        if (text != null) {
            files.add(text);
        }
        if (saslUsers != null) {
            Credentials users =
                    config.saslUsersMayComeLater()
                            ? Credentials.openWhenThere(
                                    saslUsers, PasswordFileStyle.SASL_PWDB, random)
                            : Credentials.open(saslUsers, PasswordFileStyle.SASL_PWDB, random);
            files.add(users);
            sasl = new SaslServers(users, config.mechanisms(), random);
        }
        logins =
                new Logins(
                        text,
                        sasl,
                        new FailureLimiter(config.failuresPerMinute(), System::nanoTime));
    }

    /** A file that cannot be used is an option that cannot be used. */
    static LoginFiles open(AuthConfig config) {
        if (config.sasl() && config.mechanisms().contains(Mechanism.CRAM_MD5)) {
            LOG.log(
                    Level.WARNING,
                    "CRAM-MD5 is weak and needs readable passwords; use it for old clients alone");
        }
        try {
            return new LoginFiles(config);
        } catch (IOException e) {
            throw new InvalidOptionException(
                    e.getMessage() == null ? e.toString() : e.getMessage());
        }
    }

    /** Null when everybody may come in. */
    @Nullable Logins logins() {
        return logins;
    }

    /** Reads the files again; one that cannot be used leaves its users as they were. */
    void reload() {
        files.forEach(Credentials::reload);
    }

    @Override
    public void close() {
        if (logins != null) {
            logins.close();
        }
    }
}
