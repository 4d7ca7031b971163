package io.memring.client.error;

/** The node answered with an error line. */
public sealed class ServerRefusedException extends MemcacheException
        permits ItemTooLargeException, OutOfMemoryStoringException {
    private static final long serialVersionUID = 1L;

    /** Quotes the error line. */
    public ServerRefusedException(Origin origin, String line) {
        super(origin, Outcome.REJECTED, line, null);
    }

    /** The exception that fits an error line. */
    public static ServerRefusedException of(Origin origin, String line) {
        if (line.contains("too large")) {
            return new ItemTooLargeException(origin, line);
        }
        return line.contains("out of memory")
                ? new OutOfMemoryStoringException(origin, line)
                : new ServerRefusedException(origin, line);
    }
}
