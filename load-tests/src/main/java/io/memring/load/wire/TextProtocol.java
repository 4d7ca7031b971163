package io.memring.load.wire;

import io.memring.load.result.CommandKind;
import io.memring.load.workload.KeySpace;
import io.memring.load.workload.Request;
import io.memring.load.workload.ValueText;

import org.jspecify.annotations.Nullable;

import java.util.EnumMap;
import java.util.Map;

/** memcached's classic text protocol. */
final class TextProtocol extends LineProtocol {
    private static final byte[] GET = ascii("get ");
    private static final byte[] GETS = ascii("gets ");
    private static final byte[] MULTIGET = ascii("get");
    private static final byte[] SET = ascii("set ");
    private static final byte[] ADD = ascii("add ");
    private static final byte[] CAS = ascii("cas ");
    private static final byte[] DELETE = ascii("delete ");
    private static final byte[] INCR = ascii("incr ");
    private static final byte[] BY_ONE = ascii(" 1\r\n");
    private static final byte[] TOUCH = ascii("touch ");
    private static final byte[] NO_FLAGS = ascii(" 0 ");
    private static final byte[] FIRST_COUNT_VALUE = ascii("1\r\n" + FIRST_COUNT + "\r\n");

    private static final Words WORDS = new Words("VALUE ", "NOT_FOUND", "NOT_STORED", "EXISTS");

    /** The word of success by the kind's ordinal; of INCR it is a number instead. */
    private static final byte[][] SUCCESS = new byte[CommandKind.values().length][];

    static {
        Map<CommandKind, String> words = new EnumMap<>(CommandKind.class);
        words.put(CommandKind.SET, "STORED");
        words.put(CommandKind.ADD, "STORED");
        words.put(CommandKind.CAS, "STORED");
        words.put(CommandKind.DELETE, "DELETED");
        words.put(CommandKind.TOUCH, "TOUCHED");
        for (CommandKind kind : CommandKind.values()) {
            SUCCESS[kind.ordinal()] = ascii(words.getOrDefault(kind, "END"));
        }
    }

    TextProtocol(KeySpace keys, KeySpace counters, ValueText values) {
        super(keys, counters, values, WORDS);
    }

    @Override
    public boolean makesCounters() {
        return false;
    }

    @Override
    public void encode(Request request, Bytes out) {
        switch (request.kind) {
            case GET -> putKeyLine(out, GET, request.key);
            case GETS -> putKeyLine(out, GETS, request.key);
            case MULTIGET -> putMultiget(out, request);
            case SET -> putStore(out, SET, request);
            case CAS -> putStore(out, CAS, request);
            case DELETE -> putKeyLine(out, DELETE, request.key);
            case ADD -> {
                out.put(ADD);
                out.putKey(counters, request.key);
                out.put(NO_FLAGS);
                out.putDecimal(request.ttl);
                out.put(' ');
                out.put(FIRST_COUNT_VALUE);
            }
            case INCR -> {
                out.put(INCR);
                out.putKey(counters, request.key);
                out.put(BY_ONE);
            }
            case TOUCH -> {
                out.put(TOUCH);
                out.putKey(keys, request.key);
                out.put(' ');
                out.putDecimal(request.ttl);
                out.put(LINE_END);
            }
        }
    }

    private void putKeyLine(Bytes out, byte[] command, long key) {
        out.put(command);
        out.putKey(keys, key);
        out.put(LINE_END);
    }

    private void putMultiget(Bytes out, Request request) {
        out.put(MULTIGET);
        for (int i = 0; i < request.keyCount; i++) {
            out.put(' ');
            out.putKey(keys, request.keys[i]);
        }
        out.put(LINE_END);
    }

    private void putStore(Bytes out, byte[] command, Request request) {
        out.put(command);
        out.putKey(keys, request.key);
        out.put(NO_FLAGS);
        out.putDecimal(request.ttl);
        out.put(' ');
        out.putDecimal(request.valueLength);
        if (request.kind == CommandKind.CAS) {
            out.put(' ');
            out.putDecimal(request.casUnique);
        }
        out.put(LINE_END);
        out.putValue(values, request.valueLength, request.key, request.version);
        out.put(LINE_END);
    }

    @Override
    int value(byte[] in, int at, int lineFeed, int to, ReplySink sink) throws ReplyException {
        int keyAt = at + WORDS.value.length;
        int keyEnd = wordEnd(in, keyAt, lineFeed);
        int flagsEnd = wordEnd(in, keyEnd + 1, lineFeed);
        int lengthEnd = wordEnd(in, flagsEnd + 1, lineFeed);
        long length = decimal(in, flagsEnd + 1, lengthEnd);
        if (length < 0 || length > MAX_VALUE_LENGTH || !isFetch(sink.current())) {
            throw unexpected(in, at, lineFeed);
        }
        int valueAt = lineFeed + 1;
        int valueEnd = valueAt + (int) length;
        if (valueEnd + LINE_END.length <= to) {
            checkValueEnd(in, valueEnd, at, lineFeed);
            long casUnique = in[lengthEnd] == ' ' ? decimal(in, lengthEnd + 1, lineFeed - 1) : 0;
            long key = keys.read(in, keyAt, keyEnd - keyAt);
            sink.onValue(key, in, valueAt, (int) length, casUnique);
        }
        return valueEnd + LINE_END.length;
    }

    @Override
    @Nullable Outcome success(byte[] in, int at, int lineFeed, CommandKind kind) {
        if (isLine(in, at, lineFeed, SUCCESS[kind.ordinal()])) {
            return isFetch(kind) ? Outcome.FETCHED : Outcome.DONE;
        }
        boolean isCount = kind == CommandKind.INCR && decimal(in, at, lineFeed - 1) >= 0;
        return isCount ? Outcome.DONE : null;
    }

    /** The end of a word that begins here: a blank or the CR. */
    private static int wordEnd(byte[] in, int from, int lineFeed) {
        int at = from;
        while (at < lineFeed && in[at] != ' ' && in[at] != '\r') {
            at++;
        }
        return at;
    }
}
