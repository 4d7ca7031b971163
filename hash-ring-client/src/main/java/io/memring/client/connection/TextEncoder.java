package io.memring.client.connection;

import static java.nio.charset.StandardCharsets.US_ASCII;

import org.jspecify.annotations.Nullable;

import java.util.Locale;

/** The classic text protocol, for nodes older than the meta protocol and for proxies. */
final class TextEncoder implements RequestEncoder {
    private static final byte[] GETS = word("gets ");
    private static final byte[] GATS = word("gats ");
    private static final byte[] TOUCH = word("touch ");
    private static final byte[] DELETE = word("delete ");
    private static final byte[] INCR = word("incr ");
    private static final byte[] DECR = word("decr ");
    private static final byte[] VERSION = word("version");

    private static byte[] word(String text) {
        return text.getBytes(US_ASCII);
    }

    @Override
    public @Nullable String unsupported(Request<?> request) {
        if (request.base64) {
            return "keys in base64";
        }
        if (request.leaseSeconds != Request.NONE || request.recacheSeconds != Request.NONE) {
            return "leases";
        }
        if (request.initialExptime != Request.NONE) {
            return "initial values of counters";
        }
        return switch (request.kind) {
            case MARK_STALE -> "stale items";
            case COMPARE_AND_DELETE -> "deleting by CAS unique";
            case MECHANISMS, AUTHENTICATE_STEP -> "SASL";
            default -> null; // Those that are encoded below.
        };
    }

    @Override
    public boolean usesOpaque(RequestKind kind) {
        return false;
    }

    @Override
    public void encode(Request<?> request, BatchWriter out) {
        switch (request.kind) {
            case GET -> key(GETS, request, out);
            case GET_AND_TOUCH -> {
                out.write(GATS);
                out.writeNumber(request.exptime);
                out.write(' ');
                out.write(request.key);
            }
            case TOUCH -> keyAndNumber(TOUCH, request, request.exptime, out);
            case DELETE -> key(DELETE, request, out);
            case INCREMENT -> keyAndNumber(INCR, request, request.delta, out);
            case DECREMENT -> keyAndNumber(DECR, request, request.delta, out);
            case PROBE -> out.write(VERSION);
            case VERSION, STATS, FLUSH_ALL -> out.write(adminWord(request.kind));
            case SET, ADD, REPLACE, APPEND, PREPEND -> store(request, request.kind.text(), out);
            case COMPARE_AND_SET -> store(request, "cas", out);
            case AUTHENTICATE, LINE -> {
                out.write(request.value);
                return; // These bring their line's end with them.
            }
            case MARK_STALE, COMPARE_AND_DELETE, MECHANISMS, AUTHENTICATE_STEP ->
                    throw new IllegalStateException("not in this protocol: kind=" + request.kind);
        }
        out.writeLineEnd();
    }

    /** What administrators ask is a word in both text protocols. */
    static byte[] adminWord(RequestKind kind) {
        return word(kind.name().toLowerCase(Locale.ROOT));
    }

    private static void key(byte[] verb, Request<?> request, BatchWriter out) {
        out.write(verb);
        out.write(request.key);
    }

    private static void keyAndNumber(
            byte[] verb, Request<?> request, long number, BatchWriter out) {
        key(verb, request, out);
        out.write(' ');
        out.writeUnsigned(number);
    }

    private static void store(Request<?> request, String verb, BatchWriter out) {
        out.write(word(verb));
        out.write(' ');
        out.write(request.key);
        out.write(' ');
        out.writeUnsigned(Integer.toUnsignedLong(request.clientFlags));
        out.write(' ');
        out.writeNumber(request.exptime);
        out.write(' ');
        out.writeNumber(request.value.length);
        if (request.kind == RequestKind.COMPARE_AND_SET) {
            out.write(' ');
            out.writeUnsigned(request.cas);
        }
        out.writeLineEnd();
        out.write(request.value);
    }
}
