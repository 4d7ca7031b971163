package io.memring.client.error;

import java.util.Locale;

/** The node answered with an error line. */
public sealed class ServerRefusedException extends MemcacheException
        permits ItemTooLargeException, OutOfMemoryStoringException {
    private static final long serialVersionUID = 1L;

    /** Quotes the error line. */
    public ServerRefusedException(Origin origin, String line) {
        super(origin, Outcome.REJECTED, line, null);
    }

    /** Whether the node says so because nobody has logged in. */
    public boolean wantsLogin() {
        String message = String.valueOf(getMessage());
        return message.contains("unauthenticated") || message.contains("Auth failure");
    }

    /** The exception that fits an error line. */
    public static ServerRefusedException of(Origin origin, String line) {
        String words = line.toLowerCase(Locale.ROOT);
        if (words.contains("too large")) {
            return new ItemTooLargeException(origin, line);
        }
        return words.contains("out of memory")
                ? new OutOfMemoryStoringException(origin, line)
                : new ServerRefusedException(origin, line);
    }
}
