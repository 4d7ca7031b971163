package io.memring.protocol.text;

/**
 * The commands that are looked up by their first token, which unlike the others may stand behind
 * spaces; and everything that is no command at all. These are rare and may allocate.
 */
final class AdminLine {
    private static final int ARGUMENT = 1;

    private AdminLine() {}

    static Verb decode(RequestLine line, RequestFields request, NumberReader numbers) {
        request.noreply = line.endsWithNoreply();
        if (line.tokenCount() == 0) {
            return Verb.UNKNOWN;
        }
        return switch (line.tokenText(0)) {
            case "flush_all" -> flushAll(line, request, numbers);
            case "verbosity" -> verbosity(line, request, numbers);
            case "slabs" -> slabs(line, request, numbers);
            case "shutdown" -> Verb.SHUTDOWN;
            case "cache_memlimit" -> Verb.CACHE_MEMLIMIT;
            case "debugtime" -> Verb.DEBUGTIME;
            case "lru" -> Verb.LRU;
            case "lru_crawler" -> Verb.LRU_CRAWLER;
            case "refresh_certs" -> Verb.REFRESH_CERTS;
            case "extstore" -> Verb.EXTSTORE;
            default -> isHttp(line) ? Verb.CLOSE : Verb.UNKNOWN;
        };
    }

    /** {@code flush_all [delay] [noreply]}. */
    private static Verb flushAll(RequestLine line, RequestFields request, NumberReader numbers) {
        request.exptime = 0;
        int tokensWithoutDelay = request.noreply ? 2 : 1;
        if (line.tokenCount() == tokensWithoutDelay) {
            return Verb.FLUSH_ALL;
        }
        if (!numbers.signed32(
                line.buffer(), line.tokenStart(ARGUMENT), line.tokenLength(ARGUMENT))) {
            return request.reject(TextError.INVALID_EXPTIME);
        }
        request.exptime = numbers.intValue();
        return Verb.FLUSH_ALL;
    }

    /** {@code verbosity <level> [noreply]}. */
    private static Verb verbosity(RequestLine line, RequestFields request, NumberReader numbers) {
        return line.tokenCount() > ARGUMENT && isUnsigned32(line, ARGUMENT, numbers)
                ? Verb.VERBOSITY
                : request.reject(TextError.BAD_COMMAND_LINE);
    }

    /** {@code slabs automove <level>} is refused here if the level is no number. */
    private static Verb slabs(RequestLine line, RequestFields request, NumberReader numbers) {
        int level = ARGUMENT + 1;
        boolean automove =
                line.tokenCount() > level && "automove".startsWith(line.tokenText(ARGUMENT));
        if (!automove || isUnsigned32(line, level, numbers)) {
            return Verb.SLABS;
        }
        String word = line.tokenText(level);
        return "ratio".startsWith(word) || "freeratio".startsWith(word) || "window".startsWith(word)
                ? Verb.SLABS
                : request.reject(TextError.BAD_COMMAND_LINE);
    }

    private static boolean isUnsigned32(RequestLine line, int token, NumberReader numbers) {
        return numbers.unsigned32(line.buffer(), line.tokenStart(token), line.tokenLength(token));
    }

    /** Somebody's browser, or a page that makes it send requests here: not worth an answer. */
    private static boolean isHttp(RequestLine line) {
        int last = line.tokenCount() - 1;
        return last > 0 && line.tokenText(last).startsWith("HTTP/");
    }
}
