package io.memring.sasl;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** The lines of a credential file, which is refused when it is no ordinary file of text. */
final class CredentialText {
    /** Beyond this a file is taken for something else. */
    private static final long MAX_BYTES = 16 << 20;

    private CredentialText() {}

    static List<String> lines(Path file) throws IOException {
        if (!Files.exists(file)) {
            throw new NoSuchFileException(file.toString(), null, "no such file");
        }
        if (!Files.isRegularFile(file)) {
            throw new IOException(file + ": is no ordinary file");
        }
        if (Files.size(file) > MAX_BYTES) {
            throw new IOException(file + ": is larger than " + MAX_BYTES + " bytes");
        }
        return split(file, Files.readAllBytes(file));
    }

    /** Cuts at newlines, which the last line need not have. */
    private static List<String> split(Path file, byte[] bytes) throws CredentialFormatException {
        List<String> lines = new ArrayList<>();
        String latin1 = new String(bytes, StandardCharsets.ISO_8859_1);
        for (String line : latin1.split("\n", -1)) {
            String whole = line.endsWith("\r") ? line.substring(0, line.length() - 1) : line;
            String text = PreparedText.decode(whole.getBytes(StandardCharsets.ISO_8859_1));
            if (text == null) {
                throw new CredentialFormatException(
                        file.toString(), lines.size() + 1, "is not encoded in UTF-8");
            }
            lines.add(text);
        }
        return lines;
    }
}
