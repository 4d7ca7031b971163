package io.memring.server.fuzz;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import io.memring.sasl.CredentialFile;
import io.memring.sasl.CredentialStore;
import io.memring.sasl.Credentials;
import io.memring.sasl.PasswordFileStyle;

import org.jspecify.annotations.Nullable;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Objects;
import java.util.regex.Pattern;

/**
 * Files of users, in Memring's format and in memcached's: a file is read or refused, a refused one
 * leaves the users of before, and what was read can be written and read again.
 */
public final class CredentialFileFuzzer {
    private static final String HEADER = "memring-credentials ";
    private static final Pattern SIMPLE_LINES =
            Pattern.compile("(?:[!-9;-~]{1,30}:[!-9;-~]{1,30}\n)+");

    /** So that a file is never as it was before, whatever the clock's resolution. */
    private static int runs;

    private CredentialFileFuzzer() {}

    /** Reads one file. */
    public static void fuzzerTestOneInput(byte[] input) {
        try {
            Path directory = Files.createTempDirectory("memring-fuzz");
            try {
                FailureWatch quiet = FailureWatch.begin();
                check(input, directory);
                quiet.close();
            } finally {
                for (String name : new String[] {"users", "first", "second"}) {
                    Files.deleteIfExists(directory.resolve(name));
                }
                Files.delete(directory);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void check(byte[] input, Path directory) throws IOException {
        Path file = directory.resolve("users");
        for (PasswordFileStyle style : PasswordFileStyle.values()) {
            Files.writeString(file, "before:pass" + runs++ + "\n");
            Credentials users = Credentials.open(file, style, new CountingRandom());
            CredentialStore before = users.current();
            Files.write(file, input);
            boolean read = isRead(file, style);
            users.reload();
            InlineNode.require(read == (users.current() != before), "a reload is not a start");
            InlineNode.require(
                    read || users.current().account("before") != null, "the users before stay");
            if (read) {
                checkPasswords(users.current(), new String(input, ISO_8859_1));
            }
        }
        checkWritten(file, directory);
    }

    private static boolean isRead(Path file, PasswordFileStyle style) {
        try {
            var _ = Credentials.open(file, style, new CountingRandom());
            return true;
        } catch (IOException refused) {
            InlineNode.require(refused.getMessage() != null, "a refusal says why");
            return false;
        }
    }

    /** Where a file is simple, who may log in is known without reading it with care. */
    private static void checkPasswords(CredentialStore users, String text) {
        if (!SIMPLE_LINES.matcher(text).matches() || text.startsWith(HEADER)) {
            return;
        }
        text.lines()
                .forEach(
                        line -> {
                            int colon = line.indexOf(':');
                            String name = line.substring(0, colon);
                            String password = line.substring(colon + 1);
                            InlineNode.require(
                                    users.checkPassword(name, password) != null, "may log in");
                            String other = password + "x";
                            InlineNode.require(
                                    text.contains(other)
                                            || users.checkPassword(name, other) == null,
                                    "may not log in");
                        });
    }

    /** Memring's own format: writing what was read changes nothing, the second time at least. */
    private static void checkWritten(Path file, Path directory) throws IOException {
        CredentialFile users = readOwn(file);
        if (users == null) {
            return;
        }
        Path first = directory.resolve("first");
        Path second = directory.resolve("second");
        users.write(first);
        CredentialFile again = CredentialFile.read(first);
        again.write(second);
        InlineNode.require(again.users().equals(users.users()), "the same users");
        for (String name : users.users()) {
            boolean same = Objects.equals(users.permissions(name), again.permissions(name));
            InlineNode.require(same, "the same permissions");
        }
        InlineNode.require(
                Arrays.equals(Files.readAllBytes(first), Files.readAllBytes(second)),
                "written again, the same file");
    }

    private static @Nullable CredentialFile readOwn(Path file) {
        try {
            return CredentialFile.read(file);
        } catch (IOException refused) {
            return null;
        }
    }
}
