package io.memring.server;

/**
 * Which administrative commands clients may use.
 *
 * @param shutdown {@code shutdown} stops the node, {@code -A}
 * @param flush {@code flush_all} works; false with {@code -F}
 * @param dump dumping of keys and prefix statistics work; false with {@code -X}
 * @param watch {@code watch} works; false with {@code -W}
 * @param debug {@code debugtime} moves the clock; for tests only, {@code -o debug_commands}
 */
record CommandPolicy(boolean shutdown, boolean flush, boolean dump, boolean watch, boolean debug) {

    /** memcached's defaults. */
    public static final CommandPolicy DEFAULT = new CommandPolicy(false, true, true, true, false);
}
