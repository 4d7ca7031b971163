package io.memring.client.connection;

import io.netty.buffer.ByteBuf;

import org.jspecify.annotations.Nullable;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * Reads replies, meta and classic. It takes only whole lines and whole values from the input and is
 * called again when there is more.
 */
final class TextReplyReader extends ReplyReader {

    private static final byte[] NOTHING = {};
    private static final byte[] VALUE = "VALUE ".getBytes(StandardCharsets.US_ASCII);
    private static final byte[] CONFIG = "CONFIG ".getBytes(StandardCharsets.US_ASCII);
    private static final byte[] END = "END\r\n".getBytes(StandardCharsets.US_ASCII);
    private static final int MAX_LINE = 8192;
    private static final int LINE_END = 2;
    private static final int CODE_LENGTH = 2;

    private static final int HD = 'H' << 8 | 'D';
    private static final int VA = 'V' << 8 | 'A';
    private static final int EN = 'E' << 8 | 'N';
    private static final int NS = 'N' << 8 | 'S';
    private static final int EX = 'E' << 8 | 'X';
    private static final int NF = 'N' << 8 | 'F';
    private static final int MN = 'M' << 8 | 'N';
    private static final int OK = 'O' << 8 | 'K';

    private final int maxValueLength;

    /** True between the first statistic of a series and the END after it. */
    private boolean inStatistics;

    /** Of the input: an array is read without a check of its owner per byte. */
    private byte[] bytes = NOTHING;

    /** Where the input ends. */
    private int limit;

    /** Where {@link #number} stopped. */
    private int position;

    TextReplyReader(int maxValueLength) {
        this.maxValueLength = maxValueLength;
    }

    @Override
    Progress read(ByteBuf in) {
        bytes = in.array();
        limit = in.writerIndex();
        Progress progress = lines(in);
        bytes = NOTHING; // A large one is not to live longer than its owner wants.
        return progress;
    }

    private Progress lines(ByteBuf in) {
        while (true) {
            int start = in.readerIndex();
            int end = indexOf('\n', start, Math.min(limit, start + MAX_LINE));
            if (end < 0) {
                return in.readableBytes() < MAX_LINE ? Progress.INCOMPLETE : Progress.MALFORMED;
            }
            if (end == start || bytes[end - 1] != '\r') {
                return Progress.MALFORMED;
            }
            Progress progress = line(in, start, end - 1);
            if (progress != null) {
                return progress;
            }
        }
    }

    /** Where a byte comes next; -1 if it does not come before the end. */
    private int indexOf(char wanted, int from, int end) {
        for (int i = from; i < end; i++) {
            if (bytes[i] == wanted) {
                return i;
            }
        }
        return -1;
    }

    /** Takes one line, and a value behind it; null if the reply goes on with another line. */
    private @Nullable Progress line(ByteBuf in, int start, int end) {
        boolean short2 =
                end - start >= CODE_LENGTH
                        && (end - start == CODE_LENGTH || bytes[start + CODE_LENGTH] == ' ');
        if (!short2) {
            return startsWith(VALUE, start, end)
                    ? classicValue(in, start + VALUE.length, end)
                    : classic(in, start, end);
        }
        reply.clear();
        int code = bytes[start] << 8 | bytes[start + 1]; // Negative beyond ASCII.
        switch (code) {
            case VA -> {
                return metaValue(in, start, end);
            }
            case HD, MN, OK -> reply.code = ReplyCode.DONE;
            case EN -> reply.code = ReplyCode.MISS;
            case NS -> reply.code = ReplyCode.NOT_STORED;
            case EX -> reply.code = ReplyCode.EXISTS;
            case NF -> reply.code = ReplyCode.NOT_FOUND;
            default -> {
                return classic(in, start, end);
            }
        }
        in.readerIndex(end + LINE_END);
        return flags(start + CODE_LENGTH, end) ? Progress.COMPLETE : Progress.MALFORMED;
    }

    private Progress metaValue(ByteBuf in, int start, int end) {
        long length = number(start + CODE_LENGTH + 1, end);
        if (length < 0 || length > maxValueLength) {
            return Progress.MALFORMED;
        }
        if (!flags(position, end)) {
            return Progress.MALFORMED;
        }
        reply.code = ReplyCode.VALUE;
        return value(in, end + LINE_END, (int) length);
    }

    private Progress value(ByteBuf in, int from, int length) {
        if (limit - from < length + LINE_END) {
            return Progress.INCOMPLETE;
        }
        if (bytes[from + length] != '\r' || bytes[from + length + 1] != '\n') {
            return Progress.MALFORMED;
        }
        reply.value = length == 0 ? Reply.NO_VALUE : Arrays.copyOfRange(bytes, from, from + length);
        in.readerIndex(from + length + LINE_END);
        return Progress.COMPLETE;
    }

