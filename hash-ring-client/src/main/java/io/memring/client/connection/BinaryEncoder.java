package io.memring.client.connection;

import io.memring.protocol.binary.BinaryRequestHead;
import io.memring.protocol.binary.Opcode;

import org.jspecify.annotations.Nullable;

import java.util.Base64;

/** The binary protocol, for logins with SASL and for nodes and proxies that want it. */
final class BinaryEncoder implements RequestEncoder {

    /** Instead of the exptime of a counter: one that is missing is not created. */
    private static final int NOT_CREATED = -1;

    private static final long MAX_EXPTIME = 0xFFFF_FFFEL;

    @Override
    public @Nullable String unsupported(Request<?> request) {
        if (request.leaseSeconds != Request.NONE || request.recacheSeconds != Request.NONE) {
            return "leases";
        }
        if (request.exptime > MAX_EXPTIME || request.initialExptime > MAX_EXPTIME) {
            return "times of expiry beyond the year 2106";
        }
        return switch (request.kind) {
            case MARK_STALE -> "stale items";
            case LINE -> "lines";
            // To the node it would be no condition at all.
            case COMPARE_AND_SET, COMPARE_AND_DELETE -> request.cas == 0 ? "CAS unique 0" : null;
            default -> null; // Those that are encoded below.
        };
    }

    @Override
    public boolean usesOpaque(RequestKind kind) {
        return true;
    }

    @Override
    public boolean leavesOutMisses() {
        return true;
    }

    @Override
    public void encode(Request<?> request, BatchWriter out) {
        BinaryRequestHead head =
                new BinaryRequestHead(opcode(request))
                        .key(key(request))
                        .opaque((int) request.opaque)
                        .casUnique(request.cas)
                        .clientFlags(request.clientFlags)
                        .exptime((int) request.exptime);
        if (request.kind == RequestKind.INCREMENT || request.kind == RequestKind.DECREMENT) {
            boolean creates = request.initialExptime != Request.NONE;
            head.counting(request.delta, request.initial)
                    .exptime(creates ? (int) request.initialExptime : NOT_CREATED);
        }
        int at = out.reserve(head.length());
        head.writeTo(out.array(), at, request.value.length);
        out.write(request.value);
    }

    /** Keys are bytes here, whichever they are. */
    private static byte[] key(Request<?> request) {
        return request.base64 ? Base64.getDecoder().decode(request.key) : request.key;
    }

    private static Opcode opcode(Request<?> request) {
        return switch (request.kind) {
            case GET -> request.leavesOutMisses ? Opcode.GETQ : Opcode.GET;
            case GET_AND_TOUCH -> Opcode.GAT;
            case TOUCH -> Opcode.TOUCH;
            case SET, COMPARE_AND_SET -> Opcode.SET;
            case ADD -> Opcode.ADD;
            case REPLACE -> Opcode.REPLACE;
            case APPEND -> Opcode.APPEND;
            case PREPEND -> Opcode.PREPEND;
            case DELETE, COMPARE_AND_DELETE -> Opcode.DELETE;
            case INCREMENT -> Opcode.INCREMENT;
            case DECREMENT -> Opcode.DECREMENT;
            case PROBE -> Opcode.NOOP;
            case VERSION -> Opcode.VERSION;
            case STATS -> Opcode.STAT;
            case FLUSH_ALL -> Opcode.FLUSH;
            case MECHANISMS -> Opcode.SASL_LIST;
            case AUTHENTICATE -> Opcode.SASL_AUTH;
            case AUTHENTICATE_STEP -> Opcode.SASL_STEP;
            case MARK_STALE, LINE ->
                    throw new IllegalStateException("not in this protocol: kind=" + request.kind);
        };
    }
}
