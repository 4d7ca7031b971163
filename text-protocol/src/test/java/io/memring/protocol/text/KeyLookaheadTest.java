package io.memring.protocol.text;

import static org.assertj.core.api.Assertions.assertThat;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;

import org.junit.jupiter.api.Test;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;

final class KeyLookaheadTest {
    private static final int MAX_KEYS = 8;

    private final KeyLookahead lookahead = new KeyLookahead(MAX_KEYS);

    @Test
    void keysOfPipelinedRequests() {
        assertThat(keysOf("get first\r\nmg second v t\r\nset third 0 0 5\r\nvalue\r\ngets 4\r\n"))
                .containsExactly("first", "second", "third", "4");
    }

    @Test
    void allKeysOfARetrieval() {
        assertThat(keysOf("get a bb  ccc\r\ndelete d\r\ngets e f\n"))
                .containsExactly("a", "bb", "ccc", "d", "e", "f");
    }

    @Test
    void keysOfARetrievalInProgress() {
        assertThat(keysOf("more keys here\r\nget x\r\n", true))
                .containsExactly("more", "keys", "here", "x");
    }

    @Test
    void unfinishedWord_isNoKey() {
        assertThat(keysOf("get one\r\nget tw")).containsExactly("one");
    }

    @Test
    void valuesAreNoRequests() {
        String value = "v".repeat(100) + " and more";
        assertThat(keysOf("set k 0 0 109\r\n" + value + "\r\nget other\r\n"))
                .containsExactly("k", "other");
    }

    @Test
    void keyThatIsTooLong_isLeftOut() {
        assertThat(keysOf("get " + "k".repeat(251) + " " + "k".repeat(250) + "\r\n"))
                .containsExactly("k".repeat(250));
    }

    @Test
    void manyKeys_areTakenInPortions() {
        ByteBuf in = buffer("get 1 2 3 4 5 6 7 8 9 10 11\r\nget 12\r\n");
        assertThat(found(in, false)).containsExactly("1", "2", "3", "4", "5", "6", "7", "8");
        in.readerIndex(lookahead.end());
        assertThat(found(in, true)).containsExactly("9", "10", "11", "12");
        assertThat(lookahead.end()).isEqualTo(in.writerIndex());
    }

    /** Whatever the bytes are, the keys lie within them and nothing is moved. */
    @Test
    void anyBytes_giveKeysWithin() {
        long seed = System.nanoTime();
        Random random = new Random(seed);
        for (int round = 0; round < 10_000; round++) {
            byte[] bytes = new byte[random.nextInt(200)];
            random.nextBytes(bytes);
            for (int i = 0; i < bytes.length; i++) {
                bytes[i] =
                        random.nextInt(3) == 0
                                ? (byte) " \n\rget".charAt(random.nextInt(6))
                                : bytes[i];
            }
            ByteBuf in = Unpooled.wrappedBuffer(bytes);
            int count = lookahead.scan(in, random.nextBoolean());
            assertThat(in.readerIndex()).as("seed %d", seed).isZero();
            assertThat(lookahead.end()).as("seed %d", seed).isBetween(0, bytes.length);
            for (int i = 0; i < count; i++) {
                assertThat(lookahead.keyLength(i)).as("seed %d", seed).isBetween(1, 250);
                assertThat(lookahead.keyIndex(i) + lookahead.keyLength(i))
                        .as("seed %d", seed)
                        .isLessThan(bytes.length);
            }
        }
    }

    private List<String> keysOf(String input) {
        return keysOf(input, false);
    }

    private List<String> keysOf(String input, boolean inKeyList) {
        return found(buffer(input), inKeyList);
    }

    private List<String> found(ByteBuf in, boolean inKeyList) {
        List<String> keys = new ArrayList<>();
        int count = lookahead.scan(in, inKeyList);
        for (int i = 0; i < count; i++) {
            keys.add(in.toString(lookahead.keyIndex(i), lookahead.keyLength(i), ISO_8859_1));
        }
        return keys;
    }

    private static ByteBuf buffer(String text) {
        return Unpooled.copiedBuffer(text, ISO_8859_1);
    }
}
