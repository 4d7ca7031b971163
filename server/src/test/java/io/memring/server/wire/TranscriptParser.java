package io.memring.server.wire;

import org.jspecify.annotations.Nullable;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Reads transcripts. A file holds a comment that says which behaviour it shows, headers, and steps:
 *
 * <pre>
 * # what it shows
 * server: -o debug_commands   command line of the node
 * differs: reason             memcached answers otherwise, and this is why we do not follow
 * only here: reason           says nothing about memcached (our own options, for example)
 * in turns: reason            the replies are others when they are not waited for
 *
 * &gt; get a                     sends a line with CRLF;   &gt;| sends exactly the text
 * &lt; END                       expects a line with CRLF; &lt;| expects exactly the text
 * &lt;~ VERSION \S+              expects a line that matches a regular expression
 * &lt;skip END                   skips lines up to and including this one
 * &lt;close                      expects the server to have closed, with nothing more to read
 * &gt;b set key=a value=x        sends a frame of the binary protocol, see {@link Frame}
 * &lt;b get 0x01 value=Not found  expects a frame
 * &lt;bskip stat                 skips frames up to and including this one
 * = cmd_get 3                 expects that statistic, asked for on another connection (a regex)
 * &#64;b &gt; get a                  the same on a second connection; names are single words
 * &#64;b open | close | reset | half-close
 * </pre>
 *
 * {@link Text} says which escapes there are.
 */
final class TranscriptParser {
    private static final Pattern HEADER =
            Pattern.compile("(server|differs|only here|in turns): (.*)");
    private static final Pattern STEP =
            Pattern.compile(
                    "(?:@(?<connection>\\w+) )?"
                            + "(?<verb>>\\||>b|<bskip|<b|<\\||<~|<skip|<close|>|<|=|open|close|reset|half-close)"
                            + "(?: (?<rest>.*))?");

    private final String name;
    private final List<String> arguments = new ArrayList<>();
    private @Nullable String differs;
    private @Nullable String onlyHere;
    private @Nullable String inTurns;
    private final List<Step> steps = new ArrayList<>();

    private TranscriptParser(String name) {
        this.name = name;
    }

    static Transcript parse(String name, Path file) throws IOException {
        TranscriptParser parser = new TranscriptParser(name);
        List<String> lines = Files.readAllLines(file, StandardCharsets.US_ASCII);
        for (int i = 0; i < lines.size(); i++) {
            parser.accept(i + 1, lines.get(i));
        }
        return new Transcript(
                name,
                parser.arguments,
                parser.differs,
                parser.onlyHere,
                parser.inTurns,
                parser.steps);
    }

    private void accept(int number, String line) {
        if (line.isEmpty() || line.startsWith("#")) {
            return;
        }
        Matcher header = HEADER.matcher(line);
        if (header.matches()) {
            acceptHeader(header.group(1), header.group(2));
            return;
        }
        Matcher step = STEP.matcher(line);
        if (!step.matches()) {
            throw new IllegalArgumentException(name + ":" + number + ": not a step: " + line);
        }
        steps.add(step(number, step));
    }

    private void acceptHeader(String key, String value) {
        switch (key) {
            case "server" -> arguments.addAll(List.of(value.split(" +")));
            case "differs" -> differs = value;
            case "only here" -> onlyHere = value;
            default -> inTurns = value;
        }
    }

    private static Step step(int number, Matcher step) {
        String connection = step.group("connection") == null ? "main" : step.group("connection");
        String rest = step.group("rest") == null ? "" : step.group("rest");
        return switch (step.group("verb")) {
            case ">" -> new Step.Send(number, connection, Text.parse(rest + "\\r\\n"));
            case ">|" -> new Step.Send(number, connection, Text.parse(rest));
            case "<" -> new Step.Expect(number, connection, Text.parse(rest + "\\r\\n"));
            case "<|" -> new Step.Expect(number, connection, Text.parse(rest));
            case "<~" -> new Step.ExpectMatch(number, connection, Pattern.compile(rest));
            case "<skip" -> new Step.SkipTo(number, connection, Text.parse(rest + "\\r\\n"));
            case ">b" -> new Step.SendFrame(number, connection, Frame.parse(rest));
            case "<b" -> new Step.ExpectFrame(number, connection, Frame.parse(rest));
            case "<bskip" -> new Step.SkipToFrame(number, connection, Frame.parse(rest));
            case "<close" -> new Step.ExpectClose(number, connection);
            case "=" -> statistic(number, connection, rest);
            case "open" -> new Step.Open(number, connection);
            case "close" -> new Step.Leave(number, connection, Step.Manner.CLOSE);
            case "reset" -> new Step.Leave(number, connection, Step.Manner.RESET);
            default -> new Step.Leave(number, connection, Step.Manner.HALF_CLOSE);
        };
    }

    private static Step statistic(int number, String connection, String rest) {
        String[] words = rest.split(" ", 2);
        return new Step.ExpectStat(number, connection, words[0], Pattern.compile(words[1]));
    }
}
