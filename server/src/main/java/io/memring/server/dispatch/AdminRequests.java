package io.memring.server.dispatch;

import io.memring.engine.Stat;
import io.memring.protocol.text.TextError;
import io.memring.protocol.text.TextReply;
import io.memring.protocol.text.TextReplyEncoder;
import io.memring.protocol.text.TextRequestDecoder;
import io.memring.protocol.text.Verb;
import io.netty.buffer.ByteBuf;

import java.nio.charset.StandardCharsets;

/** Answers the requests that are about the node. They are rare, so they may allocate. */
final class AdminRequests {
    private static final int SMALLEST_LIMIT_MEGABYTES = 8;
    private static final int LARGEST_LIMIT_MEGABYTES = 1_000_000_000;

    /** Room for a statistics line: the longest keys and values are paths. */
    private static final int MAX_STAT_LINE = 1024;

    private AdminRequests() {}

    static Step answer(
            DispatchContext context, TextRequestDecoder decoder, Verb verb, ReplyBuffer out) {
        out.mark();
        Step step = execute(context, decoder, verb, out);
        if (decoder.noreply()) {
            out.rewind();
        } else {
            out.release();
        }
        return step;
    }

    private static Step execute(
            DispatchContext context, TextRequestDecoder decoder, Verb verb, ReplyBuffer out) {
        return switch (verb) {
            case FLUSH_ALL -> flushAll(context, decoder, out);
            case VERSION -> version(context, out);
            case VERBOSITY -> verbosity(context, decoder, out);
            case SHUTDOWN -> shutdown(context, decoder, out);
            case STATS -> stats(context, decoder, out);
            case CACHE_MEMLIMIT -> memoryLimit(context, decoder, out);
            case DEBUGTIME -> debugTime(context, decoder, out);
            case REFRESH_CERTS -> refreshCertificates(context, out);
            default -> throw new IllegalArgumentException("not about the node: " + verb);
        };
    }

    private static Step flushAll(
            DispatchContext context, TextRequestDecoder decoder, ReplyBuffer out) {
        context.engine().count(Stat.CMD_FLUSH);
        if (!context.node().flushEnabled()) {
            return error(TextError.FLUSH_NOT_ALLOWED, out);
        }
        context.flush(decoder.exptime());
        return reply(TextReply.OK, out);
    }

    private static Step version(DispatchContext context, ReplyBuffer out) {
        return line("VERSION " + context.node().version(), out);
    }

    private static Step verbosity(
            DispatchContext context, TextRequestDecoder decoder, ReplyBuffer out) {
        long level = unsigned(decoder, 1);
        context.node().verbosity((int) Math.min(level, Integer.MAX_VALUE));
        return reply(TextReply.OK, out);
    }

    private static Step shutdown(
            DispatchContext context, TextRequestDecoder decoder, ReplyBuffer out) {
        Node node = context.node();
        if (!node.shutdownEnabled()) {
            return error(TextError.SHUTDOWN_NOT_ENABLED, out);
        }
        boolean graceful = decoder.tokenCount() == 2 && "graceful".equals(decoder.token(1));
        if (decoder.tokenCount() > 1 && !graceful) {
            return error(TextError.INVALID_SHUTDOWN_MODE, out);
        }
        node.shutdown(graceful);
        return Step.CLOSE;
    }

    private static Step memoryLimit(
            DispatchContext context, TextRequestDecoder decoder, ReplyBuffer out) {
        long megabytes = unsigned(decoder, 1);
        if (megabytes < 0) {
            return reply(TextReply.ERROR, out);
        }
        if (megabytes < SMALLEST_LIMIT_MEGABYTES) {
            return line("MEMLIMIT_TOO_SMALL cannot set maxbytes to less than 8m", out);
        }
        if (megabytes > LARGEST_LIMIT_MEGABYTES) {
            return line("MEMLIMIT_ADJUST_FAILED input value is megabytes not bytes", out);
        }
        if (!context.cache().setMemoryLimit(megabytes << 20)) {
            return line("MEMLIMIT_ADJUST_FAILED out of bounds or unable to adjust", out);
        }
        return reply(TextReply.OK, out);
    }

