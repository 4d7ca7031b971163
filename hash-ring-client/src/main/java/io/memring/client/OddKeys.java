package io.memring.client;

/**
 * What becomes of keys that memcached does not take: of more than 250 bytes in UTF-8, or with
 * spaces or controls.
 */
public enum OddKeys {
    /** They are refused with an {@link io.memring.client.error.InvalidRequestException}. */
    REJECT,
    /** They are replaced by a readable beginning and a SHA-256 digest of all of it. */
    HASH,
    /**
     * They travel in base64, as the meta and the binary protocol can; up to 186 bytes, longer ones
     * are refused.
     */
    BASE64
}
