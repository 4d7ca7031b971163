package io.memring.protocol.text;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Random;

/** Random requests come back as they were meant, and random bytes do no harm. */
class DecoderFuzzTest {
    private static final int PIPELINES = 400;
    private static final int REQUESTS = 25;
    private static final int GARBAGE_STREAMS = 3000;
    private static final String[] FRAGMENTS = {
        "get ",
        "gets ",
        "gat ",
        "set ",
        "cas ",
        "mg ",
        "ms ",
        "ma ",
        "md ",
        "me ",
        "mn",
        "incr ",
        "touch ",
        "delete ",
        "flush_all ",
        "verbosity ",
        "noreply",
        " ",
        "  ",
        "\r\n",
        "\n",
        "\r",
        "k",
        "key",
        "0 ",
        "5 ",
        "-1 ",
        "99999999999 ",
        "T30 ",
        "Oabc ",
        "b ",
        "v ",
        "HTTP/1.1",
        "slabs automove ",
        "\0",
        "\377",
        "Zm9v",
        "MA ",
        "q ",
        "\t"
    };

    private final ByteArrayOutputStream wire = new ByteArrayOutputStream();
    private final List<String> expected = new ArrayList<>();
    private Random random = new Random(0);

    @Test
    void randomRequests_cutAnywhere_decodeToWhatWasMeant() {
        seed("randomRequests");
        for (int i = 0; i < PIPELINES; i++) {
            wire.reset();
            expected.clear();
            for (int j = 0; j < REQUESTS; j++) {
                addRequest();
            }
            int filler = random.nextBoolean() ? '\n' : -1;
            assertThat(Transcript.of(filler, cutAnywhere(wire.toByteArray())))
                    .containsExactlyElementsOf(expected);
        }
    }

    @Test
    void randomBytes_neverThrow_andGiveTheSameHoweverCut() {
        seed("randomBytes");
        for (int i = 0; i < GARBAGE_STREAMS; i++) {
            byte[] garbage = random.nextBoolean() ? fragments() : bytes();
            List<String> whole = Transcript.of(-1, garbage);
            assertThat(Transcript.of('\n', cutAnywhere(garbage))).isEqualTo(whole);
        }
    }

    private void seed(String test) {
        long seed = new Random().nextLong();
        System.out.println("DecoderFuzzTest." + test + " seed=" + seed);
        random = new Random(seed);
    }

    private byte[][] cutAnywhere(byte[] bytes) {
        List<byte[]> packets = new ArrayList<>();
        int size = 1 + random.nextInt(60);
        for (int from = 0; from < bytes.length; ) {
            int to = Math.min(bytes.length, from + 1 + random.nextInt(size));
            packets.add(Arrays.copyOfRange(bytes, from, to));
            from = to;
        }
        return packets.toArray(byte[][]::new);
    }

    private byte[] fragments() {
        StringBuilder text = new StringBuilder();
        for (int i = random.nextInt(60); i >= 0; i--) {
            text.append(FRAGMENTS[random.nextInt(FRAGMENTS.length)]);
            if (random.nextInt(100) == 0) {
                text.append("x".repeat(random.nextInt(2100)));
            }
        }
        return text.toString().getBytes(StandardCharsets.ISO_8859_1);
    }

    private byte[] bytes() {
        byte[] bytes = new byte[random.nextInt(300)];
        random.nextBytes(bytes);
        for (int i = 0; i < bytes.length; i++) {
            bytes[i] = random.nextInt(20) == 0 ? (byte) '\n' : bytes[i];
        }
        return bytes;
    }

    private void addRequest() {
        switch (random.nextInt(8)) {
            case 0 -> addStorage();
            case 1 -> addCas();
            case 2 -> addRetrieval();
            case 3 -> addDelta();
            case 4 -> addTouch();
            case 5 -> addMetaGet();
            case 6 -> addMetaSet();
            default -> addDelete();
        }
    }

    private void addStorage() {
        Verb[] verbs = {Verb.SET, Verb.ADD, Verb.REPLACE, Verb.APPEND, Verb.PREPEND};
        Verb verb = verbs[random.nextInt(verbs.length)];
        String key = key();
        int flags = anyInt();
        int exptime = anyInt();
        int length = random.nextInt(40);
        String noreply = noreply();
        String unsigned = Integer.toUnsignedString(flags);
        line(lower(verb), key, unsigned, "" + exptime, length + noreply);
        value(length);
        expected.add(
                verb
                        + " "
                        + key
                        + " flags="
                        + unsigned
                        + " exptime="
                        + exptime
                        + " bytes="
                        + length
                        + noreply);
    }

