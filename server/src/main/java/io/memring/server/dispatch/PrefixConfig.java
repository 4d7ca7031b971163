package io.memring.server.dispatch;

/**
 * What {@code stats detail} counts.
 *
 * @param delimiter ends the beginning of a key that is counted, {@code -D}; one byte
 * @param counting whether the node counts from its start, or when it is told to
 */
public record PrefixConfig(char delimiter, boolean counting) {
    /** memcached's defaults. */
    public static final PrefixConfig DEFAULT = new PrefixConfig(':', false);
}
