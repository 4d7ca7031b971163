package io.memring.server.wire;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import org.jspecify.annotations.Nullable;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Instant;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * One transcript played against one node. In the end every connection still open answers a no-op
 * and nothing else, which shows that no reply was left over, and so does a new connection, which
 * shows that the node lives.
 */
final class TranscriptRun {
    private final Transcript transcript;
    private final int port;
    private final Delivery delivery;
    private final long seed;
    private final Random random;

    /** Connections by name; null once the client or the server has left. */
    private final Map<String, @Nullable WireClient> clients = new LinkedHashMap<>();

    private final Map<String, String> bindings = new HashMap<>();

    /** Connections that have sent a frame. */
    private final Set<String> binaryConnections = new HashSet<>();

    private final ByteArrayOutputStream unsent = new ByteArrayOutputStream();
    private String unsentConnection = "";

    TranscriptRun(Transcript transcript, int port, Delivery delivery, long seed) {
        this.transcript = transcript;
        this.port = port;
        this.delivery = delivery;
        this.seed = seed;
        random = new Random(seed);
        bindings.put("in_an_hour", String.valueOf(Instant.now().getEpochSecond() + 3600));
    }

    void play() throws IOException {
        try {
            if (delivery == Delivery.PIPELINED) {
                playPipelined();
            } else {
                playInTurns();
            }
            for (Map.Entry<String, @Nullable WireClient> entry : clients.entrySet()) {
                WireClient client = entry.getValue();
                if (client != null) {
                    expectOnlyNoop(client, binaryConnections.contains(entry.getKey()));
                    client.close();
                }
            }
            connectWhenThereIsRoom().close();
        } finally {
            for (WireClient client : clients.values()) {
                if (client != null) {
                    client.close();
                }
            }
        }
    }

    private void playInTurns() throws IOException {
        for (Step step : transcript.steps()) {
            play(step);
        }
        flush();
    }

    /** A writer of its own, so that neither side waits for the other with full buffers. */
    private void playPipelined() throws IOException {
        WireClient client = client(transcript.steps().getFirst());
        List<Step> replies = transcript.steps().stream().filter(step -> !isSending(step)).toList();
        for (Step step : transcript.steps()) {
            if (isSending(step)) {
                hold(step);
            }
        }
        byte[] requests = unsent.toByteArray();
        unsent.reset();
        Thread writer = Thread.startVirtualThread(() -> client.send(requests, delivery, random));
        for (Step reply : replies) {
            play(reply);
        }
        join(writer);
    }

    private static void join(Thread writer) throws IOException {
        try {
            writer.join();
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw new IOException("interrupted while sending", interrupted);
        }
    }

    private void play(Step step) throws IOException {
        if (!isSending(step) || !step.connection().equals(unsentConnection)) {
            flush();
        }
        WireClient client = client(step);
        switch (step) {
            case Step.Open _ -> {}
            case Step.Send _, Step.SendFrame _ -> hold(step);
            case Step.Expect expect -> expect(client, expect);
            case Step.ExpectMatch match -> expectMatch(client, match);
            case Step.SkipTo skip -> skipTo(client, skip);
            case Step.ExpectFrame expect -> expectFrame(client, expect);
            case Step.SkipToFrame skip -> skipToFrame(client, skip);
            case Step.ExpectClose _ -> expectClose(client, step);
            case Step.ExpectStat stat -> expectStat(stat);
            case Step.Leave leave -> leave(client, leave);
        }
    }

    private WireClient client(Step step) {
        WireClient client = clients.computeIfAbsent(step.connection(), _ -> connect());
        if (client == null) {
            throw failure(step, "an open connection", "one that was left");
        }
        return client;
    }

