package io.memring.client;

/** What becomes of keys that memcached does not take: too long, or with spaces or controls. */
public enum OddKeys {
    /** They are refused. */
    REJECT,
    /** They are replaced by a readable beginning and a SHA-256 digest of all of it. */
    HASH,
    /** They travel in base64, as the meta protocol can; up to 186 bytes. */
    BASE64
}
