package io.memring.sasl;

import static java.nio.charset.StandardCharsets.UTF_8;

import org.jspecify.annotations.Nullable;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFileAttributeView;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.Collection;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * A credential file of Memring's own, to be read, changed and written.
 *
 * <pre>
 *  memring-credentials 1
 *  # a comment; empty lines are fine, too
 *  alice scram-sha-256=100000,SALT,STORED,SERVER scram-sha-512=100000,SALT,STORED,SERVER
 *  bob scram-sha-256=100000,SALT,STORED,SERVER allow=read,write prefix=shop: prefix=tmp:
 *  carol allow=read
 * </pre>
 *
 * The first line says what the file is, and in which version. Each further line is a user: the name
 * and then fields, with single spaces between. {@code SALT}, {@code STORED} and {@code SERVER} are
 * base64 and what RFC 5802 calls salt, StoredKey and ServerKey, the number is the iteration count.
 * {@code cram-md5=} holds the password itself in base64. {@code allow} lists classes of commands,
 * all when it is missing. Keys must begin with one of the values of {@code prefix}, if there are
 * any; in these, spaces, percent signs and control characters are written {@code %XX}. A user with
 * no verifier at all can log in with a certificate only.
 */
public final class CredentialFile {
    static final String NAME_RULE =
            "a user's name has 1 to "
                    + PreparedText.MAX_NAME_BYTES
                    + " bytes and no spaces or control characters";
    static final String PASSWORD_RULE =
            "a password has 1 to "
                    + PreparedText.MAX_PASSWORD_BYTES
                    + " bytes and no control characters";

    private static final Set<PosixFilePermission> OWNER_ALONE =
            PosixFilePermissions.fromString("rw-------");

    /** What an existing file may keep: its group may read it. */
    private static final Set<PosixFilePermission> AT_MOST =
            PosixFilePermissions.fromString("rw-r-----");

    /** The file's lines in their order; a comment has itself as its key. */
    private final Map<String, String> comments = new LinkedHashMap<>();

    private final Map<String, Credential> users = new LinkedHashMap<>();

    /** A file without users. */
    public CredentialFile() {}

    /** Reads a file; one in memcached's format is refused. */
    public static CredentialFile read(Path path) throws IOException {
        List<String> lines = CredentialText.lines(path);
        if (!CredentialLine.isHeader(lines.get(0))) {
            throw new CredentialFormatException(
                    path.toString(), 1, "must be \"" + CredentialLine.HEADER + "\"");
        }
        return parse(path.toString(), lines);
    }

    /** Whether the lines are in this format, in any version. */
    static boolean isOne(List<String> lines) {
        return CredentialLine.isHeader(lines.get(0));
    }

    static CredentialFile parse(String name, List<String> lines) throws CredentialFormatException {
        if (!lines.get(0).equals(CredentialLine.HEADER)) {
            throw new CredentialFormatException(
                    name, 1, "is of a later version than \"" + CredentialLine.HEADER + "\"");
        }
        CredentialFile file = new CredentialFile();
        for (int i = 1; i < lines.size(); i++) {
            String line = lines.get(i);
            if (line.startsWith("#")) {
                file.comments.put("#" + i, line.stripTrailing());
            } else if (!line.isEmpty()) {
                file.add(CredentialLine.parse(name, i + 1, line), name, i + 1);
            }
        }
        return file;
    }

    private void add(Credential credential, String file, int line)
            throws CredentialFormatException {
        String user = credential.account().name();
        if (users.put(user, credential) != null) {
            throw new CredentialFormatException(file, line, "user " + user + " is there already");
        }
    }

    Collection<Credential> credentials() {
        return users.values();
    }

    /** The names of the users. */
    public Set<String> users() {
        return Set.copyOf(users.keySet());
    }

    /** What a user may do; null when there is no such user. */
    public @Nullable Permissions permissions(String name) {
        Credential credential = users.get(name);
        return credential == null ? null : credential.account().permissions();
    }

