package io.memring.server.dispatch;

import io.memring.engine.EngineWorker;
import io.memring.engine.command.Command;
import io.memring.engine.command.Operation;
import io.memring.engine.command.StoreMode;
import io.memring.protocol.text.MetaFlags;
import io.memring.protocol.text.TextRequestDecoder;
import io.memring.protocol.text.Verb;
import io.netty.buffer.ByteBuf;

import java.lang.foreign.MemorySegment;

/** Turns decoded text requests into commands. */
final class TextCommands {
    private TextCommands() {}

    /** A request about one item that carries no value. */
    static Command fill(Command command, TextRequestDecoder decoder, Verb verb) {
        return switch (verb) {
            case INCR, DECR -> fillDelta(command, decoder, verb);
            case DELETE -> start(command, decoder, Operation.DELETE);
            case TOUCH -> fillTouch(command, decoder);
            case META_GET -> fillMetaGet(command, decoder);
            case META_DELETE -> fillMetaDelete(command, decoder);
            case META_ARITHMETIC -> fillMetaArithmetic(command, decoder);
            case META_DEBUG -> fillMetaDebug(command, decoder);
            default -> throw new IllegalArgumentException("not an item request: " + verb);
        };
    }

    private static Command start(Command command, TextRequestDecoder decoder, Operation operation) {
        command.reset(operation);
        long address = addressOf(decoder.keyBuffer()) + decoder.keyIndex();
        int length = decoder.keyLength();
        command.keyAddress = address;
        command.keyLength = length;
        command.hash = EngineWorker.hash(address, length);
        return command;
    }

    /** Netty knows the address of its own direct buffers, but not always that of a wrapped one. */
    private static long addressOf(ByteBuf buffer) {
        return buffer.hasMemoryAddress()
                ? buffer.memoryAddress()
                : MemorySegment.ofBuffer(buffer.nioBuffer(0, buffer.capacity())).address();
    }

    /** The current key of a get, gets, gat or gats line. */
    static Command fillFetch(Command command, TextRequestDecoder decoder, Verb verb) {
        start(command, decoder, Operation.FETCH);
        command.wantsValue = true;
        if (verb == Verb.GAT || verb == Verb.GATS) {
            command.hasTouch = true;
            command.touchExptime = decoder.exptime();
        }
        return command;
    }

    /** A storage request; the caller says where the value is. */
    static Command fillStore(Command command, TextRequestDecoder decoder, Verb verb) {
        start(command, decoder, Operation.STORE);
        command.valueLength = decoder.valueLength();
        if (verb == Verb.META_SET) {
            return fillMetaSet(command, decoder.meta());
        }
        command.storeMode = TextSession.storeMode(verb);
        command.clientFlags = decoder.clientFlags();
        command.exptime = decoder.exptime();
        if (verb == Verb.CAS) {
            command.hasCasCompare = true;
            command.casCompare = decoder.casUnique();
        }
        return command;
    }

    /**
     * A CAS unique upgrades set and replace, gates append and prepend, and means nothing to add.
     */
    private static Command fillMetaSet(Command command, MetaFlags flags) {
        command.forgetsOld = true;
        command.storeMode = metaStoreMode(flags.mode());
        command.clientFlags = flags.clientFlags();
        command.exptime = flags.hasTouch() ? flags.touchExptime() : 0;
        command.keyIsBinary = flags.base64Key();
        fillExplicitCas(command, flags);
        fillVivify(command, flags);
        if (flags.hasCasCompare() && command.storeMode != StoreMode.ADD) {
            command.hasCasCompare = true;
            command.casCompare = flags.casCompare();
            command.invalidate =
                    flags.invalidate()
                            && (command.storeMode == StoreMode.SET
                                    || command.storeMode == StoreMode.REPLACE);
        }
        return command;
    }

    private static StoreMode metaStoreMode(byte mode) {
        return switch (mode) {
            case 'E' -> StoreMode.ADD;
            case 'A' -> StoreMode.APPEND;
            case 'P' -> StoreMode.PREPEND;
            case 'R' -> StoreMode.REPLACE;
            default -> StoreMode.SET;
        };
    }

    private static Command fillDelta(Command command, TextRequestDecoder decoder, Verb verb) {
        start(command, decoder, Operation.DELTA);
        command.decrement = verb == Verb.DECR;
        command.delta = decoder.delta();
        return command;
    }

    private static Command fillTouch(Command command, TextRequestDecoder decoder) {
        start(command, decoder, Operation.TOUCH);
        command.hasTouch = true;
        command.touchExptime = decoder.exptime();
        return command;
    }

    private static Command fillMetaGet(Command command, TextRequestDecoder decoder) {
        MetaFlags flags = decoder.meta();
        start(command, decoder, Operation.FETCH);
        command.meta = true;
        command.wantsValue = flags.wantsValue();
        command.noBump = flags.noBump();
        fillCasCompare(command, flags);
        fillExplicitCas(command, flags);
        fillTouchFlag(command, flags);
        fillVivify(command, flags);
        if (flags.hasRecache()) {
            command.hasRecache = true;
            command.recacheSeconds = flags.recacheSeconds();
        }
        return command;
    }

    private static Command fillMetaDelete(Command command, TextRequestDecoder decoder) {
        MetaFlags flags = decoder.meta();
        start(command, decoder, Operation.DELETE);
        command.invalidate = flags.invalidate();
        command.removeValue = flags.removeValue();
        command.clientFlags = flags.clientFlags();
        command.exptime = flags.hasTouch() ? flags.touchExptime() : 0;
        fillCasCompare(command, flags);
        fillExplicitCas(command, flags);
        fillTouchFlag(command, flags);
        return command;
    }

    private static Command fillMetaArithmetic(Command command, TextRequestDecoder decoder) {
        MetaFlags flags = decoder.meta();
        start(command, decoder, Operation.DELTA);
        command.decrement = flags.mode() == '-';
        command.delta = flags.delta();
        command.initial = flags.initial();
        fillCasCompare(command, flags);
        // A CAS unique of zero asks for no comparison here.
        command.hasCasCompare &= command.casCompare != 0;
        fillExplicitCas(command, flags);
        fillTouchFlag(command, flags);
        fillVivify(command, flags);
        return command;
    }

    private static Command fillMetaDebug(Command command, TextRequestDecoder decoder) {
        start(command, decoder, Operation.FETCH);
        command.noBump = true;
        command.debug = true;
        return command;
    }

    private static void fillCasCompare(Command command, MetaFlags flags) {
        if (flags.hasCasCompare()) {
            command.hasCasCompare = true;
            command.casCompare = flags.casCompare();
        }
    }

    private static void fillExplicitCas(Command command, MetaFlags flags) {
        if (flags.hasCasExplicit()) {
            command.hasCasExplicit = true;
            command.casExplicit = flags.casExplicit();
        }
    }

    private static void fillTouchFlag(Command command, MetaFlags flags) {
        if (flags.hasTouch()) {
            command.hasTouch = true;
            command.touchExptime = flags.touchExptime();
        }
    }

    private static void fillVivify(Command command, MetaFlags flags) {
        if (flags.hasVivify()) {
            command.hasVivify = true;
            command.vivifyExptime = flags.vivifyExptime();
        }
    }
}
