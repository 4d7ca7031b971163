package io.memring.protocol.text;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * Feeds a decoder with packets, as a connection would, and writes down what it says, one string per
 * request. Values and swallowed bytes are skipped.
 */
final class Transcript {
    private static final int SLACK = 16;
    private static final int MAX_CUTS = 500;

    private final TextRequestDecoder decoder = new TextRequestDecoder();
    private final List<String> requests = new ArrayList<>();
    private final StringBuilder keys = new StringBuilder();
    private boolean inKeys;
    private boolean closed;
    private long toSkip;

    /** The bytes behind what has arrived: none if negative, else filled with this. */
    private final int filler;

    private byte[] unread = {};

    private Transcript(int filler) {
        this.filler = filler;
    }

    /** Checks what the input decodes to, however it is cut and whatever lies behind it. */
    static void assertDecodes(String input, String... expected) {
        byte[] bytes = input.getBytes(StandardCharsets.ISO_8859_1);
        for (int filler : new int[] {-1, '\n', ' ', '0'}) {
            assertThat(of(filler, bytes)).as("whole").containsExactly(expected);
        }
        assertThat(of('\n', split(bytes, 1))).as("byte by byte").containsExactly(expected);
        int step = Math.max(1, bytes.length / MAX_CUTS);
        for (int cut = 1; cut < bytes.length; cut += step) {
            byte[] head = Arrays.copyOf(bytes, cut);
            byte[] tail = Arrays.copyOfRange(bytes, cut, bytes.length);
            assertThat(of(cut % 2 == 0 ? -1 : '\n', head, tail))
                    .as("cut at %s", cut)
                    .containsExactly(expected);
        }
    }

    /** What the packets decode to. */
    static List<String> of(int filler, byte[]... packets) {
        Transcript transcript = new Transcript(filler);
        for (byte[] packet : packets) {
            transcript.receive(packet);
        }
        return transcript.requests;
    }

    static byte[][] split(byte[] bytes, int size) {
        byte[][] packets = new byte[(bytes.length + size - 1) / size][];
        for (int i = 0; i < packets.length; i++) {
            int end = Math.min(bytes.length, (i + 1) * size);
            packets[i] = Arrays.copyOfRange(bytes, i * size, end);
        }
        return packets;
    }

    private void receive(byte[] packet) {
        ByteBuf in = bufferOf(unread, packet);
        while (!closed && step(in)) {
            assertThat(in.readerIndex()).isLessThanOrEqualTo(in.writerIndex());
        }
        unread = new byte[closed ? 0 : in.readableBytes()];
        in.readBytes(unread);
    }

    /** A new buffer each time, so that nothing but the reader index can be relied on. */
    private ByteBuf bufferOf(byte[] old, byte[] fresh) {
        int length = old.length + fresh.length;
        int offset = length % 3;
        byte[] bytes = new byte[offset + length + (filler < 0 ? 0 : SLACK)];
        Arrays.fill(bytes, (byte) filler);
        System.arraycopy(old, 0, bytes, offset, old.length);
        System.arraycopy(fresh, 0, bytes, offset + old.length, fresh.length);
        return Unpooled.wrappedBuffer(bytes).setIndex(offset, offset + length);
    }

    /** One step of decoding; false if more bytes are needed. */
    private boolean step(ByteBuf in) {
        if (toSkip > 0) {
            int skipped = (int) Math.min(toSkip, in.readableBytes());
            in.skipBytes(skipped);
            toSkip -= skipped;
            return toSkip == 0;
        }
        return inKeys ? stepKeys(in) : stepLine(in);
    }

    private boolean stepLine(ByteBuf in) {
        int before = in.readerIndex();
        Verb verb = decoder.decode(in);
        assertThat(in.readerIndex() > before).as("progress").isEqualTo(verb != Verb.INCOMPLETE);
        switch (verb) {
            case GET, GETS, GAT, GATS -> beginKeys(verb);
            case CLOSE -> {
                requests.add("CLOSE");
                closed = true;
            }
            case INCOMPLETE -> {}
            default -> {
                requests.add(describe(verb));
                checkLine(in, before);
            }
        }
        return verb != Verb.INCOMPLETE;
    }

    private void checkLine(ByteBuf in, int before) {
        assertThat(decoder.lineStart()).isEqualTo(before);
        assertThat(decoder.lineStart() + decoder.lineLength()).isEqualTo(in.readerIndex());
        assertThat(in.getByte(in.readerIndex() - 1)).isEqualTo((byte) '\n');
    }

    private void beginKeys(Verb verb) {
        inKeys = true;
        keys.setLength(0);
        keys.append(verb);
        if (verb == Verb.GAT || verb == Verb.GATS) {
            keys.append(' ').append(decoder.exptime());
        }
    }

    private boolean stepKeys(ByteBuf in) {
        KeyStatus status = decoder.nextKey(in);
        switch (status) {
            case KEY -> keys.append(' ').append(key());
            case END -> endKeys(keys.toString());
            case INVALID -> endKeys("INVALID " + decoder.error().text());
            case INCOMPLETE -> {}
        }
        return status != KeyStatus.INCOMPLETE;
    }

    private void endKeys(String request) {
        requests.add(request);
        inKeys = false;
    }

    private String describe(Verb verb) {
        String fields =
                switch (verb) {
                    case SET, ADD, REPLACE, APPEND, PREPEND -> storage();
                    case CAS -> storage() + " cas=" + Long.toUnsignedString(decoder.casUnique());
                    case INCR, DECR -> key() + " delta=" + Long.toUnsignedString(decoder.delta());
                    case DELETE -> key();
                    case TOUCH -> key() + " exptime=" + decoder.exptime();
                    case META_GET, META_DELETE, META_ARITHMETIC, META_DEBUG -> meta();
                    case META_SET -> meta() + " bytes=" + expectValue();
                    case FLUSH_ALL -> "exptime=" + decoder.exptime();
                    case INVALID -> invalid();
                    case UNKNOWN, META_NOOP, VERSION, QUIT -> "";
                    default -> tokens();
                };
        String name = fields.isEmpty() ? verb.toString() : verb + " " + fields;
        return decoder.noreply() ? name + " noreply" : name;
    }

    private String storage() {
        return key()
                + " flags="
                + Integer.toUnsignedString(decoder.clientFlags())
                + " exptime="
                + decoder.exptime()
                + " bytes="
                + expectValue();
    }

    private int expectValue() {
        toSkip = decoder.valueLength() + 2L;
        return decoder.valueLength();
    }

    private String invalid() {
        toSkip = decoder.bytesToSwallow();
        String text = decoder.error().text();
        return toSkip == 0 ? text : text + " swallow=" + toSkip;
    }

    private String meta() {
        MetaFlags flags = decoder.meta();
        StringBuilder text = new StringBuilder(key());
        for (int i = 0; i < flags.count(); i++) {
            ByteBuf in = flags.base64Key() ? null : decoder.keyBuffer();
            text.append(' ').append((char) flags.letter(i));
            if (in != null && flags.tokenLength(i) > 0) {
                text.append(text(in, flags.tokenIndex(i), flags.tokenLength(i)));
            }
        }
        return text.toString();
    }

    private String tokens() {
        List<String> tokens = new ArrayList<>();
        for (int i = 1; i < decoder.tokenCount(); i++) {
            tokens.add(decoder.token(i));
        }
        return tokens.toString();
    }

    private String key() {
        return text(decoder.keyBuffer(), decoder.keyIndex(), decoder.keyLength());
    }

    private static String text(ByteBuf buffer, int index, int length) {
        return buffer.toString(index, length, StandardCharsets.ISO_8859_1);
    }
}
