package io.memring.load.wire;

import static java.nio.charset.StandardCharsets.US_ASCII;

import io.memring.load.result.CommandKind;
import io.memring.load.workload.KeySpace;
import io.memring.load.workload.Request;
import io.memring.load.workload.ValueText;

import org.jspecify.annotations.Nullable;

/** One protocol. Has no state. */
public abstract sealed class Protocol permits LineProtocol, BinaryProtocol {

    /** Of a reply that is shown to the user. */
    private static final int MAX_SHOWN = 80;

    /** No server has longer ones. */
    static final int MAX_VALUE_LENGTH = 1 << 30;

    static final byte[] LINE_END = {'\r', '\n'};

    /** What a missing counter begins with. */
    static final int FIRST_COUNT = 0;

    final KeySpace keys;
    final KeySpace counters;
    final ValueText values;

    Protocol(KeySpace keys, KeySpace counters, ValueText values) {
        this.keys = keys;
        this.counters = counters;
        this.values = values;
    }

    /** Appends a request. */
    public abstract void encode(Request request, Bytes out);

    /**
     * Takes in as many replies as there are in whole; in a fetch, each value by itself.
     *
     * @return the number of bytes taken
     */
    public abstract int parse(byte[] in, int from, int to, ReplySink sink) throws ReplyException;

    /** True if an INCR makes the counter that it does not find. */
    public abstract boolean makesCounters();

    static byte[] ascii(String text) {
        return text.getBytes(US_ASCII);
    }

    static boolean isFetch(@Nullable CommandKind kind) {
        return kind == CommandKind.GET || kind == CommandKind.MULTIGET || kind == CommandKind.GETS;
    }

    static ReplyException unexpected(byte[] in, int from, int to) {
        return new ReplyException("unexpected reply: " + shown(in, from, to));
    }

    /** Bytes for the user's eyes: one line, printable, not too long. */
    static String shown(byte[] in, int from, int to) {
        StringBuilder text = new StringBuilder();
        int end = Math.min(to, from + MAX_SHOWN);
        for (int i = from; i < end && in[i] != '\r' && in[i] != '\n'; i++) {
            if (in[i] >= ' ' && in[i] < 0x7f) {
                text.append((char) in[i]);
            } else {
                text.append(String.format("\\x%02x", in[i]));
            }
        }
        return text.toString();
    }
}
