package io.memring.load.report;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.memring.load.result.LoadException;

import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;

/** Where a report goes: to a file, or to the standard output if that is called {@code -}. */
record Output(Path file) {

    private static final Path STANDARD_OUTPUT = Path.of("-");

    boolean isStandardOutput() {
        return file.equals(STANDARD_OUTPUT);
    }

    /** Finds out before a long run what would be a pity after it. */
    void check() throws LoadException {
        Path folder = file.toAbsolutePath().getParent();
        if (!isStandardOutput()
                && (folder == null || !Files.isWritable(folder) || Files.isDirectory(file))) {
            throw new LoadException("cannot write " + file + ": no such folder, or not ours");
        }
    }

    void write(String text, PrintWriter standardOutput) throws LoadException {
        if (isStandardOutput()) {
            standardOutput.print(text);
            standardOutput.flush();
            return;
        }
        try {
            Files.writeString(file, text, UTF_8);
        } catch (IOException e) {
            throw new LoadException("cannot write " + file + ": " + e.getMessage(), e);
        }
    }
}
