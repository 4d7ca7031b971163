package io.memring.load.wire;

import io.memring.load.result.CommandKind;
import io.memring.load.workload.KeySpace;
import io.memring.load.workload.Request;
import io.memring.load.workload.ValueText;

import org.jspecify.annotations.Nullable;

/** memcached's meta commands. A MULTIGET is quiet gets and a no-op. */
final class MetaProtocol extends LineProtocol {
    private static final byte[] META_GET = ascii("mg ");
    private static final byte[] META_SET = ascii("ms ");
    private static final byte[] META_DELETE = ascii("md ");
    private static final byte[] META_ARITHMETIC = ascii("ma ");
    private static final byte[] META_NO_OP = ascii("mn\r\n");
    private static final byte[] AND_VALUE = ascii(" v\r\n");
    private static final byte[] AND_VALUE_AND_UNIQUE = ascii(" v c\r\n");
    private static final byte[] AND_VALUE_QUIETLY = ascii(" v k q\r\n");
    private static final byte[] AND_MAKE = ascii(" N0 J" + FIRST_COUNT + "\r\n");
    private static final byte[] TTL = ascii(" T");
    private static final byte[] UNIQUE = ascii(" C");
    private static final byte[] ADD_FIRST_COUNT = ascii(" 1 ME\r\n" + FIRST_COUNT + "\r\n");

    private static final Words WORDS = new Words("VA ", "NF", "NS", "EX");
    private static final byte[] DONE = ascii("HD");
    private static final byte[] NO_OP_DONE = ascii("MN");
    private static final byte[] END = ascii("EN");

    MetaProtocol(KeySpace keys, KeySpace counters, ValueText values) {
        super(keys, counters, values, WORDS);
    }

    @Override
    public boolean makesCounters() {
        return true;
    }

    @Override
    public void encode(Request request, Bytes out) {
        switch (request.kind) {
            case GET -> putLine(out, META_GET, keys, request.key, AND_VALUE);
            case GETS -> putLine(out, META_GET, keys, request.key, AND_VALUE_AND_UNIQUE);
            case MULTIGET -> {
                for (int i = 0; i < request.keyCount; i++) {
                    putLine(out, META_GET, keys, request.keys[i], AND_VALUE_QUIETLY);
                }
                out.put(META_NO_OP);
            }
            case SET, CAS -> putStore(out, request);
            case ADD -> putLine(out, META_SET, counters, request.key, ADD_FIRST_COUNT);
            case DELETE -> putLine(out, META_DELETE, keys, request.key, LINE_END);
            case INCR -> putLine(out, META_ARITHMETIC, counters, request.key, AND_MAKE);
            case TOUCH -> {
                out.put(META_GET);
                out.putKey(keys, request.key);
                out.put(TTL);
                out.putDecimal(request.ttl);
                out.put(LINE_END);
            }
        }
    }

    private static void putLine(Bytes out, byte[] command, KeySpace keys, long key, byte[] rest) {
        out.put(command);
        out.putKey(keys, key);
        out.put(rest);
    }

    private void putStore(Bytes out, Request request) {
        out.put(META_SET);
        out.putKey(keys, request.key);
        out.put(' ');
        out.putDecimal(request.valueLength);
        if (request.ttl != 0) {
            out.put(TTL);
            out.putDecimal(request.ttl);
        }
        if (request.kind == CommandKind.CAS) {
            out.put(UNIQUE);
            out.putDecimal(request.casUnique);
        }
        out.put(LINE_END);
        out.putValue(values, request.valueLength, request.key, request.version);
        out.put(LINE_END);
    }

    @Override
    int value(byte[] in, int at, int lineFeed, int to, ReplySink sink) throws ReplyException {
        int lengthAt = at + WORDS.value.length;
        int lengthEnd = lengthAt;
        while (in[lengthEnd] >= '0' && in[lengthEnd] <= '9') {
            lengthEnd++;
        }
        long length = decimal(in, lengthAt, lengthEnd);
        CommandKind kind = sink.current();
        if (length < 0 || length > MAX_VALUE_LENGTH || kind == null || !isFetch(kind)) {
            throw unexpected(in, at, lineFeed);
        }
        int valueAt = lineFeed + 1;
        int valueEnd = valueAt + (int) length;
        if (valueEnd + LINE_END.length > to) {
            return valueEnd + LINE_END.length;
        }
        checkValueEnd(in, valueEnd, at, lineFeed);
        // The one flag that each of them asks for stands alone behind the length.
        int flagAt = lengthEnd + 2;
        if (kind == CommandKind.MULTIGET) {
            long key = keys.read(in, flagAt, lineFeed - 1 - flagAt);
            sink.onValue(key, in, valueAt, (int) length, 0);
        } else {
            long casUnique = kind == CommandKind.GETS ? decimal(in, flagAt, lineFeed - 1) : 0;
            sink.onValue(sink.currentKey(), in, valueAt, (int) length, casUnique);
            sink.onDone(Outcome.FETCHED);
        }
        return valueEnd + LINE_END.length;
    }

    @Override
    @Nullable Outcome success(byte[] in, int at, int lineFeed, CommandKind kind) {
        if (isLine(in, at, lineFeed, DONE) && !isFetch(kind)) {
            return Outcome.DONE;
        }
        if (isLine(in, at, lineFeed, kind == CommandKind.MULTIGET ? NO_OP_DONE : END)) {
            return isFetch(kind) ? Outcome.FETCHED : Outcome.MISSED;
        }
        return null;
    }
}
