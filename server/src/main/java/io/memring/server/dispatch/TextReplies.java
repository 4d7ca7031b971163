package io.memring.server.dispatch;

import io.memring.engine.EngineWorker;
import io.memring.engine.command.Command;
import io.memring.engine.command.DeltaOutcome;
import io.memring.engine.command.FetchOutcome;
import io.memring.engine.command.StoreOutcome;
import io.memring.protocol.text.TextError;
import io.memring.protocol.text.TextReply;
import io.memring.protocol.text.TextReplyEncoder;
import io.memring.protocol.text.TextRequestDecoder;
import io.memring.protocol.text.Verb;
import io.netty.buffer.ByteBuf;

/** Turns the outcomes of classic commands into replies; those of meta commands are next door. */
final class TextReplies {
    /** Room for any reply that is one fixed line. */
    static final int MAX_LINE = 96;

    private static final int CRLF_LENGTH = 2;

    /** Room for what is around a value. */
    private static final int MAX_VALUE_FRAME = TextReplyEncoder.MAX_VALUE_HEADER + CRLF_LENGTH;

    private TextReplies() {}

    /**
     * Writes the reply to a command that has run.
     *
     * @param line the buffer that the request line is in
     * @return false when the item that was read has been overtaken by a write: nothing was written,
     *     the command must be executed again
     */
    static boolean answer(
            EngineWorker engine,
            TextRequestDecoder decoder,
            Verb verb,
            Command command,
            ByteBuf line,
            ReplyBuffer out) {
        return switch (verb) {
            case GET, GAT -> item(engine, decoder, command, out, false);
            case GETS, GATS -> item(engine, decoder, command, out, true);
            case SET, ADD, REPLACE, APPEND, PREPEND, CAS -> stored(decoder, verb, command, out);
            case INCR, DECR -> number(decoder, command, out);
            case DELETE -> deleted(decoder, command, out);
            case TOUCH -> touched(decoder, command, out);
            case META_GET -> MetaReplies.item(engine, decoder, command, line, out);
            case META_SET -> MetaReplies.stored(decoder, command, line, out);
            case META_DELETE -> MetaReplies.deleted(decoder, command, line, out);
            case META_ARITHMETIC -> MetaReplies.number(decoder, command, line, out);
            case META_DEBUG -> MetaReplies.debug(engine, decoder, command, out);
            default -> throw new IllegalArgumentException("no item request: " + verb);
        };
    }

    private static boolean item(
            EngineWorker engine,
            TextRequestDecoder decoder,
            Command command,
            ReplyBuffer out,
            boolean withCas) {
        if (command.fetchOutcome != FetchOutcome.HIT) {
            return true;
        }
        int valueLength = command.itemValueLength;
        ByteBuf reply = FetchedValue.reserve(engine, command, out, MAX_VALUE_FRAME);
        int start = reply.writerIndex();
        ByteBuf key = decoder.keyBuffer();
        int keyIndex = decoder.keyIndex();
        int keyLength = decoder.keyLength();
        int clientFlags = command.itemClientFlags;
        if (withCas) {
            TextReplyEncoder.valueWithCas(
                    reply, key, keyIndex, keyLength, clientFlags, valueLength, command.itemCas);
        } else {
            TextReplyEncoder.value(reply, key, keyIndex, keyLength, clientFlags, valueLength);
        }
        return value(engine, command, reply, start);
    }

    /** Writes the value and a CRLF behind its header; false takes all back. */
    static boolean value(EngineWorker engine, Command command, ByteBuf reply, int start) {
        boolean copied = FetchedValue.copy(engine, command, reply, start);
        if (copied) {
            TextReplyEncoder.crlf(reply);
        }
        return copied;
    }

    private static boolean stored(
            TextRequestDecoder decoder, Verb verb, Command command, ReplyBuffer out) {
        return switch (command.storeOutcome) {
            case STORED -> line(decoder, TextReply.STORED, out);
            case NOT_STORED -> line(decoder, TextReply.NOT_STORED, out);
            case EXISTS -> line(decoder, TextReply.EXISTS, out);
            case NOT_FOUND -> line(decoder, TextReply.NOT_FOUND, out);
            case TOO_LARGE, NO_MEMORY -> storeRefused(decoder, verb, command.storeOutcome, out);
        };
    }

    /** A value that did not fit; meta commands hide no errors. */
    static boolean storeRefused(
            TextRequestDecoder decoder, Verb verb, StoreOutcome outcome, ReplyBuffer out) {
        TextError error =
                outcome == StoreOutcome.TOO_LARGE
                        ? TextError.TOO_LARGE
                        : TextError.NO_MEMORY_STORING;
        if (verb == Verb.META_SET || !decoder.noreply()) {
            error(error, out);
        }
        return true;
    }

    private static boolean number(TextRequestDecoder decoder, Command command, ReplyBuffer out) {
        if (decoder.noreply()) {
            return true;
        }
        DeltaOutcome outcome = command.deltaOutcome;
        return switch (outcome) {
            case OK, CREATED -> {
                TextReplyEncoder.number(out.reserve(MAX_LINE), command.number);
                yield true;
            }
            case NOT_FOUND, CAS_MISMATCH -> line(decoder, TextReply.NOT_FOUND, out);
            case NON_NUMERIC -> error(TextError.NON_NUMERIC, out);
            case NO_MEMORY -> error(TextError.NO_MEMORY, out);
        };
    }

    private static boolean deleted(TextRequestDecoder decoder, Command command, ReplyBuffer out) {
        return switch (command.deleteOutcome) {
            case DELETED -> line(decoder, TextReply.DELETED, out);
            case NOT_FOUND, EXISTS, NOT_STORED -> line(decoder, TextReply.NOT_FOUND, out);
        };
    }

    private static boolean touched(TextRequestDecoder decoder, Command command, ReplyBuffer out) {
        boolean hit = command.fetchOutcome == FetchOutcome.HIT;
        return line(decoder, hit ? TextReply.TOUCHED : TextReply.NOT_FOUND, out);
    }

    private static boolean line(TextRequestDecoder decoder, TextReply reply, ReplyBuffer out) {
        if (!decoder.noreply()) {
            reply.writeTo(out.reserve(MAX_LINE));
        }
        return true;
    }

    static boolean error(TextError error, ReplyBuffer out) {
        error.writeTo(out.reserve(MAX_LINE));
        return true;
    }
}
