package io.memring.server.wire;

import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;
import static org.junit.jupiter.api.DynamicContainer.dynamicContainer;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import org.junit.jupiter.api.DynamicNode;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

import java.io.IOException;
import java.net.URI;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.Random;
import java.util.stream.Stream;

/**
 * Plays every transcript under {@code /wire}, each delivery against a fresh node. {@code
 * -Dmemring.wire=PREFIX} selects files, {@code -Dmemring.seed=N} repeats a run of random cuts.
 */
final class TranscriptTest {
    private static final String ENDING = ".wire";
    private static final String SELECTED = System.getProperty("memring.wire", "");
    private static final long SEED = Long.getLong("memring.seed", new Random().nextLong());

    @TestFactory
    Stream<DynamicNode> transcripts() throws IOException {
        return all().stream()
                .filter(transcript -> transcript.name().startsWith(SELECTED))
                .map(TranscriptTest::container);
    }

    /** Every transcript, ordered by name. */
    static List<Transcript> all() throws IOException {
        Path root = root();
        List<Transcript> transcripts = new ArrayList<>();
        try (Stream<Path> files = Files.walk(root)) {
            for (Path file : files.filter(TranscriptTest::isTranscript).sorted().toList()) {
                String name = root.relativize(file).toString();
                transcripts.add(
                        TranscriptParser.parse(
                                name.substring(0, name.length() - ENDING.length()), file));
            }
        }
        return transcripts;
    }

    private static Path root() throws IOException {
        try {
            URI root = Objects.requireNonNull(TranscriptTest.class.getResource("/wire")).toURI();
            return Path.of(root);
        } catch (URISyntaxException e) {
            throw new IOException(e);
        }
    }

    private static boolean isTranscript(Path file) {
        return file.toString().endsWith(ENDING);
    }

    private static DynamicNode container(Transcript transcript) {
        return dynamicContainer(transcript.name(), tests(transcript));
    }

    private static Stream<DynamicTest> tests(Transcript transcript) {
        if (!Node.isPeer()) {
            return deliveries(transcript).map(delivery -> test(transcript, delivery));
        }
        if (transcript.onlyHere() != null) {
            return Stream.of();
        }
        if (transcript.differs() != null) {
            return Stream.of(dynamicTest("peer differs", () -> differs(transcript)));
        }
        return deliveries(transcript).map(delivery -> test(transcript, delivery));
    }

    private static Stream<Delivery> deliveries(Transcript transcript) {
        return Arrays.stream(Delivery.values()).filter(transcript::allows);
    }

    private static DynamicTest test(Transcript transcript, Delivery delivery) {
        return dynamicTest(delivery.name(), () -> play(transcript, delivery));
    }

    private static void play(Transcript transcript, Delivery delivery) throws IOException {
        try (Node node = Node.start(transcript.arguments())) {
            if (Node.isPeer() && transcript.movesTheClock()) {
                assumeTrue(knowsDebugtime(node), "the peer was built without debugtime");
            }
            new TranscriptRun(transcript, node.port(), delivery, SEED).play();
        }
    }

    private static boolean knowsDebugtime(Node node) throws IOException {
        try (WireClient client = new WireClient(node.port())) {
            return client.ask("debugtime r").equals("OK");
        }
    }

    /** A difference that has gone is no reason to stay different. */
    private static void differs(Transcript transcript) {
        assertThatThrownBy(
                        () -> {
                            for (Delivery delivery : deliveries(transcript).toList()) {
                                play(transcript, delivery);
                            }
                        })
                .isInstanceOf(AssertionError.class);
    }
}
