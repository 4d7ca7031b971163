package io.memring.server.wire;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.IntStream;

/** Some hundred frames of the matrix over a network, against our node or the peer. */
final class FrameSampleTest {
    /** Prime, so that the sample meets every length of every part. */
    private static final int STEP = 211;

    /** Those that a connection can survive are few; all of them for the opcodes of writes. */
    private static final int LAST_OPCODE = 0x24;

    private static final Random NO_CUTS = new Random(0);

    @Test
    void sampledFrames_areAnsweredAsDocumented_andTheNodeLives() throws IOException {
        List<FrameCase> cases = sample();
        assertThat(cases.size()).isGreaterThan(800);
        try (Node node = Node.start(List.of())) {
            for (FrameCase each : cases) {
                play(each, node);
            }
        }
    }

    private static List<FrameCase> sample() {
        List<FrameCase> all = FrameCase.all();
        return IntStream.range(0, all.size())
                .filter(i -> i % STEP == 0 || livesOn(all.get(i)))
                .mapToObj(all::get)
                .filter(each -> each.isAnsweredAlike() || !Node.isPeer())
                .toList();
    }

    private static boolean livesOn(FrameCase each) {
        return each.opcode() <= LAST_OPCODE && !each.verdict().closes();
    }

    private static void play(FrameCase each, Node node) throws IOException {
        FrameCase.Verdict verdict = each.verdict();
        try (WireClient client = new WireClient(node.port())) {
            client.send(each.bytes(), Delivery.WHOLE, NO_CUTS);
            int status = verdict.status();
            if (status >= 0) {
                assertThat(statusOf(client.readFrame())).as("%s", each).isEqualTo(status);
            }
            if (verdict.closes()) {
                assertThat(client.isAtEnd()).as("%s closes", each).isTrue();
            } else if (each.isSmall()) {
                assertNoopIsAnswered(each, client);
            }
        }
    }

    /** Whatever the request itself has been answered with comes before. */
    private static void assertNoopIsAnswered(FrameCase each, WireClient client) throws IOException {
        Frame noop = Frame.parse("noop opaque=0x6e6f6f70");
        client.send(noop.toBytes(Map.of()), Delivery.WHOLE, NO_CUTS);
        byte[] reply = client.readFrame();
        while (!noop.matches(reply, Map.of())) {
            assertThat(statusOf(reply)).as("%s", each).isIn(0, 1, 2, 3, 5, 6);
            reply = client.readFrame();
        }
    }

    private static int statusOf(byte[] frame) {
        return (frame[6] & 0xff) << 8 | frame[7] & 0xff;
    }
}
