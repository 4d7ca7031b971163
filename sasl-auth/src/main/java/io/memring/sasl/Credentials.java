package io.memring.sasl;

import org.jspecify.annotations.Nullable;

import java.io.IOException;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.PosixFilePermission;
import java.security.SecureRandom;
import java.util.List;
import java.util.Set;
import java.util.concurrent.TimeUnit;

/**
 * The users of a credential file, as it is at the moment: when the file has changed it is read
 * again before the next login, and when what is in it now cannot be understood, the users of before
 * stay. Any thread.
 */
public final class Credentials {
    private static final Logger LOG = System.getLogger(Credentials.class.getName());

    private static final Set<PosixFilePermission> TOO_OPEN =
            Set.of(
                    PosixFilePermission.GROUP_WRITE,
                    PosixFilePermission.OTHERS_READ,
                    PosixFilePermission.OTHERS_WRITE);

    /**
     * What changes when a file does.
     *
     * @param identity the inode, which another one has when the file was replaced
     */
    private record Stamp(long modifiedNanos, long size, @Nullable Object identity) {
        private static final Stamp NO_FILE = new Stamp(0, 0, null);
    }

    private final Path file;
    private final PasswordFileStyle style;
    private final ServerSecret secret;

    /** The file as it was when it was read last, with success or without. */
    private volatile Stamp stamp = Stamp.NO_FILE;

    private volatile CredentialStore store;

    private Credentials(Path file, PasswordFileStyle style, SecureRandom random) {
        this.file = file;
        this.style = style;
        this.secret = new ServerSecret(random);
        this.store = new PasswordStore(List.of(), secret);
    }

    /**
     * Reads a file, in Memring's own format or in memcached's.
     *
     * @param style what memcached's kind of file would be, if it is one
     */
    public static Credentials open(Path file, PasswordFileStyle style, SecureRandom random)
            throws IOException {
        Credentials credentials = new Credentials(file, style, random);
        credentials.load();
        return credentials;
    }

    /** The same, but there are no users until there is a file. */
    public static Credentials openWhenThere(Path file, PasswordFileStyle style, SecureRandom random)
            throws IOException {
        Credentials credentials = new Credentials(file, style, random);
        if (Files.exists(file)) {
            credentials.load();
        } else {
            LOG.log(Level.WARNING, "{0}: no such file yet, nobody can log in", file);
        }
        return credentials;
    }

    /** Reads the file again; when that fails, everything stays as it was. */
    public synchronized void load() throws IOException {
        Stamp seen = currentStamp();
        try {
            List<String> lines = CredentialText.lines(file);
            store =
                    CredentialFile.isOne(lines)
                            ? new VerifierStore(
                                    CredentialFile.parse(file.toString(), lines).credentials(),
                                    secret)
                            : readPasswords(lines);
            warnWhenOpen();
        } finally {
            stamp = seen; // Last, so that nobody takes the users of before for those of this file.
        }
    }

    private CredentialStore readPasswords(List<String> lines) throws IOException {
        PasswordFile passwords = PasswordFile.parse(file.toString(), lines, style);
        passwords.warnings().forEach(warning -> LOG.log(Level.WARNING, warning));
        LOG.log(
                Level.WARNING,
                "{0}: holds readable passwords; \"memring passwd\" writes files that do not",
                file);
        return new PasswordStore(passwords.entries(), secret);
    }

    private void warnWhenOpen() throws IOException {
        if (Files.getFileStore(file).supportsFileAttributeView("posix")
                && Files.getPosixFilePermissions(file).stream().anyMatch(TOO_OPEN::contains)) {
            LOG.log(Level.WARNING, "{0}: others can read or change it; make its mode 600", file);
        }
    }

    /** The users of the moment. */
    public CredentialStore current() {
        return store;
    }

    /** The users of the moment, when the file has been looked at. Reads files. */
    public CredentialStore refreshed() {
        if (!currentStamp().equals(stamp)) {
            reloadOnce();
        }
        return store;
    }

    /** Who waited here finds that it has been done. */
    private synchronized void reloadOnce() {
        if (!currentStamp().equals(stamp)) {
            reload();
        }
    }

    /** Reads the file again, and says so; keeps the users of before when it cannot be used. */
    public void reload() {
        try {
            load();
            LOG.log(Level.INFO, "{0}: read again, {1} users", file, store.size());
        } catch (NoSuchFileException e) {
            LOG.log(Level.WARNING, "{0}: is gone; the users of before stay", file);
        } catch (IOException e) {
            LOG.log(Level.ERROR, "{0}; the users of before stay", e.getMessage());
        }
    }

    private Stamp currentStamp() {
        try {
            var attributes = Files.readAttributes(file, BasicFileAttributes.class);
            return new Stamp(
                    attributes.lastModifiedTime().to(TimeUnit.NANOSECONDS),
                    attributes.size(),
                    attributes.fileKey());
        } catch (IOException e) {
            return Stamp.NO_FILE;
        }
    }
}