    private void addCas() {
        String key = key();
        int length = random.nextInt(40);
        String unique = Long.toUnsignedString(anyLong());
        String noreply = noreply();
        line("cas", key, "0", "0", "" + length, unique + noreply);
        value(length);
        expected.add(
                "CAS " + key + " flags=0 exptime=0 bytes=" + length + " cas=" + unique + noreply);
    }

    private void addRetrieval() {
        Verb[] verbs = {Verb.GET, Verb.GETS, Verb.GAT, Verb.GATS};
        Verb verb = verbs[random.nextInt(verbs.length)];
        boolean touches = verb == Verb.GAT || verb == Verb.GATS;
        String[] tokens = new String[1 + random.nextInt(40)];
        Arrays.setAll(tokens, i -> i == 0 && touches ? "" + anyInt() : key());
        if (touches && tokens.length == 1) {
            tokens = new String[] {tokens[0], key()};
        }
        String arguments = String.join(" ", tokens);
        line(lower(verb), arguments);
        expected.add(verb + " " + arguments);
    }

    private void addDelta() {
        Verb verb = random.nextBoolean() ? Verb.INCR : Verb.DECR;
        String key = key();
        String delta = Long.toUnsignedString(anyLong());
        String noreply = noreply();
        line(lower(verb), key, delta + noreply);
        expected.add(verb + " " + key + " delta=" + delta + noreply);
    }

    private void addTouch() {
        String key = key();
        int exptime = anyInt();
        String noreply = noreply();
        line("touch", key, exptime + noreply);
        expected.add("TOUCH " + key + " exptime=" + exptime + noreply);
    }

    private void addDelete() {
        String key = key();
        String noreply = noreply();
        line("delete", key + noreply);
        expected.add("DELETE " + key + noreply);
    }

    private void addMetaGet() {
        String key = key();
        String flags = flags();
        line("mg", key + flags);
        expected.add("META_GET " + key + flags);
    }

    private void addMetaSet() {
        String key = key();
        int length = random.nextInt(40);
        String flags = flags();
        line("ms", key, length + flags);
        value(length);
        expected.add("META_SET " + key + flags + " bytes=" + length);
    }

    private String flags() {
        List<String> flags =
                new ArrayList<>(
                        List.of(
                                "v",
                                "t",
                                "f",
                                "k",
                                "q",
                                "s",
                                "c",
                                "u",
                                "I",
                                "x",
                                "MS",
                                "T" + anyInt(),
                                "N" + anyInt(),
                                "O" + random.nextInt(1_000_000),
                                "F" + Integer.toUnsignedString(anyInt()),
                                "C" + Long.toUnsignedString(anyLong())));
        Collections.shuffle(flags, random);
        StringBuilder text = new StringBuilder();
        flags.subList(0, random.nextInt(flags.size() + 1)).forEach(f -> text.append(' ').append(f));
        return text.toString();
    }

    /** A line with one or more spaces between its tokens, and either end. */
    private void line(String... tokens) {
        for (String token : tokens) {
            write(token);
            write(" ".repeat(random.nextInt(8) == 0 ? 1 + random.nextInt(20) : 1));
        }
        write(random.nextInt(4) == 0 ? "\n" : "\r\n");
    }

    private void value(int length) {
        byte[] value = new byte[length];
        random.nextBytes(value);
        wire.writeBytes(value);
        write("\r\n");
    }

    private void write(String text) {
        wire.writeBytes(text.getBytes(StandardCharsets.ISO_8859_1));
    }

    private String noreply() {
        return random.nextInt(3) == 0 ? " noreply" : "";
    }

    private String key() {
        int length = random.nextInt(10) == 0 ? 1 + random.nextInt(250) : 1 + random.nextInt(20);
        StringBuilder key = new StringBuilder();
        for (int i = 0; i < length; i++) {
            key.append((char) ('!' + random.nextInt(200)));
        }
        return key.toString();
    }

    private int anyInt() {
        int value = random.nextInt() >>> random.nextInt(32);
        return random.nextInt(4) == 0 ? -value : value;
    }

    private long anyLong() {
        return random.nextLong() >>> random.nextInt(64);
    }

    private static String lower(Verb verb) {
        return verb.toString().toLowerCase(Locale.ROOT);
    }
}
