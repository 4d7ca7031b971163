package io.memring.protocol.text;

/**
 * {@code set|add|replace|append|prepend <key> <flags> <exptime> <bytes> [noreply]} and {@code cas
 * <key> <flags> <exptime> <bytes> <cas> [noreply]}.
 */
final class StorageLine {
    /** The longest value that still has room for its CRLF in 31 bits. */
    static final int MAX_VALUE_LENGTH = Integer.MAX_VALUE - RequestFields.VALUE_END_LENGTH;

    private static final int KEY = 1;
    private static final int FLAGS = 2;
    private static final int EXPTIME = 3;
    private static final int BYTES = 4;
    private static final int CAS_UNIQUE = 5;

    private StorageLine() {}

    /*
     * The order decides what happens to the value: before its length is known nothing can be
     * swallowed and noreply is not heeded, from then on both always are.
     */
    static Verb decode(RequestLine line, Verb verb, RequestFields request, NumberReader numbers) {
        if (line.tokenCount() <= BYTES || !readValueLength(line, BYTES, request, numbers)) {
            return request.reject(TextError.BAD_COMMAND_LINE);
        }
        request.noreply = line.tokenCount() > BYTES + 1 && line.endsWithNoreply();
        if (request.key(line, KEY)
                && readFlagsAndExptime(line, request, numbers)
                && (verb != Verb.CAS || readCasUnique(line, request, numbers))) {
            return verb;
        }
        return request.rejectWithValue(TextError.BAD_COMMAND_LINE);
    }

    /** Reads {@code <bytes>}; without a good one nobody knows where the next request begins. */
    static boolean readValueLength(
            RequestLine line, int token, RequestFields request, NumberReader numbers) {
        boolean valid =
                numbers.signed32(line.buffer(), line.tokenStart(token), line.tokenLength(token))
                        && numbers.value() >= 0
                        && numbers.value() <= MAX_VALUE_LENGTH;
        request.valueLength = numbers.intValue();
        return valid;
    }

    private static boolean readFlagsAndExptime(
            RequestLine line, RequestFields request, NumberReader numbers) {
        int limit = line.start() + line.length();
        if (!numbers.clientFlags(
                line.buffer(), line.tokenStart(FLAGS), line.tokenLength(FLAGS), limit)) {
            return false;
        }
        request.clientFlags = numbers.intValue();
        if (!numbers.exptime(
                line.buffer(), line.tokenStart(EXPTIME), line.tokenLength(EXPTIME), limit)) {
            return false;
        }
        request.exptime = numbers.intValue();
        return true;
    }

    private static boolean readCasUnique(
            RequestLine line, RequestFields request, NumberReader numbers) {
        if (line.tokenCount() <= CAS_UNIQUE
                || !numbers.unsigned64(
                        line.buffer(), line.tokenStart(CAS_UNIQUE), line.tokenLength(CAS_UNIQUE))) {
            return false;
        }
        request.casUnique = numbers.value();
        return true;
    }
}