    private WireClient connect() {
        try {
            return new WireClient(port);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static boolean isSending(Step step) {
        return step instanceof Step.Send || step instanceof Step.SendFrame;
    }

    private void hold(Step step) {
        unsentConnection = step.connection();
        if (step instanceof Step.Send send) {
            unsent.writeBytes(send.bytes().resolve(bindings).getBytes(ISO_8859_1));
        } else if (step instanceof Step.SendFrame send) {
            binaryConnections.add(step.connection());
            unsent.writeBytes(send.frame().toBytes(bindings));
        }
    }

    private void flush() {
        WireClient client = clients.get(unsentConnection);
        if (client != null && unsent.size() > 0) {
            client.send(unsent.toByteArray(), delivery, random);
        }
        unsent.reset();
    }

    private void expect(WireClient client, Step.Expect step) throws IOException {
        String shape = step.bytes().shape();
        StringBuilder actual = new StringBuilder();
        if (shape.endsWith("\n")) {
            for (long lines = shape.chars().filter(c -> c == '\n').count(); lines > 0; lines--) {
                actual.append(readLine(client, step));
            }
        } else {
            actual.append(client.read(shape.length()));
        }
        if (!step.bytes().matches(actual.toString(), bindings)) {
            throw failure(step, step.bytes().shape(), actual.toString());
        }
    }

    private void expectMatch(WireClient client, Step.ExpectMatch step) throws IOException {
        String line = readLine(client, step);
        if (!matchesLine(step.pattern(), line)) {
            throw failure(step, step.pattern().pattern(), line);
        }
    }

    private static boolean matchesLine(Pattern pattern, String line) {
        return line.endsWith("\r\n")
                && pattern.matcher(line.substring(0, line.length() - 2)).matches();
    }

    private void skipTo(WireClient client, Step.SkipTo step) throws IOException {
        String wanted = step.bytes().resolve(bindings);
        String line = readLine(client, step);
        while (!line.equals(wanted)) {
            if (line.isEmpty()) {
                throw failure(step, wanted, "the connection closed");
            }
            line = readLine(client, step);
        }
    }

    private void expectFrame(WireClient client, Step.ExpectFrame step) throws IOException {
        byte[] actual = readFrame(client, step);
        if (!step.frame().matches(actual, bindings)) {
            throw failure(step, step.frame().toString(), new String(actual, ISO_8859_1));
        }
    }

    private void skipToFrame(WireClient client, Step.SkipToFrame step) throws IOException {
        byte[] actual = readFrame(client, step);
        while (!step.frame().matches(actual, bindings)) {
            actual = readFrame(client, step);
        }
    }

    private byte[] readFrame(WireClient client, Step step) throws IOException {
        try {
            return client.readFrame();
        } catch (IOException e) {
            throw failure(step, "a frame", e.toString());
        }
    }

    private String readLine(WireClient client, Step step) throws IOException {
        try {
            return client.readLine();
        } catch (IOException e) {
            throw failure(step, "a line", e.toString());
        }
    }

    private void expectClose(WireClient client, Step step) throws IOException {
        try {
            if (!client.isAtEnd()) {
                throw failure(step, "the server to close", client.readLine());
            }
        } catch (IOException e) {
            throw failure(step, "the server to close", e.toString());
        }
        client.close();
        clients.put(step.connection(), null);
    }

    private void expectStat(Step.ExpectStat step) throws IOException {
        try (WireClient observer = connectWhenThereIsRoom()) {
            String value = observer.stat(step.name());
            if (!step.value().matcher(value).matches()) {
                throw failure(step, step.value().pattern(), value);
            }
        }
    }

    private void leave(WireClient client, Step.Leave leave) throws IOException {
        client.leave(leave.manner());
        if (leave.manner() != Step.Manner.HALF_CLOSE) {
            clients.put(leave.connection(), null);
        }
    }

    private void expectOnlyNoop(WireClient client, boolean binary) throws IOException {
        String reply = binary ? client.askBinaryNoop() : client.ask("mn");
        if (!reply.equals("MN")) {
            throw new AssertionError(where("end") + "left over: " + Text.printable(reply));
        }
    }

    private String askNoop(WireClient client) throws IOException {
        return transcript.speaksBinaryOnly() ? client.askBinaryNoop() : client.ask("mn");
    }

    /** The server may take a moment to see that connections are gone and to let in another. */
    private WireClient connectWhenThereIsRoom() throws IOException {
        for (int attempt = 0; attempt < 1000; attempt++) {
            WireClient client = new WireClient(port);
            if (askNoop(client).equals("MN")) {
                return client;
            }
            client.close();
        }
        throw new AssertionError(where("end") + "the node takes no further connection");
    }

    private AssertionError failure(Step step, String expected, String actual) {
        return new AssertionError(
                "%sexpected %s\n     got %s"
                        .formatted(
                                where(String.valueOf(step.line())),
                                Text.printable(expected),
                                Text.printable(actual)));
    }

    private String where(String line) {
        return "%s:%s (%s, seed %d): ".formatted(transcript.name(), line, delivery, seed);
    }
}
