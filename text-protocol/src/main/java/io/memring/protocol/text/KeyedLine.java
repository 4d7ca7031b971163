package io.memring.protocol.text;

/**
 * {@code incr|decr <key> <delta>}, {@code touch <key> <exptime>} and {@code delete <key>}, all with
 * an optional {@code noreply} at the end.
 */
final class KeyedLine {
    private static final int KEY = 1;
    private static final int ARGUMENT = 2;

    private KeyedLine() {}

    static Verb decode(RequestLine line, Verb verb, RequestFields request, NumberReader numbers) {
        int lastRequired = verb == Verb.DELETE ? KEY : ARGUMENT;
        if (line.tokenCount() <= lastRequired) {
            return request.reject(TextError.BAD_COMMAND_LINE);
        }
        request.noreply = line.endsWithNoreply();
        if (!request.key(line, KEY)) {
            return request.reject(TextError.BAD_COMMAND_LINE);
        }
        if (verb == Verb.DELETE) {
            return verb;
        }
        return verb == Verb.TOUCH
                ? decodeTouch(line, request, numbers)
                : decodeDelta(line, verb, request, numbers);
    }

    private static Verb decodeTouch(RequestLine line, RequestFields request, NumberReader numbers) {
        if (!numbers.signed32(
                line.buffer(), line.tokenStart(ARGUMENT), line.tokenLength(ARGUMENT))) {
            return request.reject(TextError.INVALID_EXPTIME);
        }
        request.exptime = numbers.intValue();
        return Verb.TOUCH;
    }

    private static Verb decodeDelta(
            RequestLine line, Verb verb, RequestFields request, NumberReader numbers) {
        if (!numbers.unsigned64(
                line.buffer(), line.tokenStart(ARGUMENT), line.tokenLength(ARGUMENT))) {
            return request.reject(TextError.INVALID_DELTA);
        }
        request.delta = numbers.value();
        return verb;
    }
}
