package io.memring.protocol.text;

import io.netty.buffer.ByteBuf;

import java.nio.charset.StandardCharsets;

/**
 * Decodes what a client may say before it has logged in, which is {@code set <key> <flags>
 * <exptime> <bytes>} or {@code ms <key> <bytes> <flag>*}, and {@code user password} as the value.
 * One per connection, used by one thread at a time; clients do this once, so it may allocate.
 */
public final class LoginDecoder {
    /*
     * As in memcached, key, flags and exptime may be anything, noreply does not count, and a line
     * that is refused takes no value with it. Unlike there, a line is never longer than others are,
     * and every request has its reply.
     */
    private static final int MAX_VALUE_LENGTH = 16_384;

    /** Without its newline. A shorter one cannot log in. */
    private static final int MIN_LINE_LENGTH = 6;

    /** Fewer bytes are not looked at. */
    private static final int MIN_INPUT = 3;

    private static final int MAX_LENGTH_DIGITS = 11;
    private static final int SET_LENGTH = 4;
    private static final int META_LENGTH = 2;
    private static final int LINE_AWAITED = -1;

    private int valueLength = LINE_AWAITED;
    private TextError error = TextError.UNAUTHENTICATED;
    private String accepted = "";
    private String user = "";
    private String password = "";

    /** Consumes the next request if it is there as a whole, and the first line of it even alone. */
    public LoginStatus decode(ByteBuf in) {
        if (valueLength == LINE_AWAITED) {
            LoginStatus line = decodeLine(in);
            if (line != LoginStatus.LOGIN) {
                return line;
            }
        }
        if (in.readableBytes() < valueLength + RequestFields.VALUE_END_LENGTH) {
            return LoginStatus.INCOMPLETE;
        }
        byte[] value = new byte[valueLength + RequestFields.VALUE_END_LENGTH];
        in.readBytes(value);
        valueLength = LINE_AWAITED;
        return decodeValue(value);
    }

    private LoginStatus decodeLine(ByteBuf in) {
        int readable = in.readableBytes();
        if (readable < MIN_INPUT) {
            return LoginStatus.INCOMPLETE;
        }
        int length = in.bytesBefore(Math.min(readable, RequestLine.MAX_LENGTH), (byte) '\n');
        if (length < 0) {
            return readable > RequestLine.MAX_LENGTH ? LoginStatus.CLOSE : LoginStatus.INCOMPLETE;
        }
        if (length < MIN_LINE_LENGTH) {
            return LoginStatus.CLOSE;
        }
        // The byte before the newline should be a carriage return, and counts for nothing.
        String line = in.toString(in.readerIndex(), length - 1, StandardCharsets.ISO_8859_1);
        in.skipBytes(length + 1);
        return readLine(line);
    }

    private LoginStatus readLine(String line) {
        String[] tokens = line.stripTrailing().split(" +", -1);
        boolean meta = tokens[0].equals("ms");
        int place = meta ? META_LENGTH : SET_LENGTH;
        if (tokens.length <= place || !(meta || line.startsWith("set"))) {
            return refuse(TextError.UNAUTHENTICATED);
        }
        long length = length(tokens[place]);
        if (length < 0) {
            return refuse(TextError.UNAUTHENTICATED);
        }
        if (length > MAX_VALUE_LENGTH) {
            return refuse(TextError.AUTH_TOO_LONG);
        }
        valueLength = (int) length;
        accepted = meta ? metaReply(tokens) : "STORED";
        return LoginStatus.LOGIN;
    }

    /** An unsigned 32-bit number; -1 for what is none. */
    private static long length(String token) {
        boolean digits =
                token.length() <= MAX_LENGTH_DIGITS
                        && token.chars().allMatch(c -> c >= '0' && c <= '9');
        long length = digits ? Long.parseLong(token) : -1;
        return length > 0xFFFF_FFFFL ? -1 : length;
    }

    /** As to a store that has succeeded: with the opaque, and the key if that is wanted. */
    private static String metaReply(String[] tokens) {
        StringBuilder reply = new StringBuilder("HD");
        for (int i = META_LENGTH + 1; i < tokens.length; i++) {
            String flag = tokens[i];
            switch (flag.charAt(0)) {
                case 'O' -> reply.append(' ').append(flag);
                case 'k' -> reply.append(" k").append(tokens[1]);
                case 'b' -> reply.append(" b");
                default -> {}
            }
        }
        return reply.toString();
    }

    private LoginStatus decodeValue(byte[] value) {
        int end = value.length - RequestFields.VALUE_END_LENGTH;
        if (value[end] != '\r' || value[end + 1] != '\n') {
            return refuse(TextError.AUTH_NOT_TERMINATED);
        }
        String text = new String(value, 0, end, StandardCharsets.UTF_8);
        int space = text.indexOf(' ');
        if (space < 0) {
            return refuse(TextError.AUTH_MALFORMED);
        }
        user = text.substring(0, space);
        password = text.substring(space + 1);
        return LoginStatus.LOGIN;
    }

    private LoginStatus refuse(TextError reason) {
        error = reason;
        return LoginStatus.REFUSED;
    }

    /** What to answer to what was refused. */
    public TextError error() {
        return error;
    }

    public String user() {
        return user;
    }

    public String password() {
        return password;
    }

    /** The line to answer when user and password are right, without its CRLF. */
    public String accepted() {
        return accepted;
    }

    /** Forgets the password. */
    public void forget() {
        password = "";
    }
}
