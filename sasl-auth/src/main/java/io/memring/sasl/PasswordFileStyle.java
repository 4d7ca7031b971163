package io.memring.sasl;

/** The two kinds of file with readable passwords that memcached knows. */
public enum PasswordFileStyle {
    /** {@code -Y}: {@code user:password}, up to the end of the line. */
    AUTH_FILE,
    /** {@code MEMCACHED_SASL_PWDB}: {@code user:password}, up to the next colon if there is one. */
    SASL_PWDB
}
