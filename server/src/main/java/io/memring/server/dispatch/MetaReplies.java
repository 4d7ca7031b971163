package io.memring.server.dispatch;

import io.memring.engine.EngineWorker;
import io.memring.engine.Stat;
import io.memring.engine.command.Command;
import io.memring.engine.command.DeleteOutcome;
import io.memring.engine.command.DeltaOutcome;
import io.memring.engine.command.FetchOutcome;
import io.memring.engine.command.StoreOutcome;
import io.memring.protocol.text.MetaCode;
import io.memring.protocol.text.MetaFlags;
import io.memring.protocol.text.MetaReplyEncoder;
import io.memring.protocol.text.TextError;
import io.memring.protocol.text.TextReply;
import io.memring.protocol.text.TextReplyEncoder;
import io.memring.protocol.text.TextRequestDecoder;
import io.memring.protocol.text.Verb;
import io.netty.buffer.ByteBuf;

import java.nio.charset.StandardCharsets;
import java.util.Base64;

/**
 * Turns the outcomes of meta commands into replies. Flags come back in the order of the request; a
 * flag that asks for nothing to be returned is passed over. The quiet flag hides the ordinary
 * outcome of a command (a miss of mg, the success of the others), never an error.
 */
final class MetaReplies {
    /** Room for a code, every flag (an opaque, a key in base64, numbers) and the line ends. */
    static final int MAX_HEADER = 640;

    private MetaReplies() {}

    static boolean item(
            EngineWorker engine,
            TextRequestDecoder decoder,
            Command command,
            ByteBuf line,
            ReplyBuffer out) {
        MetaFlags flags = decoder.meta();
        return switch (command.fetchOutcome) {
            case MISS, NO_MEMORY -> miss(decoder, flags, line, out);
            case HIT, CREATED -> hit(engine, decoder, command, line, out);
        };
    }

    private static boolean miss(
            TextRequestDecoder decoder, MetaFlags flags, ByteBuf line, ReplyBuffer out) {
        if (flags.quiet()) {
            return true;
        }
        ByteBuf reply = out.reserve(MAX_HEADER);
        MetaReplyEncoder.code(reply, MetaCode.EN);
        echo(decoder, line, reply);
        TextReplyEncoder.crlf(reply);
        return true;
    }

    private static boolean hit(
            EngineWorker engine,
            TextRequestDecoder decoder,
            Command command,
            ByteBuf line,
            ReplyBuffer out) {
        boolean withValue =
                command.wantsValue
                        && !(command.hasCasCompare && command.itemCas == command.casCompare);
        ByteBuf reply = FetchedValue.reserve(engine, command, out, MAX_HEADER);
        int start = reply.writerIndex();
        if (withValue) {
            MetaReplyEncoder.valueCode(reply, command.itemValueLength);
        } else {
            MetaReplyEncoder.code(reply, MetaCode.HD);
        }
        itemFlags(decoder, command, line, reply);
        winFlags(command, reply);
        TextReplyEncoder.crlf(reply);
        if (withValue) {
            return TextReplies.value(engine, command, reply, start);
        }
        if (engine.finish(command)) {
            return true;
        }
        reply.writerIndex(start);
        return false;
    }

    private static void itemFlags(
            TextRequestDecoder decoder, Command command, ByteBuf line, ByteBuf reply) {
        MetaFlags flags = decoder.meta();
        boolean timeIsSet = false;
        for (int i = 0; i < flags.count(); i++) {
            switch (flags.letter(i)) {
                case 'T', 'N' -> timeIsSet = true;
                case 's' -> MetaReplyEncoder.flag(reply, 's', command.itemValueLength);
                case 't' -> MetaReplyEncoder.ttl(reply, 't', ttl(command, timeIsSet));
                case 'c' -> MetaReplyEncoder.flag(reply, 'c', command.itemCas);
                case 'f' ->
                        MetaReplyEncoder.flag(
                                reply, 'f', Integer.toUnsignedLong(command.itemClientFlags));
                case 'l' -> MetaReplyEncoder.flag(reply, 'l', command.itemIdleSeconds);
                case 'h' -> MetaReplyEncoder.flag(reply, 'h', command.itemHitBefore ? 1 : 0);
                case 'O' -> opaque(flags, i, line, reply);
                case 'k' -> key(decoder, command.itemKeyIsBinary, reply);
                default -> {}
            }
        }
    }