    private static Step refreshCertificates(DispatchContext context, ReplyBuffer out) {
        String error = context.node().refreshCertificates();
        return error == null ? reply(TextReply.OK, out) : line(error, out);
    }

    /** {@code debugtime p} stops the clock, {@code r} lets it go on, a number moves it. */
    private static Step debugTime(
            DispatchContext context, TextRequestDecoder decoder, ReplyBuffer out) {
        Node node = context.node();
        if (!node.debugCommands() || decoder.tokenCount() < 2) {
            return reply(TextReply.ERROR, out);
        }
        String argument = decoder.token(1);
        if (argument.equals("p") || argument.equals("r")) {
            node.pauseClock(argument.equals("p"));
            return reply(TextReply.OK, out);
        }
        try {
            node.advanceClock(Integer.parseInt(argument));
            return reply(TextReply.OK, out);
        } catch (NumberFormatException notANumber) {
            return reply(TextReply.ERROR, out);
        }
    }

    /** Any prefix of a sub-command's name stands for it, as in memcached. */
    private static Step stats(
            DispatchContext context, TextRequestDecoder decoder, ReplyBuffer out) {
        Node node = context.node();
        if (decoder.tokenCount() < 2) {
            node.writeStats((key, value) -> stat(key, value, out));
            return reply(TextReply.END, out);
        }
        String what = decoder.token(1);
        if ("reset".startsWith(what)) {
            node.resetStats();
            return reply(TextReply.RESET, out);
        }
        if ("detail".startsWith(what)) {
            return detail(node, decoder, out);
        }
        if ("settings".startsWith(what)) {
            node.writeSettings((key, value) -> stat(key, value, out));
            return reply(TextReply.END, out);
        }
        if ("conns".equals(what)) {
            node.writeConnections((key, value) -> stat(key, value, out));
            return reply(TextReply.END, out);
        }
        boolean known = ClassStats.write(what, context.cache(), (k, v) -> stat(k, v, out));
        return reply(known ? TextReply.END : TextReply.ERROR, out);
    }

    private static Step detail(Node node, TextRequestDecoder decoder, ReplyBuffer out) {
        if (!node.dumpEnabled()) {
            return error(TextError.DETAIL_NOT_ALLOWED, out);
        }
        String what = decoder.tokenCount() > 2 ? decoder.token(2) : "";
        if (what.isEmpty()) {
            return error(TextError.DETAIL_USAGE, out);
        }
        if ("on".startsWith(what) || "off".startsWith(what)) {
            node.prefixStats().enable("on".startsWith(what));
            return reply(TextReply.OK, out);
        }
        if ("dump".startsWith(what)) {
            String lines = node.prefixStats().dump();
            out.reserve(lines.length()).writeCharSequence(lines, StandardCharsets.ISO_8859_1);
            return Step.DONE;
        }
        return error(TextError.DETAIL_USAGE, out);
    }

    private static void stat(String key, String value, ReplyBuffer out) {
        int length = key.length() + 3 * value.length() + 16;
        TextReplyEncoder.stat(out.reserve(Math.max(length, MAX_STAT_LINE)), key, value);
    }

    /** A token as an unsigned 32-bit number, -1 where there is none. */
    private static long unsigned(TextRequestDecoder decoder, int token) {
        if (token >= decoder.tokenCount()) {
            return -1;
        }
        try {
            return Integer.toUnsignedLong(Integer.parseUnsignedInt(decoder.token(token)));
        } catch (NumberFormatException notANumber) {
            return -1;
        }
    }

    private static Step line(String text, ReplyBuffer out) {
        ByteBuf reply = out.reserve(MAX_STAT_LINE);
        reply.writeCharSequence(text, StandardCharsets.US_ASCII);
        TextReplyEncoder.crlf(reply);
        return Step.DONE;
    }

    private static Step reply(TextReply reply, ReplyBuffer out) {
        reply.writeTo(out.reserve(TextReplies.MAX_LINE));
        return Step.DONE;
    }

    private static Step error(TextError error, ReplyBuffer out) {
        error.writeTo(out.reserve(TextReplies.MAX_LINE));
        return Step.DONE;
    }
}