    /**
     * Sets a user, new or not. For each of the mechanisms that needs one, a verifier is made;
     * making them takes a moment.
     *
     * @throws IllegalArgumentException when name or password cannot be one, with the rule
     */
    public void set(
            String user,
            String password,
            Set<Mechanism> mechanisms,
            Permissions permissions,
            SecureRandom random) {
        String name = checkedName(user);
        String prepared = PreparedText.password(password);
        if (prepared == null) {
            throw new IllegalArgumentException(PASSWORD_RULE);
        }
        List<ScramVerifier> verifiers = new ArrayList<>();
        for (ScramHash hash : ScramHash.values()) {
            if (mechanisms.contains(hash.mechanism())) {
                byte[] salt = new byte[ScramVerifier.SALT_LENGTH];
                random.nextBytes(salt);
                verifiers.add(
                        ScramVerifier.of(hash, prepared, salt, ScramVerifier.DEFAULT_ITERATIONS));
            }
        }
        String secret = mechanisms.contains(Mechanism.CRAM_MD5) ? prepared : null;
        put(Credential.of(new Account(name, permissions), verifiers, secret));
    }

    /** Sets what a user may do who logs in as before, or with a certificate only when new. */
    public void setPermissions(String user, Permissions permissions) {
        String name = checkedName(user);
        Account account = new Account(name, permissions);
        Credential before = users.get(name);
        put(
                before == null
                        ? Credential.of(account, List.of(), null)
                        : Credential.of(account, before.verifiers().values(), before.secret()));
    }

    private static String checkedName(String user) {
        String name = PreparedText.name(user);
        if (name == null || name.startsWith("#")) {
            throw new IllegalArgumentException(NAME_RULE);
        }
        return name;
    }

    private void put(Credential credential) {
        users.put(credential.account().name(), credential);
    }

    /** Removes a user; false when there was none. */
    public boolean remove(String user) {
        return users.remove(user) != null;
    }

    /**
     * Writes the file, so that a reader finds the old one or the new one and nothing between. Only
     * its owner can read it; of a file that exists, the group, if it could before.
     */
    public void write(Path path) throws IOException {
        boolean exists = Files.exists(path);
        Path target = exists ? path.toRealPath() : path.toAbsolutePath();
        Path folder = target.getParent();
        Path draft =
                Files.createTempFile(
                        folder,
                        "." + target.getFileName(),
                        ".new",
                        PosixFilePermissions.asFileAttribute(OWNER_ALONE));
        try {
            writeText(draft);
            if (exists) {
                keepAccess(target, draft);
            }
            Files.move(draft, target, StandardCopyOption.ATOMIC_MOVE);
        } finally {
            Files.deleteIfExists(draft);
        }
    }

    private void writeText(Path draft) throws IOException {
        try (FileChannel channel = FileChannel.open(draft, StandardOpenOption.WRITE)) {
            var bytes = UTF_8.encode(text());
            while (bytes.hasRemaining()) {
                channel.write(bytes);
            }
            channel.force(true);
        }
    }

    /** The server may run as somebody else than whoever sets passwords. */
    private static void keepAccess(Path from, Path to) throws IOException {
        var old = Files.getFileAttributeView(from, PosixFileAttributeView.class).readAttributes();
        var view = Files.getFileAttributeView(to, PosixFileAttributeView.class);
        var now = view.readAttributes();
        if (!now.owner().equals(old.owner())) {
            view.setOwner(old.owner());
        }
        if (!now.group().equals(old.group())) {
            view.setGroup(old.group());
        }
        Set<PosixFilePermission> permissions = EnumSet.copyOf(old.permissions());
        permissions.retainAll(AT_MOST);
        permissions.addAll(OWNER_ALONE);
        view.setPermissions(permissions);
    }

    private String text() {
        StringBuilder text = new StringBuilder(CredentialLine.HEADER).append('\n');
        comments.values().forEach(comment -> text.append(comment).append('\n'));
        users.values().forEach(user -> text.append(CredentialLine.format(user)).append('\n'));
        return text.toString();
    }
}