    /**
     * Flags act in request order: a t before the T or N that sets the time shows the time before.
     */
    private static int ttl(Command command, boolean timeIsSet) {
        return timeIsSet ? command.itemTtlSeconds : command.itemTtlBeforeSeconds;
    }

    private static void winFlags(Command command, ByteBuf reply) {
        if (command.itemWinSent) {
            MetaReplyEncoder.flag(reply, 'Z');
        }
        if (command.itemStale) {
            MetaReplyEncoder.flag(reply, 'X');
        }
        if (command.itemWon) {
            MetaReplyEncoder.flag(reply, 'W');
        }
    }

    static boolean stored(
            TextRequestDecoder decoder, Command command, ByteBuf line, ReplyBuffer out) {
        StoreOutcome outcome = command.storeOutcome;
        return switch (outcome) {
            case STORED ->
                    decoder.meta().quiet() || storedLine(MetaCode.HD, decoder, command, line, out);
            case NOT_STORED -> storedLine(MetaCode.NS, decoder, command, line, out);
            case EXISTS -> storedLine(MetaCode.EX, decoder, command, line, out);
            case NOT_FOUND -> storedLine(MetaCode.NF, decoder, command, line, out);
            case TOO_LARGE, NO_MEMORY ->
                    TextReplies.storeRefused(decoder, Verb.META_SET, outcome, out);
        };
    }

    private static boolean storedLine(
            MetaCode code,
            TextRequestDecoder decoder,
            Command command,
            ByteBuf line,
            ReplyBuffer out) {
        MetaFlags flags = decoder.meta();
        boolean stored = code == MetaCode.HD;
        ByteBuf reply = out.reserve(MAX_HEADER);
        MetaReplyEncoder.code(reply, code);
        for (int i = 0; i < flags.count(); i++) {
            switch (flags.letter(i)) {
                case 'O' -> opaque(flags, i, line, reply);
                case 'k' -> key(decoder, flags.base64Key(), reply);
                case 'c' -> MetaReplyEncoder.flag(reply, 'c', stored ? command.itemCas : 0);
                case 's' ->
                        MetaReplyEncoder.flag(
                                reply, 's', stored ? command.itemValueLength : command.valueLength);
                default -> {}
            }
        }
        TextReplyEncoder.crlf(reply);
        return true;
    }

    static boolean deleted(
            TextRequestDecoder decoder, Command command, ByteBuf line, ReplyBuffer out) {
        DeleteOutcome outcome = command.deleteOutcome;
        return switch (outcome) {
            case DELETED -> decoder.meta().quiet() || echoLine(MetaCode.HD, decoder, line, out);
            case NOT_FOUND -> echoLine(MetaCode.NF, decoder, line, out);
            case EXISTS -> echoLine(MetaCode.EX, decoder, line, out);
            case NOT_STORED -> TextReplies.error(TextError.NO_MEMORY, out);
        };
    }

    static boolean number(
            TextRequestDecoder decoder, Command command, ByteBuf line, ReplyBuffer out) {
        DeltaOutcome outcome = command.deltaOutcome;
        return switch (outcome) {
            case OK, CREATED -> decoder.meta().quiet() || numberLine(decoder, command, line, out);
            case NOT_FOUND -> echoLine(MetaCode.NF, decoder, line, out);
            case CAS_MISMATCH -> echoLine(MetaCode.EX, decoder, line, out);
            case NON_NUMERIC -> TextReplies.error(TextError.NON_NUMERIC, out);
            case NO_MEMORY ->
                    TextReplies.error(
                            command.hasVivify ? TextError.NO_MEMORY_NEW_ITEM : TextError.NO_MEMORY,
                            out);
        };
    }

