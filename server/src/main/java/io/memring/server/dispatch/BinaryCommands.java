package io.memring.server.dispatch;

import io.memring.engine.EngineWorker;
import io.memring.engine.command.Command;
import io.memring.engine.command.Operation;
import io.memring.engine.command.StoreMode;
import io.memring.protocol.binary.BinaryRequestDecoder;

/** Turns decoded binary requests into commands. */
final class BinaryCommands {
    /** The exptime that forbids to create a missing number. */
    private static final int DO_NOT_CREATE = 0xffff_ffff;

    private BinaryCommands() {}

    private static Command start(
            Command command, BinaryRequestDecoder decoder, Operation operation) {
        command.reset(operation);
        long address = decoder.keyBuffer().memoryAddress() + decoder.keyIndex();
        int length = decoder.keyLength();
        command.keyAddress = address;
        command.keyLength = length;
        command.hash = EngineWorker.hash(address, length);
        return command;
    }

    /** A CAS unique of 0 asks for no comparison, in any request. */
    private static void compareCas(Command command, BinaryRequestDecoder decoder) {
        long casUnique = decoder.casUnique();
        command.hasCasCompare = casUnique != 0;
        command.casCompare = casUnique;
    }

    /** Get, get and touch, and touch, which reads client flags and CAS unique as well. */
    static Command fillFetch(Command command, BinaryRequestDecoder decoder) {
        return switch (decoder.opcode()) {
            case TOUCH -> touching(start(command, decoder, Operation.TOUCH), decoder);
            case GAT, GATQ, GATK, GATKQ -> touching(fillGet(command, decoder), decoder);
            default -> fillGet(command, decoder);
        };
    }

    private static Command fillGet(Command command, BinaryRequestDecoder decoder) {
        start(command, decoder, Operation.FETCH);
        command.wantsValue = true;
        return command;
    }

    private static Command touching(Command command, BinaryRequestDecoder decoder) {
        command.hasTouch = true;
        command.touchExptime = exptime(decoder);
        return command;
    }

    /**
     * A storage request; the caller says where the value is. Where items have no CAS uniques, none
     * is compared.
     */
    static Command fillStore(Command command, BinaryRequestDecoder decoder, boolean casEnabled) {
        boolean compares = casEnabled && decoder.casUnique() != 0;
        start(command, decoder, Operation.STORE);
        command.valueLength = decoder.valueLength();
        command.storeMode = storeMode(decoder, compares);
        command.forgetsOld = isSet(decoder);
        command.clientFlags = decoder.clientFlags();
        command.exptime = exptime(decoder);
        command.hasCasCompare = compares;
        command.casCompare = decoder.casUnique();
        return command;
    }

    private static boolean isSet(BinaryRequestDecoder decoder) {
        return switch (decoder.opcode()) {
            case SET, SETQ -> true;
            default -> false;
        };
    }

    /** With a CAS unique to compare, add and replace are what set is then. */
    private static StoreMode storeMode(BinaryRequestDecoder decoder, boolean compares) {
        return switch (decoder.opcode()) {
            case ADD, ADDQ -> compares ? StoreMode.SET : StoreMode.ADD;
            case REPLACE, REPLACEQ -> compares ? StoreMode.SET : StoreMode.REPLACE;
            case APPEND, APPENDQ -> StoreMode.APPEND;
            case PREPEND, PREPENDQ -> StoreMode.PREPEND;
            default -> StoreMode.SET;
        };
    }

    static Command fillDelete(Command command, BinaryRequestDecoder decoder) {
        start(command, decoder, Operation.DELETE);
        compareCas(command, decoder);
        return command;
    }

    static Command fillDelta(Command command, BinaryRequestDecoder decoder) {
        start(command, decoder, Operation.DELTA);
        command.decrement =
                switch (decoder.opcode()) {
                    case DECREMENT, DECREMENTQ -> true;
                    default -> false;
                };
        command.delta = decoder.delta();
        command.initial = decoder.initial();
        command.hasVivify = decoder.exptime() != DO_NOT_CREATE;
        command.vivifyExptime = exptime(decoder);
        compareCas(command, decoder);
        return command;
    }

    /** Unsigned on the wire: what is negative here is a moment after 2038, not one that is past. */
    static int exptime(BinaryRequestDecoder decoder) {
        int exptime = decoder.exptime();
        return exptime < 0 ? Integer.MAX_VALUE : exptime;
    }
}
