package io.memring.sasl;

import static java.nio.charset.StandardCharsets.UTF_8;

import org.jspecify.annotations.Nullable;

import java.util.ArrayList;
import java.util.Base64;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Collectors;

/** One user's line in a {@link CredentialFile}. */
final class CredentialLine {
    /** The first line of a file that can be read here. */
    static final String HEADER = "memring-credentials 1";

    private static final String HEADER_START = "memring-credentials ";
    private static final String CRAM_MD5 = "cram-md5";
    private static final String ALLOW = "allow";
    private static final String PREFIX = "prefix";
    private static final int VERIFIER_PARTS = 4;
    private static final int MAX_SALT_LENGTH = 64;
    private static final int MAX_PREFIX_BYTES = 250;

    private final String file;
    private final int number;
    private final List<ScramVerifier> verifiers = new ArrayList<>();
    private final List<String> prefixes = new ArrayList<>();
    private @Nullable Set<CommandClass> commands;
    private @Nullable String secret;

    private CredentialLine(String file, int number) {
        this.file = file;
        this.number = number;
    }

    static boolean isHeader(String line) {
        return line.startsWith(HEADER_START);
    }

    static Credential parse(String file, int number, String line) throws CredentialFormatException {
        return new CredentialLine(file, number).parse(line);
    }

    private Credential parse(String line) throws CredentialFormatException {
        String[] fields = line.split(" ", -1);
        String name = PreparedText.name(fields[0]);
        if (name == null || !name.equals(fields[0])) {
            throw wrong(CredentialFile.NAME_RULE);
        }
        for (int i = 1; i < fields.length; i++) {
            int equals = fields[i].indexOf('=');
            if (equals < 0) {
                throw wrong("\"" + fields[i] + "\" is no field");
            }
            parseField(fields[i].substring(0, equals), fields[i].substring(equals + 1));
        }
        Set<CommandClass> allowed = commands == null ? Permissions.ALL.commands() : commands;
        return Credential.of(
                new Account(name, new Permissions(allowed, prefixes)), verifiers, secret);
    }

    private void parseField(String key, String value) throws CredentialFormatException {
        switch (key) {
            case CRAM_MD5 -> secret = parseSecret(value);
            case ALLOW -> commands = parseCommands(value);
            case PREFIX -> prefixes.add(parsePrefix(value));
            default -> verifiers.add(parseVerifier(key, value));
        }
    }

    private ScramVerifier parseVerifier(String key, String value) throws CredentialFormatException {
        ScramHash hash = hashOf(key);
        if (verifiers.stream().anyMatch(verifier -> verifier.hash() == hash)) {
            throw wrong(key + " is there twice");
        }
        String[] parts = value.split(",", -1);
        if (parts.length != VERIFIER_PARTS) {
            throw wrong(key + " must be iterations,salt,storedkey,serverkey");
        }
        byte[] salt = base64(key, parts[1]);
        byte[] storedKey = base64(key, parts[2]);
        byte[] serverKey = base64(key, parts[3]);
        if (salt.length < 1 || salt.length > MAX_SALT_LENGTH) {
            throw wrong(key + "'s salt must have 1 to " + MAX_SALT_LENGTH + " bytes");
        }
        if (storedKey.length != hash.length() || serverKey.length != hash.length()) {
            throw wrong(key + "'s keys must have " + hash.length() + " bytes each");
        }
        return new ScramVerifier(hash, iterations(key, parts[0]), salt, storedKey, serverKey);
    }

    private ScramHash hashOf(String key) throws CredentialFormatException {
        for (ScramHash hash : ScramHash.values()) {
            if (key.equals(label(hash))) {
                return hash;
            }
        }
        throw wrong("\"" + key + "\" is no field");
    }

    private int iterations(String key, String text) throws CredentialFormatException {
        int iterations;
        try {
            iterations = Integer.parseInt(text);
        } catch (NumberFormatException e) {
            iterations = 0;
        }
        if (iterations < ScramVerifier.MIN_ITERATIONS
                || iterations > ScramVerifier.MAX_ITERATIONS) {
            throw wrong(
                    "%s's iterations must be between %d and %d"
                            .formatted(
                                    key,
                                    ScramVerifier.MIN_ITERATIONS,
                                    ScramVerifier.MAX_ITERATIONS));
        }
        return iterations;
    }

