package io.memring.server.wire;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;

/** Full memory and unfinished values, in the binary protocol. Runs against the peer as well. */
final class BinaryResourceTest {
    private static final List<String> FULL_AT_8_MEGABYTES = List.of("-M", "-m", "8");
    private static final Random NO_CUTS = new Random(0);

    /** Refuses what does not fit, stays in step, and drops what a set was to replace. */
    @Test
    void fullWithoutEviction_refusesAndDropsTheOldValue() throws IOException {
        try (Node node = Node.start(FULL_AT_8_MEGABYTES);
                WireClient client = new WireClient(node.port())) {
            assertReply(client, "set key=victim value=small", "set");
            int stored = fillUp(client);
            assertReply(client, "add key=new value={v*500000}", noMemory("add"));
            assertReply(client, "append key=victim value={v*500000}", noMemory("append"));
            assertReply(client, "get key=victim", "get flags=0 value=small");
            assertReply(client, "append key=key0 value=x", "append 0x05 cas=0 value=Not stored.");
            assertReply(client, "prepend key=key0 value=x", "prepend 0x05 cas=0 value=Not stored.");
            assertReply(client, "setq key=victim value={v*500000}", noMemory("setq"));
            assertReply(client, "get key=victim", "get 0x01 value=Not found");
            assertThat(stored).isPositive();
            assertReply(client, "delete key=key0", "delete");
            assertReply(client, "set key=again value={v*500000}", "set");
        }
    }

    private static String noMemory(String opcode) {
        return opcode + " 0x82 cas=0 value=Out of memory allocating item";
    }

    /** Stores under key0, key1, ... until there is no memory; says how many were stored. */
    private static int fillUp(WireClient client) throws IOException {
        int stored = 0;
        while (isReply(client, "set key=key%d value={v*500000}".formatted(stored), "set")) {
            stored++;
        }
        return stored;
    }

    @Test
    void noMemoryForANewNumber_saysSo() throws IOException {
        try (Node node = Node.start(FULL_AT_8_MEGABYTES);
                WireClient client = new WireClient(node.port())) {
            fillUp(client);
            int created = 0;
            String request = "increment initial=1000000000000000000 key=%s%d";
            String prefix = "n".repeat(200);
            while (created < 100_000
                    && isReply(
                            client,
                            request.formatted(prefix, created),
                            "increment number=1000000000000000000")) {
                created++;
            }
            assertReply(
                    client,
                    request.formatted(prefix, created),
                    "increment 0x82 cas=0 value=Out of memory allocating new item");
            assertReply(client, "noop", "noop");
        }
    }

    /** Values that are arriving hold their memory, and give it back when their client goes. */
    @Test
    void unfinishedValues_holdTheirMemoryOnlyWhileTheirClientIsThere() throws IOException {
        try (Node node = Node.start(FULL_AT_8_MEGABYTES);
                WireClient client = new WireClient(node.port())) {
            List<WireClient> uploads = new ArrayList<>();
            for (int i = 0; i < 30; i++) {
                WireClient upload = new WireClient(node.port());
                send(upload, "set bodylen=500009 key=%c value=begin".formatted('a' + i));
                uploads.add(upload);
            }
            int refused = 0;
            for (WireClient upload : uploads) {
                upload.send("v".repeat(500_000 - "begin".length()));
                byte[] reply = upload.readFrame();
                boolean stored = Frame.parse("set").matches(reply, Map.of());
                assertThat(stored || Frame.parse(noMemory("set")).matches(reply, Map.of()))
                        .isTrue();
                refused += stored ? 0 : 1;
                assertReply(upload, "noop", "noop");
                send(upload, "setq bodylen=100009 key=k value=begin");
                upload.reset();
            }
            assertThat(refused).isBetween(1, 29);
            assertReply(client, "flush", "flush");
            assertReply(client, "set key=after value={v*500000}", "set");
        }
    }

    private static void assertReply(WireClient client, String request, String reply)
            throws IOException {
        assertThat(isReply(client, request, reply)).as("%s: %s", request, reply).isTrue();
    }

    private static boolean isReply(WireClient client, String request, String reply)
            throws IOException {
        send(client, request);
        return Frame.parse(reply).matches(client.readFrame(), Map.of());
    }

    private static void send(WireClient client, String request) {
        client.send(Frame.parse(request).toBytes(Map.of()), Delivery.WHOLE, NO_CUTS);
    }
}
