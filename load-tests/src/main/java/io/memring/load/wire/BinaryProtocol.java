package io.memring.load.wire;

import io.memring.load.result.CommandKind;
import io.memring.load.workload.KeySpace;
import io.memring.load.workload.Request;
import io.memring.load.workload.ValueText;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;

/** memcached's binary protocol. A MULTIGET is quiet gets with keys and a no-op. */
final class BinaryProtocol extends Protocol {
    private static final int REQUEST = 0x80;
    private static final int REPLY = 0x81;
    private static final int GET = 0x00;
    private static final int SET = 0x01;
    private static final int DELETE = 0x04;
    private static final int INCREMENT = 0x05;
    private static final int NO_OP = 0x0a;
    private static final int GETKQ = 0x0d;
    private static final int TOUCH = 0x1c;

    private static final int OK = 0;
    private static final int KEY_NOT_FOUND = 1;
    private static final int KEY_EXISTS = 2;
    private static final int NOT_STORED = 5;

    // Offsets in a header.
    private static final int HEADER = 24;
    private static final int OPCODE = 1;
    private static final int KEY_LENGTH = 2;
    private static final int EXTRAS_LENGTH = 4;
    private static final int STATUS = 6;
    private static final int BODY_LENGTH = 8;
    private static final int UNIQUE = 16;

    private static final int STORE_EXTRAS = 8;
    private static final int INCREMENT_EXTRAS = 20;
    private static final int TOUCH_EXTRAS = 4;

    private static final VarHandle LONG = view(long[].class);
    private static final VarHandle INT = view(int[].class);
    private static final VarHandle SHORT = view(short[].class);

    BinaryProtocol(KeySpace keys, KeySpace counters, ValueText values) {
        super(keys, counters, values);
    }

    private static VarHandle view(Class<?> type) {
        return MethodHandles.byteArrayViewVarHandle(type, ByteOrder.BIG_ENDIAN);
    }

    @Override
    public boolean makesCounters() {
        return true;
    }

    @Override
    public void encode(Request request, Bytes out) {
        long key = request.key;
        switch (request.kind) {
            case GET, GETS -> putKeyed(out, GET, key);
            case MULTIGET -> {
                for (int i = 0; i < request.keyCount; i++) {
                    putKeyed(out, GETKQ, request.keys[i]);
                }
                putHeader(out, NO_OP, 0, 0, 0, 0);
            }
            case SET, CAS -> putStore(out, request);
            case ADD -> throw new IllegalStateException("an INCR makes its counter");
            case DELETE -> putKeyed(out, DELETE, key);
            case INCR -> {
                putHeader(out, INCREMENT, counters.length(), INCREMENT_EXTRAS, 0, 0);
                out.putLong(1);
                out.putLong(FIRST_COUNT);
                out.putInt(request.ttl);
                out.putKey(counters, key);
            }
            case TOUCH -> {
                putHeader(out, TOUCH, keys.length(), TOUCH_EXTRAS, 0, 0);
                out.putInt(request.ttl);
                out.putKey(keys, key);
            }
        }
    }

    private void putStore(Bytes out, Request request) {
        long casUnique = request.kind == CommandKind.CAS ? request.casUnique : 0;
        putHeader(out, SET, keys.length(), STORE_EXTRAS, request.valueLength, casUnique);
        out.putInt(0);
        out.putInt(request.ttl);
        out.putKey(keys, request.key);
        out.putValue(values, request.valueLength, request.key, request.version);
    }

    private void putKeyed(Bytes out, int opcode, long key) {
        putHeader(out, opcode, keys.length(), 0, 0, 0);
        out.putKey(keys, key);
    }

    private static void putHeader(
            Bytes out, int opcode, int keyLength, int extras, int valueLength, long casUnique) {
        out.putInt(REQUEST << 24 | opcode << 16 | keyLength);
        out.putInt(extras << 24);
        out.putInt(keyLength + extras + valueLength);
        out.putInt(0); // the opaque number: replies come in order
        out.putLong(casUnique);
    }

    @Override
    public int parse(byte[] in, int from, int to, ReplySink sink) throws ReplyException {
        int at = from;
        while (to - at >= HEADER) {
            int bodyLength = (int) INT.get(in, at + BODY_LENGTH);
            CommandKind kind = sink.current();
            if ((in[at] & 0xff) != REPLY
                    || bodyLength < 0
                    || bodyLength > MAX_VALUE_LENGTH
                    || kind == null) {
                throw unexpected(in, at, to);
            }
            int next = at + HEADER + bodyLength;
            if (next > to) {
                sink.onIncomplete(next - at);
                break;
            }
            reply(in, at, next, kind, sink);
            at = next;
        }
        return at - from;
    }

    private void reply(byte[] in, int at, int next, CommandKind kind, ReplySink sink)
            throws ReplyException {
        int status = (short) SHORT.get(in, at + STATUS) & 0xffff;
        if (status == OK) {
            success(in, at, next, kind, sink);
        } else if (status == KEY_NOT_FOUND || status == NOT_STORED) {
            sink.onDone(isFetch(kind) ? Outcome.FETCHED : Outcome.MISSED);
        } else if (status == KEY_EXISTS) {
            sink.onDone(Outcome.CONFLICT);
        } else {
            sink.onError(
                    "status 0x" + Integer.toHexString(status) + " " + shown(in, at + HEADER, next));
        }
    }

    private void success(byte[] in, int at, int next, CommandKind kind, ReplySink sink)
            throws ReplyException {
        if (!isFetch(kind)) {
            sink.onDone(Outcome.DONE);
            return;
        }
        if (in[at + OPCODE] == NO_OP) {
            sink.onDone(Outcome.FETCHED);
            return;
        }
        int keyLength = (short) SHORT.get(in, at + KEY_LENGTH) & 0xffff;
        int keyAt = at + HEADER + (in[at + EXTRAS_LENGTH] & 0xff);
        int valueAt = keyAt + keyLength;
        if (valueAt > next) {
            throw new ReplyException("a reply whose parts are longer than it");
        }
        if (kind == CommandKind.MULTIGET) {
            sink.onValue(keys.read(in, keyAt, keyLength), in, valueAt, next - valueAt, 0);
        } else {
            long casUnique = (long) LONG.get(in, at + UNIQUE);
            sink.onValue(sink.currentKey(), in, valueAt, next - valueAt, casUnique);
            sink.onDone(Outcome.FETCHED);
        }
    }
}
