package io.memring.protocol.text;

/** What the login decoder found in its input. */
public enum LoginStatus {
    /** Neither a whole line nor, behind it, a whole value. */
    INCOMPLETE,
    /** A user and a password to be checked. */
    LOGIN,
    /** Something else: to be answered with {@link LoginDecoder#error}. */
    REFUSED,
    /** Nothing that a client of memcached would send first. */
    CLOSE
}
