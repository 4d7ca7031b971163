package io.memring.client.connection;

import static java.nio.charset.StandardCharsets.US_ASCII;

import io.memring.protocol.binary.BinaryReplyDecoder;
import io.memring.protocol.binary.BinaryStatus;
import io.memring.protocol.binary.Opcode;
import io.netty.buffer.ByteBuf;

import org.jspecify.annotations.Nullable;

/**
 * Reads replies of the binary protocol, and tells them by the codes that the meta protocol has for
 * the same. A series of statistics is one reply.
 */
final class BinaryReplyReader extends ReplyReader {

    /** Extras and key in front of a value. */
    private static final int MAX_HEAD = 1024;

    private final BinaryReplyDecoder decoder;

    /** True between the first statistic of a series and the end of it. */
    private boolean inStatistics;

    BinaryReplyReader(int maxValueLength) {
        decoder = new BinaryReplyDecoder(Math.addExact(maxValueLength, MAX_HEAD));
    }

    @Override
    Progress read(ByteBuf in) {
        while (true) {
            switch (decoder.decode(in)) {
                case INCOMPLETE -> {
                    return Progress.INCOMPLETE;
                }
                case BROKEN -> {
                    return Progress.MALFORMED;
                }
                case REPLY -> {
                    Progress progress = take(decoder.opcode());
                    if (progress != null) {
                        return progress;
                    }
                }
            }
        }
    }

    /** Fills the reply; null if it goes on with another frame. */
    private @Nullable Progress take(@Nullable Opcode opcode) {
        if (opcode == null) {
            return Progress.MALFORMED;
        }
        boolean success = decoder.statusCode() == BinaryStatus.SUCCESS.code();
        if (opcode == Opcode.STAT && success) {
            return takeStatistic();
        }
        reply.clear();
        reply.opaque = Integer.toUnsignedLong(decoder.opaque());
        reply.cas = decoder.casUnique();
        if (success) {
            succeed(opcode);
        } else {
            fail(opcode);
        }
        return Progress.COMPLETE;
    }

    private @Nullable Progress takeStatistic() {
        if (!inStatistics) {
            reply.clear();
            reply.code = ReplyCode.LINES;
            reply.opaque = Integer.toUnsignedLong(decoder.opaque());
        }
        inStatistics = decoder.hasKey();
        if (inStatistics) {
            reply.addLine("STAT " + decoder.key() + ' ' + decoder.text());
        }
        return inStatistics ? null : Progress.COMPLETE;
    }

    private void succeed(Opcode opcode) {
        switch (opcode) {
            case GET, GETQ, GETK, GETKQ, GAT, GATQ, GATK, GATKQ -> {
                reply.code = ReplyCode.VALUE;
                reply.clientFlags = decoder.clientFlags();
                reply.value = decoder.value();
            }
            case INCREMENT, INCREMENTQ, DECREMENT, DECREMENTQ -> {
                reply.code = ReplyCode.VALUE;
                reply.value = Long.toUnsignedString(decoder.number()).getBytes(US_ASCII);
            }
            case VERSION -> reply.text = "VERSION " + decoder.text();
            case SASL_LIST -> reply.text = decoder.text();
            default -> reply.code = ReplyCode.DONE;
        }
    }

    /** What the other protocols say of an add and a replace is told apart by the opcode here. */
    private void fail(Opcode opcode) {
        BinaryStatus status = BinaryStatus.ofCode(decoder.statusCode());
        if (status == BinaryStatus.NOT_FOUND) {
            reply.code =
                    switch (opcode) {
                        case GET, GETQ, GETK, GETKQ, GAT, GATQ, GATK, GATKQ -> ReplyCode.MISS;
                        case REPLACE, REPLACEQ -> ReplyCode.NOT_STORED;
                        default -> ReplyCode.NOT_FOUND;
                    };
        } else if (status == BinaryStatus.EXISTS) {
            boolean add = opcode == Opcode.ADD || opcode == Opcode.ADDQ;
            reply.code = add ? ReplyCode.NOT_STORED : ReplyCode.EXISTS;
        } else if (status == BinaryStatus.NOT_STORED) {
            reply.code = ReplyCode.NOT_STORED;
        } else if (status == BinaryStatus.AUTH_CONTINUE) {
            reply.code = ReplyCode.VALUE;
            reply.value = decoder.value();
        } else {
            reply.code = ReplyCode.ERROR;
            reply.text = decoder.text() + " (status " + decoder.statusCode() + ")";
        }
    }
}