    private static boolean numberLine(
            TextRequestDecoder decoder, Command command, ByteBuf line, ReplyBuffer out) {
        MetaFlags flags = decoder.meta();
        ByteBuf reply = out.reserve(MAX_HEADER);
        boolean withValue = flags.wantsValue();
        if (withValue) {
            MetaReplyEncoder.valueCode(reply, decimalLength(command.number));
        } else {
            MetaReplyEncoder.code(reply, MetaCode.HD);
        }
        boolean timeIsSet = false;
        for (int i = 0; i < flags.count(); i++) {
            switch (flags.letter(i)) {
                case 'T', 'N' -> timeIsSet = true;
                case 'c' -> MetaReplyEncoder.flag(reply, 'c', command.itemCas);
                case 't' -> MetaReplyEncoder.ttl(reply, 't', ttl(command, timeIsSet));
                case 'O' -> opaque(flags, i, line, reply);
                case 'k' -> key(decoder, flags.base64Key(), reply);
                default -> {}
            }
        }
        TextReplyEncoder.crlf(reply);
        if (withValue) {
            TextReplyEncoder.number(reply, command.number);
        }
        return true;
    }

    private static int decimalLength(long unsigned) {
        int digits = 1;
        for (long rest = unsigned; Long.compareUnsigned(rest, 10) >= 0; digits++) {
            rest = Long.divideUnsigned(rest, 10);
        }
        return digits;
    }

    /** {@code ME <key> exp=… la=… cas=… fetch=… cls=… size=…}; rare, so it may allocate. */
    static boolean debug(
            EngineWorker engine, TextRequestDecoder decoder, Command command, ReplyBuffer out) {
        if (command.fetchOutcome != FetchOutcome.HIT) {
            engine.count(Stat.CMD_META);
            TextReply.EN.writeTo(out.reserve(TextReplies.MAX_LINE));
            return true;
        }
        String attributes =
                " exp=%d la=%d cas=%s fetch=%s cls=%d size=%d"
                        .formatted(
                                command.itemTtlSeconds,
                                command.itemIdleSeconds,
                                Long.toUnsignedString(command.itemCas),
                                command.itemHitBefore ? "yes" : "no",
                                command.itemSlabClassId,
                                command.itemTotalBytes);
        if (!engine.finish(command)) {
            return false;
        }
        engine.count(Stat.CMD_META);
        ByteBuf reply = out.reserve(MAX_HEADER);
        reply.writeByte('M').writeByte('E').writeByte(' ');
        if (command.itemKeyIsBinary) {
            byte[] key = new byte[decoder.keyLength()];
            decoder.keyBuffer().getBytes(decoder.keyIndex(), key);
            reply.writeBytes(Base64.getEncoder().encode(key));
        } else {
            reply.writeBytes(decoder.keyBuffer(), decoder.keyIndex(), decoder.keyLength());
        }
        reply.writeCharSequence(attributes, StandardCharsets.US_ASCII);
        TextReplyEncoder.crlf(reply);
        return true;
    }

    private static boolean echoLine(
            MetaCode code, TextRequestDecoder decoder, ByteBuf line, ReplyBuffer out) {
        ByteBuf reply = out.reserve(MAX_HEADER);
        MetaReplyEncoder.code(reply, code);
        echo(decoder, line, reply);
        TextReplyEncoder.crlf(reply);
        return true;
    }

    /** What replies without an item still return: opaque and key. */
    private static void echo(TextRequestDecoder decoder, ByteBuf line, ByteBuf reply) {
        MetaFlags flags = decoder.meta();
        for (int i = 0; i < flags.count(); i++) {
            switch (flags.letter(i)) {
                case 'O' -> opaque(flags, i, line, reply);
                case 'k' -> key(decoder, flags.base64Key(), reply);
                default -> {}
            }
        }
    }

    private static void opaque(MetaFlags flags, int i, ByteBuf line, ByteBuf reply) {
        MetaReplyEncoder.flag(reply, 'O', line, flags.tokenIndex(i), flags.tokenLength(i));
    }

    /** A key that is marked binary goes out in base64, followed by the flag that says so. */
    private static void key(TextRequestDecoder decoder, boolean binary, ByteBuf reply) {
        ByteBuf key = decoder.keyBuffer();
        int index = decoder.keyIndex();
        int length = decoder.keyLength();
        if (binary) {
            MetaReplyEncoder.base64(reply, key, index, length);
            MetaReplyEncoder.flag(reply, 'b');
        } else {
            MetaReplyEncoder.flag(reply, 'k', key, index, length);
        }
    }
}
