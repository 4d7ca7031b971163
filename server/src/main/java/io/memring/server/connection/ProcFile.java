package io.memring.server.connection;

import java.io.FileInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Optional;

/**
 * What was in a file of {@code proc(5)}, and how far it has been read. Such files are read once a
 * second, while a worker may be waiting for the reader's processor. Code that runs so rarely is
 * interpreted, and finds nothing in the processor's caches, so that it counts how much code it is:
 * with regular expressions and streams, reading them took a millisecond. For one thread.
 */
final class ProcFile {
    private final String text;
    private int position;

    /**
     * @param text from the beginning of the file
     */
    ProcFile(String text) {
        this.text = text;
    }

    /** Empty where there is no such file: on another system, or of a thread that has ended. */
    static Optional<ProcFile> read(String path) {
        try (InputStream file = new FileInputStream(path)) {
            return Optional.of(
                    new ProcFile(new String(file.readAllBytes(), StandardCharsets.ISO_8859_1)));
        } catch (IOException e) {
            return Optional.empty();
        }
    }

    /** All of it. */
    String text() {
        return text;
    }

    /** Takes the next decimal number, whatever stands before it; 0 if there is none. */
    long nextNumber() {
        while (position < text.length() && !isDigit(text.charAt(position))) {
            position++;
        }
        long number = 0;
        while (position < text.length() && isDigit(text.charAt(position))) {
            number = 10 * number + text.charAt(position) - '0';
            position++;
        }
        return number;
    }

    private static boolean isDigit(char letter) {
        return letter >= '0' && letter <= '9';
    }

    /** Takes what is left of the line. */
    void skipLine() {
        int end = text.indexOf('\n', position);
        position = end < 0 ? text.length() : end + 1;
    }

    /** Whether what comes next begins so. */
    boolean continuesWith(String beginning) {
        return text.startsWith(beginning, position);
    }
}
