package io.memring.server.dispatch;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.memring.protocol.binary.BinaryRequestDecoder;
import io.memring.protocol.text.TextRequestDecoder;
import io.memring.protocol.text.Verb;
import io.memring.sasl.CommandClass;
import io.memring.sasl.Permissions;
import io.netty.buffer.ByteBuf;

import org.jspecify.annotations.Nullable;

import java.nio.charset.StandardCharsets;
import java.util.Set;

/**
 * What one user may not do. Users who may do everything have none, so that their requests pay for
 * nothing but the question whether there is one.
 */
final class AccessGuard {
    /** What everybody may know about a node. */
    private static final Set<String> OPEN_STATS = Set.of("", "settings", "items", "slabs");

    private static final int SUB_COMMAND = 1;

    private final boolean reads;
    private final boolean writes;
    private final boolean administers;

    /** A key must begin with one of them; none allow all keys. */
    private final byte[][] prefixes;

    private AccessGuard(Permissions permissions) {
        reads = permissions.commands().contains(CommandClass.READ);
        writes = permissions.commands().contains(CommandClass.WRITE);
        administers = permissions.commands().contains(CommandClass.ADMIN);
        prefixes =
                permissions.keyPrefixes().stream()
                        .map(prefix -> prefix.getBytes(UTF_8))
                        .toArray(byte[][]::new);
    }

    /** Null for a user who may do everything. */
    static @Nullable AccessGuard of(Permissions permissions) {
        return permissions.isUnrestricted() ? null : new AccessGuard(permissions);
    }

    /** Whether a request must not be served; the keys of get, gets, gat and gats come later. */
    boolean forbids(Verb verb, TextRequestDecoder decoder) {
        return switch (verb) {
            case SET, ADD, REPLACE, APPEND, PREPEND, CAS, META_SET -> !(writes && hasKey(decoder));
            case INCR, DECR, DELETE, TOUCH, META_DELETE, META_ARITHMETIC ->
                    !(writes && hasKey(decoder));
            case META_GET -> !(reads && (writes || !changes(decoder)) && hasKey(decoder));
            case META_DEBUG -> !(reads && hasKey(decoder));
            case STATS -> !(administers || OPEN_STATS.contains(subCommand(decoder)));
            case FLUSH_ALL, VERBOSITY, SHUTDOWN, CACHE_MEMLIMIT, DEBUGTIME, REFRESH_CERTS ->
                    !administers;
            case SLABS, LRU, LRU_CRAWLER, WATCH, EXTSTORE -> !administers;
            case GET, GETS, GAT, GATS, META_NOOP, VERSION, QUIT -> false;
            case INCOMPLETE, UNKNOWN, INVALID, CLOSE -> false;
        };
    }

    /** Whether the next key of get, gets, gat or gats must not be served. */
    boolean forbidsKey(Verb verb, TextRequestDecoder decoder) {
        boolean touches = verb == Verb.GAT || verb == Verb.GATS;
        return !(reads && (writes || !touches) && hasKey(decoder));
    }

    /** A meta get may touch, make or claim an item. */
    private static boolean changes(TextRequestDecoder decoder) {
        return decoder.meta().has('T') || decoder.meta().has('N') || decoder.meta().has('R');
    }

    private boolean hasKey(TextRequestDecoder decoder) {
        return allowsKey(decoder.keyBuffer(), decoder.keyIndex(), decoder.keyLength());
    }

    private static String subCommand(TextRequestDecoder decoder) {
        return decoder.tokenCount() > SUB_COMMAND ? decoder.token(SUB_COMMAND) : "";
    }

    /** Whether a request must not be served. */
    boolean forbids(BinaryRequestDecoder decoder) {
        return switch (decoder.opcode()) {
            case GET, GETQ, GETK, GETKQ -> !(reads && hasKey(decoder));
            case GAT, GATQ, GATK, GATKQ -> !(reads && writes && hasKey(decoder));
            case SET, SETQ, ADD, ADDQ, REPLACE, REPLACEQ, APPEND, APPENDQ, PREPEND, PREPENDQ ->
                    !(writes && hasKey(decoder));
            case DELETE, DELETEQ, INCREMENT, INCREMENTQ, DECREMENT, DECREMENTQ, TOUCH ->
                    !(writes && hasKey(decoder));
            case FLUSH, FLUSHQ -> !administers;
            case STAT -> !(administers || OPEN_STATS.contains(group(decoder)));
            case NOOP, QUIT, QUITQ, VERSION, SASL_LIST, SASL_AUTH, SASL_STEP -> false;
        };
    }

    private boolean hasKey(BinaryRequestDecoder decoder) {
        return allowsKey(decoder.keyBuffer(), decoder.keyIndex(), decoder.keyLength());
    }

    private static String group(BinaryRequestDecoder decoder) {
        return decoder.keyBuffer()
                .toString(decoder.keyIndex(), decoder.keyLength(), StandardCharsets.ISO_8859_1);
    }

    private boolean allowsKey(ByteBuf buffer, int index, int length) {
        for (byte[] prefix : prefixes) {
            if (beginsWith(buffer, index, length, prefix)) {
                return true;
            }
        }
        return prefixes.length == 0;
    }

    private static boolean beginsWith(ByteBuf buffer, int index, int length, byte[] prefix) {
        if (length < prefix.length) {
            return false;
        }
        for (int i = 0; i < prefix.length; i++) {
            if (buffer.getByte(index + i) != prefix[i]) {
                return false;
            }
        }
        return true;
    }
}
