package io.memring.server.dispatch;

import io.memring.engine.Stat;
import io.memring.protocol.binary.BinaryReplyEncoder;
import io.memring.protocol.binary.BinaryRequestDecoder;
import io.memring.protocol.binary.BinaryStatus;

import java.nio.charset.StandardCharsets;

/** Answers the binary requests that are about the node. They are rare, so they may allocate. */
final class BinaryAdminRequests {
    private static final String DETAIL = "detail";

    private BinaryAdminRequests() {}

    static Step answer(DispatchContext context, BinaryRequestDecoder decoder, ReplyBuffer out) {
        switch (decoder.opcode()) {
            case FLUSH, FLUSHQ -> flush(context, decoder, out);
            case VERSION -> version(context, decoder, out);
            case STAT -> stats(context, decoder, out);
            default ->
                    throw new IllegalArgumentException("not about the node: " + decoder.opcode());
        }
        return Step.DONE;
    }

    private static void flush(
            DispatchContext context, BinaryRequestDecoder decoder, ReplyBuffer out) {
        if (!context.node().flushEnabled()) {
            BinaryReplies.error(decoder, BinaryStatus.AUTH_FAILURE, out);
            return;
        }
        context.flush(BinaryCommands.exptime(decoder));
        context.engine().count(Stat.CMD_FLUSH);
        BinaryReplies.success(decoder, 0, out);
    }

    private static void version(
            DispatchContext context, BinaryRequestDecoder decoder, ReplyBuffer out) {
        String version = context.node().version();
        BinaryReplyEncoder.text(
                out.reserve(BinaryReplyEncoder.MAX_HEAD), decoder, BinaryStatus.SUCCESS, version);
    }

    private static void stats(
            DispatchContext context, BinaryRequestDecoder decoder, ReplyBuffer out) {
        if (writeStats(context, key(decoder), (k, v) -> stat(decoder, k, v, out))) {
            stat(decoder, "", "", out);
        } else {
            BinaryReplies.error(decoder, BinaryStatus.NOT_FOUND, out);
        }
    }

    /** False where there is no such group; "reset" and others may go on, as in memcached. */
    private static boolean writeStats(DispatchContext context, String group, StatsSink sink) {
        Node node = context.node();
        if (group.startsWith(DETAIL)) {
            return detail(node, group.substring(DETAIL.length()), sink);
        }
        if (group.isEmpty()) {
            node.writeStats(sink);
        } else if (group.startsWith("reset")) {
            node.resetStats();
        } else if (group.startsWith("settings")) {
            node.writeSettings(sink);
        } else if (group.equals("conns")) {
            node.writeConnections(sink);
        } else {
            return ClassStats.write(group, context.cache(), sink);
        }
        return true;
    }

    /** False where it is not allowed, or nothing known is asked for. */
    private static boolean detail(Node node, String what, StatsSink sink) {
        boolean on = what.startsWith(" on");
        if (!node.dumpEnabled()) {
            return false;
        }
        if (what.startsWith(" dump")) {
            sink.stat("detailed", node.prefixStats().dump());
        } else if (on || what.startsWith(" off")) {
            node.prefixStats().enable(on);
        } else {
            return false;
        }
        return true;
    }

    private static String key(BinaryRequestDecoder decoder) {
        return decoder.keyBuffer()
                .toString(decoder.keyIndex(), decoder.keyLength(), StandardCharsets.ISO_8859_1);
    }

    private static void stat(
            BinaryRequestDecoder decoder, String key, String value, ReplyBuffer out) {
        int room = BinaryReplyEncoder.MAX_HEAD + key.length() + 3 * value.length();
        BinaryReplyEncoder.stat(out.reserve(room), decoder, key, value);
    }
}
