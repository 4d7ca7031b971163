package io.memring.load.ring;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;

/** Runs commands in this JVM and keeps what they print. */
final class CommandRun {
    private final ByteArrayOutputStream out = new ByteArrayOutputStream();
    private final ByteArrayOutputStream err = new ByteArrayOutputStream();
    private byte[] input = {};

    /** Text that the next commands find on standard input. */
    CommandRun reading(String text) {
        input = text.getBytes(UTF_8);
        return this;
    }

    /** Runs a command; the exit status. */
    int run(String... arguments) {
        Console console =
                new Console(
                        new ByteArrayInputStream(input),
                        new PrintStream(out, true, UTF_8),
                        new PrintStream(err, true, UTF_8));
        return RingCommand.run(console, arguments);
    }

    /** What was printed since the last call. */
    String out() {
        return drain(out);
    }

    /** What was complained about since the last call. */
    String err() {
        return drain(err);
    }

    private static String drain(ByteArrayOutputStream printed) {
        String text = printed.toString(UTF_8);
        printed.reset();
        return text;
    }
}
