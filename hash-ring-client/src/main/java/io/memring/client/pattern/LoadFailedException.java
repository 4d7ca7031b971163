package io.memring.client.pattern;

/** The loader threw; its exception is the cause. */
public final class LoadFailedException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    LoadFailedException(String key, Throwable cause) {
        super("cannot load: key=" + key, cause);
    }
}
