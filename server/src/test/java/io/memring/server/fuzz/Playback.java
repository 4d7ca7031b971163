package io.memring.server.fuzz;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import io.memring.server.fuzz.FuzzScript.Compose;
import io.memring.server.fuzz.FuzzScript.Cut;
import io.memring.server.fuzz.FuzzScript.EndInput;
import io.memring.server.fuzz.FuzzScript.Hold;
import io.memring.server.fuzz.FuzzScript.Send;
import io.memring.server.fuzz.FuzzScript.Step;
import io.memring.server.fuzz.FuzzScript.Switch;
import io.memring.server.fuzz.FuzzScript.Tick;

import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.regex.Pattern;

/** A script played on a node of its own. */
final class Playback {
    /** Stripes are held only as long as flushes cannot be so many that the engine has to sweep. */
    private static final int MAX_BYTES_BEFORE_HOLDING = 2000;

    /** Figures tell in what pieces a value came: memory is taken before it is whole. */
    private static final Pattern FIGURE = Pattern.compile("STAT [^\r\n]*\r\n");

    /** What one connection came to. */
    record Outcome(String replies, boolean open) {
        private Outcome withoutFigures() {
            return new Outcome(FIGURE.matcher(replies).replaceAll(""), open);
        }
    }

    private final InlineNode node;
    private final InlineNode.Client[] clients = new InlineNode.Client[FuzzScript.CONNECTIONS];
    private int current;
    private boolean holding;
    private int sentBytes;

    private Playback(InlineNode node) {
        this.node = node;
        for (int i = 0; i < clients.length; i++) {
            clients[i] = node.connect();
        }
    }

    /** Plays a script, without the messages that only other targets can compose. */
    static List<Outcome> play(FuzzScript script) {
        try (InlineNode node = new InlineNode(null)) {
            Playback playback = new Playback(node);
            script.steps().forEach(playback::play);
            List<Outcome> outcomes = playback.outcomes();
            node.finish();
            return outcomes;
        }
    }

    /**
     * Plays a script as it is, and with every run of bytes in one piece: the replies must be the
     * same, but for figures.
     */
    static List<Outcome> playBothWays(FuzzScript script) {
        List<Outcome> whole = play(script.whole());
        List<Outcome> pieces = play(script);
        if (!withoutFigures(whole).equals(withoutFigures(pieces))) {
            throw new AssertionError("whole: " + whole + "\nin pieces: " + pieces);
        }
        return whole;
    }

    private static List<Outcome> withoutFigures(List<Outcome> outcomes) {
        return outcomes.stream().map(Outcome::withoutFigures).toList();
    }

    private void play(Step step) {
        switch (step) {
            case Send send -> send(send.bytes());
            case Hold() -> hold();
            case Cut() -> {}
            case Compose(_) -> release();
            case Tick() -> {
                release();
                node.tick();
            }
            case EndInput() -> clients[current].endInput();
            case Switch(int connection) -> {
                release();
                current = connection;
            }
        }
    }

    private void send(byte[] bytes) {
        sentBytes += bytes.length;
        if (sentBytes > MAX_BYTES_BEFORE_HOLDING) {
            release();
        }
        clients[current].send(bytes);
    }

    private void hold() {
        release();
        if (sentBytes <= MAX_BYTES_BEFORE_HOLDING) {
            node.holdStripes();
            holding = true;
        }
    }

    private void release() {
        if (holding) {
            node.releaseStripes();
            holding = false;
        }
    }

    private List<Outcome> outcomes() {
        release();
        List<Outcome> outcomes = new ArrayList<>();
        for (InlineNode.Client client : clients) {
            InlineNode.Client used = Objects.requireNonNull(client);
            outcomes.add(new Outcome(new String(used.replies(), ISO_8859_1), used.isOpen()));
        }
        return outcomes;
    }
}
