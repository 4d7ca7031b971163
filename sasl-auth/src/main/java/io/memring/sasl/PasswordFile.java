package io.memring.sasl;

import java.util.ArrayList;
import java.util.List;

/** Reads memcached's {@code user:password} lines; empty ones count for nothing. */
final class PasswordFile {
    private final String file;
    private final PasswordFileStyle style;
    private final List<PasswordStore.Entry> entries = new ArrayList<>();
    private final List<String> warnings = new ArrayList<>();

    private PasswordFile(String file, PasswordFileStyle style) {
        this.file = file;
        this.style = style;
    }

    static PasswordFile parse(String file, List<String> lines, PasswordFileStyle style)
            throws CredentialFormatException {
        PasswordFile parsed = new PasswordFile(file, style);
        for (int i = 0; i < lines.size(); i++) {
            if (!lines.get(i).isEmpty()) {
                parsed.parseLine(i + 1, lines.get(i));
            }
        }
        return parsed;
    }

    private void parseLine(int number, String line) throws CredentialFormatException {
        int colon = line.indexOf(':');
        if (colon < 0) {
            throw new CredentialFormatException(file, number, "has no colon behind the user");
        }
        String name = PreparedText.name(line.substring(0, colon));
        String password = PreparedText.password(passwordPart(number, line.substring(colon + 1)));
        if (name == null) {
            throw new CredentialFormatException(file, number, CredentialFile.NAME_RULE);
        }
        if (password == null) {
            throw new CredentialFormatException(file, number, CredentialFile.PASSWORD_RULE);
        }
        entries.add(new PasswordStore.Entry(name, password));
    }

    private String passwordPart(int number, String rest) {
        int colon = rest.indexOf(':');
        if (style == PasswordFileStyle.AUTH_FILE || colon < 0) {
            return rest;
        }
        warnings.add(
                file + ", line " + number + ": what follows the second colon counts for nothing");
        return rest.substring(0, colon);
    }

    List<PasswordStore.Entry> entries() {
        return entries;
    }

    List<String> warnings() {
        return warnings;
    }
}