    private String parseSecret(String value) throws CredentialFormatException {
        String text = PreparedText.decode(base64(CRAM_MD5, value));
        String password = text == null ? null : PreparedText.password(text);
        if (password == null) {
            throw wrong(CredentialFile.PASSWORD_RULE);
        }
        return password;
    }

    private Set<CommandClass> parseCommands(String value) throws CredentialFormatException {
        Set<CommandClass> allowed = EnumSet.noneOf(CommandClass.class);
        for (String word : value.split(",", -1)) {
            allowed.add(commandClass(word));
        }
        return allowed;
    }

    private CommandClass commandClass(String word) throws CredentialFormatException {
        for (CommandClass each : CommandClass.values()) {
            if (each.label().equals(word)) {
                return each;
            }
        }
        throw wrong("\"" + word + "\" is none of read, write and admin");
    }

    private String parsePrefix(String value) throws CredentialFormatException {
        String prefix = unescape(value);
        if (prefix == null || prefix.isEmpty()) {
            throw wrong("a prefix has at least one byte, and %XX in place of odd ones");
        }
        if (prefix.getBytes(UTF_8).length > MAX_PREFIX_BYTES) {
            throw wrong("a prefix has at most " + MAX_PREFIX_BYTES + " bytes");
        }
        return prefix;
    }

    private byte[] base64(String key, String text) throws CredentialFormatException {
        byte[] bytes = ScramMessage.decodeBase64(text);
        if (bytes == null) {
            throw wrong(key + " is not in base64");
        }
        return bytes;
    }

    private CredentialFormatException wrong(String rule) {
        return new CredentialFormatException(file, number, rule);
    }

    /** The line that {@link #parse} reads. */
    static String format(Credential credential) {
        StringBuilder line = new StringBuilder(credential.account().name());
        credential.verifiers().values().forEach(v -> appendVerifier(line, v));
        String secret = credential.secret();
        if (secret != null) {
            line.append(' ').append(CRAM_MD5).append('=').append(base64(secret.getBytes(UTF_8)));
        }
        Permissions permissions = credential.account().permissions();
        if (!permissions.commands().equals(Permissions.ALL.commands())) {
            String commands =
                    permissions.commands().stream()
                            .sorted()
                            .map(CommandClass::label)
                            .collect(Collectors.joining(","));
            line.append(' ').append(ALLOW).append('=').append(commands);
        }
        for (String prefix : permissions.keyPrefixes()) {
            line.append(' ').append(PREFIX).append('=').append(escape(prefix));
        }
        return line.toString();
    }

    private static void appendVerifier(StringBuilder line, ScramVerifier verifier) {
        line.append(
                " %s=%d,%s,%s,%s"
                        .formatted(
                                label(verifier.hash()),
                                verifier.iterations(),
                                base64(verifier.salt()),
                                base64(verifier.storedKey()),
                                base64(verifier.serverKey())));
    }

    private static String label(ScramHash hash) {
        return hash.mechanism().wireName().toLowerCase(Locale.ROOT);
    }

    private static String base64(byte[] bytes) {
        return Base64.getEncoder().encodeToString(bytes);
    }

    private static String escape(String prefix) {
        StringBuilder escaped = new StringBuilder();
        for (int i = 0; i < prefix.length(); i++) {
            char c = prefix.charAt(i);
            if (c <= ' ' || c == '%' || c == 0x7F) {
                escaped.append("%%%02X".formatted((int) c));
            } else {
                escaped.append(c);
            }
        }
        return escaped.toString();
    }

    private static @Nullable String unescape(String value) {
        StringBuilder text = new StringBuilder();
        int hexDigits = 2;
        for (int i = 0; i < value.length(); i++) {
            char c = value.charAt(i);
            if (c != '%') {
                text.append(c);
                continue;
            }
            if (i + hexDigits >= value.length()) {
                return null;
            }
            try {
                text.append((char) Integer.parseInt(value, i + 1, i + 1 + hexDigits, 16));
            } catch (NumberFormatException e) {
                return null;
            }
            i += hexDigits;
        }
        return text.toString();
    }
}
