package io.memring.load.ring;

import static java.nio.charset.StandardCharsets.UTF_8;

import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

/** The keys that a command is about: on the command line, in a file, or on standard input. */
final class KeySource {
    private static final String STANDARD_INPUT = "-";
    private static final int SAMPLE_SIZE = 100_000;

    @Parameters(paramLabel = "KEY", description = "keys")
    private List<String> words = new ArrayList<>();

    @Option(
            names = {"-k", "--keys"},
            paramLabel = "FILE",
            description = "read keys from a file, one a line, or from standard input (-)")
    private String file = "";

    /** Whether no keys were named. */
    boolean isEmpty() {
        return words.isEmpty() && file.isEmpty();
    }

    /** Takes keys from standard input if none were named. */
    KeySource orStandardInput() {
        if (isEmpty()) {
            file = STANDARD_INPUT;
        }
        return this;
    }

    /** Hands over each key; those of a file while it is read. */
    void forEach(InputStream standardInput, Consumer<String> action) throws IOException {
        words.forEach(action);
        if (file.equals(STANDARD_INPUT)) {
            read(standardInput, action);
        } else if (!file.isEmpty()) {
            try (InputStream in = Files.newInputStream(Path.of(file))) {
                read(in, action);
            }
        }
    }

    /** The same, or if no keys were named a sample: the keys {@code sample:0} and so on. */
    void orSample(InputStream standardInput, Consumer<String> action) throws IOException {
        for (int i = 0; isEmpty() && i < SAMPLE_SIZE; i++) {
            action.accept("sample:" + i);
        }
        forEach(standardInput, action);
    }

    private static void read(InputStream in, Consumer<String> action) throws IOException {
        BufferedReader lines = new BufferedReader(new InputStreamReader(in, UTF_8));
        for (String line = lines.readLine(); line != null; line = lines.readLine()) {
            if (!line.isEmpty()) {
                action.accept(line);
            }
        }
    }
}