    /** Reads the flags of a meta reply; false if one is malformed. */
    private boolean flags(int from, int end) {
        position = from;
        while (position < end) {
            if (bytes[position] != ' ' || position + 1 == end) {
                return false;
            }
            char letter = (char) bytes[position + 1];
            if (letter <= ' ' || !flag(letter, position + 2, end)) {
                return false;
            }
        }
        return true;
    }

    private boolean flag(char letter, int from, int end) {
        switch (letter) {
            case 'O' -> reply.opaque = number(from, end);
            case 'f' -> reply.clientFlags = (int) number(from, end);
            case 'c' -> reply.cas = number(from, end);
            case 't' -> reply.ttlSeconds = signed(from, end);
            case 's' -> reply.size = number(from, end);
            case 'l' -> reply.lastAccessSeconds = number(from, end);
            case 'h' -> reply.fetched = number(from, end) != 0;
            case 'W' -> reply.won = skipToken(from, end) == from;
            case 'X' -> reply.stale = skipToken(from, end) == from;
            case 'Z' -> reply.winGiven = skipToken(from, end) == from;
            default -> skipToken(from, end);
        }
        return position == end || bytes[position] == ' ';
    }

    private int skipToken(int from, int end) {
        int space = indexOf(' ', from, end);
        position = space < 0 ? end : space;
        return position;
    }

    private long signed(int from, int end) {
        boolean negative = from < end && bytes[from] == '-';
        long magnitude = number(negative ? from + 1 : from, end);
        return negative ? -magnitude : magnitude;
    }

    /** Reads digits, of 64 bits at most; -1 where there are none or too many. */
    private long number(int from, int end) {
        long sum = 0;
        int at = from;
        while (at < end) {
            int digit = bytes[at] - '0';
            if (digit < 0 || digit > 9) {
                break;
            }
            sum = sum * 10 + digit;
            at++;
        }
        position = at;
        return at == from || at - from > 20 ? -1 : sum;
    }

    /** Classic lines come seldom enough to be compared as text. */
    private @Nullable Progress classic(ByteBuf in, int start, int end) {
        if (startsWith(CONFIG, start, end)) {
            return classicValue(in, start + CONFIG.length, end);
        }
        String line = new String(bytes, start, end - start, StandardCharsets.UTF_8);
        in.readerIndex(end + LINE_END);
        if (line.equals("END")) {
            return end();
        }
        if (line.startsWith("STAT ")) {
            if (!inStatistics) {
                reply.clear();
                reply.code = ReplyCode.LINES;
                inStatistics = true;
            }
            reply.addLine(line);
            return null;
        }
        reply.clear();
        ReplyCode meaning = ClassicReplies.meaning(line);
        if (meaning == null) {
            return Progress.MALFORMED;
        }
        reply.code = meaning;
        reply.text = line;
        if (meaning == ReplyCode.VALUE) {
            reply.value = line.strip().getBytes(StandardCharsets.US_ASCII);
        }
        return Progress.COMPLETE;
    }

    private Progress end() {
        if (!inStatistics) {
            reply.clear();
            reply.code = ReplyCode.MISS;
            reply.endsList = true;
        }
        inStatistics = false;
        return Progress.COMPLETE;
    }

    /** Takes a value, and the END behind it if it is the last one of its list. */
    private Progress classicValue(ByteBuf in, int from, int end) {
        reply.clear();
        int keyEnd = skipToken(from, end);
        int flagsFrom = keyEnd + 1;
        long clientFlags = number(flagsFrom, end);
        boolean headed = keyEnd > from && clientFlags >= 0 && position < end;
        long length = headed && bytes[position] == ' ' ? number(position + 1, end) : -1;
        if (length < 0 || length > maxValueLength || !casUnique(end)) {
            return Progress.MALFORMED;
        }
        int valueFrom = end + LINE_END;
        if (limit - valueFrom < length + LINE_END) {
            return Progress.INCOMPLETE;
        }
        int behind = valueFrom + (int) length + LINE_END;
        int known = Math.min(END.length, limit - behind);
        boolean ends = Arrays.equals(bytes, behind, behind + known, END, 0, known);
        if (ends && known < END.length) {
            return Progress.INCOMPLETE; // Whether more values follow is yet to be seen.
        }
        reply.code = ReplyCode.VALUE;
        reply.key = Arrays.copyOfRange(bytes, from, keyEnd);
        reply.clientFlags = (int) clientFlags;
        reply.endsList = ends;
        Progress progress = value(in, valueFrom, (int) length);
        if (ends && progress == Progress.COMPLETE) {
            in.readerIndex(behind + END.length);
        }
        return progress;
    }

    /** Reads the CAS unique at the end of a line, if there is one; false if it is malformed. */
    private boolean casUnique(int end) {
        if (position == end) {
            return true;
        }
        int from = position + 1;
        reply.cas = number(from, end);
        return bytes[from - 1] == ' ' && position > from && position == end;
    }

    private boolean startsWith(byte[] word, int start, int end) {
        int wordEnd = start + word.length;
        return wordEnd <= end && Arrays.equals(bytes, start, wordEnd, word, 0, word.length);
    }
}
