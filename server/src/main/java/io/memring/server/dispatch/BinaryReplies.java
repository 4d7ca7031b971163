package io.memring.server.dispatch;

import io.memring.engine.EngineWorker;
import io.memring.engine.command.Command;
import io.memring.engine.command.FetchOutcome;
import io.memring.engine.command.StoreOutcome;
import io.memring.protocol.binary.BinaryReplyEncoder;
import io.memring.protocol.binary.BinaryRequestDecoder;
import io.memring.protocol.binary.BinaryStatus;
import io.netty.buffer.ByteBuf;

/** Turns the outcomes of commands into binary replies. */
final class BinaryReplies {
    private BinaryReplies() {}

    /**
     * Writes the reply to a command that has run.
     *
     * @return false when the item that was read has been overtaken by a write: nothing was written,
     *     the command must be executed again
     */
    static boolean answer(
            EngineWorker engine, BinaryRequestDecoder decoder, Command command, ReplyBuffer out) {
        return switch (command.operation) {
            case FETCH -> item(engine, decoder, command, out);
            case TOUCH -> touched(decoder, command, out);
            case STORE, COMMIT -> stored(decoder, command, out);
            case DELETE -> deleted(decoder, command, out);
            case DELTA -> number(decoder, command, out);
            case RESERVE, ABORT ->
                    throw new IllegalArgumentException("nobody waits for " + command.operation);
        };
    }

    private static boolean item(
            EngineWorker engine, BinaryRequestDecoder decoder, Command command, ReplyBuffer out) {
        if (command.fetchOutcome != FetchOutcome.HIT) {
            return missed(decoder, out);
        }
        ByteBuf reply = FetchedValue.reserve(engine, command, out, BinaryReplyEncoder.MAX_HEAD);
        int start = reply.writerIndex();
        int clientFlags = command.itemClientFlags;
        int valueLength = command.itemValueLength;
        long casUnique = command.itemCas;
        if (repeatsKey(decoder)) {
            BinaryReplyEncoder.itemWithKey(reply, decoder, clientFlags, valueLength, casUnique);
        } else {
            BinaryReplyEncoder.item(reply, decoder, clientFlags, valueLength, casUnique);
        }
        return FetchedValue.copy(engine, command, reply, start);
    }

    private static boolean repeatsKey(BinaryRequestDecoder decoder) {
        return switch (decoder.opcode()) {
            case GETK, GETKQ, GATK, GATKQ -> true;
            default -> false;
        };
    }

    /** A miss that is not hidden; whoever wants keys gets the key in place of the text. */
    private static boolean missed(BinaryRequestDecoder decoder, ReplyBuffer out) {
        if (decoder.opcode().isQuiet()) {
            return true;
        }
        if (repeatsKey(decoder)) {
            BinaryReplyEncoder.missWithKey(out.reserve(BinaryReplyEncoder.MAX_HEAD), decoder);
            return true;
        }
        return error(decoder, BinaryStatus.NOT_FOUND, out);
    }

    /** Client flags and CAS unique as with a get, but no value. */
    private static boolean touched(BinaryRequestDecoder decoder, Command command, ReplyBuffer out) {
        if (command.fetchOutcome != FetchOutcome.HIT) {
            return missed(decoder, out);
        }
        ByteBuf reply = out.reserve(BinaryReplyEncoder.MAX_HEAD);
        BinaryReplyEncoder.item(reply, decoder, command.itemClientFlags, 0, command.itemCas);
        return true;
    }

    static boolean stored(BinaryRequestDecoder decoder, Command command, ReplyBuffer out) {
        return switch (command.storeOutcome) {
            case STORED -> success(decoder, command.itemCas, out);
            case NOT_STORED -> error(decoder, notStored(decoder), out);
            case EXISTS -> error(decoder, BinaryStatus.EXISTS, out);
            case NOT_FOUND -> error(decoder, BinaryStatus.NOT_FOUND, out);
            case TOO_LARGE, NO_MEMORY -> storeRefused(decoder, command.storeOutcome, out);
        };
    }

    /** Add and replace say why they did not store. */
    private static BinaryStatus notStored(BinaryRequestDecoder decoder) {
        return switch (decoder.opcode()) {
            case ADD, ADDQ -> BinaryStatus.EXISTS;
            case REPLACE, REPLACEQ -> BinaryStatus.NOT_FOUND;
            default -> BinaryStatus.NOT_STORED;
        };
    }

    /** A value that did not fit. */
    static boolean storeRefused(
            BinaryRequestDecoder decoder, StoreOutcome reason, ReplyBuffer out) {
        boolean tooLarge = reason == StoreOutcome.TOO_LARGE;
        return error(
                decoder, tooLarge ? BinaryStatus.TOO_LARGE : BinaryStatus.NO_MEMORY_STORING, out);
    }

    private static boolean deleted(BinaryRequestDecoder decoder, Command command, ReplyBuffer out) {
        return switch (command.deleteOutcome) {
            case DELETED -> success(decoder, 0, out);
            case NOT_FOUND, NOT_STORED -> error(decoder, BinaryStatus.NOT_FOUND, out);
            case EXISTS -> error(decoder, BinaryStatus.EXISTS, out);
        };
    }

    private static boolean number(BinaryRequestDecoder decoder, Command command, ReplyBuffer out) {
        return switch (command.deltaOutcome) {
            case OK, CREATED -> {
                if (!decoder.opcode().isQuiet()) {
                    ByteBuf reply = out.reserve(BinaryReplyEncoder.MAX_HEAD);
                    BinaryReplyEncoder.number(reply, decoder, command.number, command.itemCas);
                }
                yield true;
            }
            case NOT_FOUND -> error(decoder, BinaryStatus.NOT_FOUND, out);
            case NON_NUMERIC -> error(decoder, BinaryStatus.NON_NUMERIC, out);
            case CAS_MISMATCH -> error(decoder, BinaryStatus.EXISTS, out);
            case NO_MEMORY ->
                    error(
                            decoder,
                            command.hasVivify
                                    ? BinaryStatus.NO_MEMORY_CREATING
                                    : BinaryStatus.NO_MEMORY_COUNTING,
                            out);
        };
    }

    static boolean success(BinaryRequestDecoder decoder, long casUnique, ReplyBuffer out) {
        if (!decoder.opcode().isQuiet()) {
            BinaryReplyEncoder.success(
                    out.reserve(BinaryReplyEncoder.MAX_HEAD), decoder, casUnique);
        }
        return true;
    }

    static boolean error(BinaryRequestDecoder decoder, BinaryStatus status, ReplyBuffer out) {
        BinaryReplyEncoder.error(out.reserve(BinaryReplyEncoder.MAX_HEAD), decoder, status);
        return true;
    }
}
