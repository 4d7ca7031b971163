package io.memring.client.ring;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;

/** Hashes of keys to 32 bits, as memcached clients know them. */
public enum KeyHash {
    /** The first word of the MD5 digest; what Ketama means. */
    MD5 {
        @Override
        public int hash(byte[] key, int from, int length) {
            return Md5.firstWord(key, from, length);
        }
    },
    /** The first word of the SHA-384 digest; what the ElastiCache client for Java means. */
    SHA_384 {
        @Override
        public int hash(byte[] key, int from, int length) {
            return Words.littleEndian(sha384(key, from, length), 0);
        }
    },
    /** Jenkins' one-at-a-time, over signed characters as libmemcached computes it. */
    ONE_AT_A_TIME {
        @Override
        public int hash(byte[] key, int from, int length) {
            int hash = 0;
            for (int i = from; i < from + length; i++) {
                hash = oneStep(hash, key[i]);
            }
            return lastStep(hash);
        }
    },
    /** Jenkins' one-at-a-time over unsigned bytes, as xmemcached computes it. */
    ONE_AT_A_TIME_UNSIGNED {
        @Override
        public int hash(byte[] key, int from, int length) {
            int hash = 0;
            for (int i = from; i < from + length; i++) {
                hash = oneStep(hash, key[i] & 0xFF);
            }
            return lastStep(hash);
        }
    },
    /** CRC-32 of IEEE 802.3. */
    CRC_32 {
        @Override
        public int hash(byte[] key, int from, int length) {
            return Crc32.update(0, key, from, length);
        }
    },
    /** FNV-1a of 32 bits, over signed characters. */
    FNV_1A_32 {
        @Override
        public int hash(byte[] key, int from, int length) {
            return fnv1a(0x811c9dc5, 0x01000193, key, from, length);
        }
    },
    /** The low half of FNV-1a of 64 bits, over signed characters; twemproxy's default. */
    FNV_1A_64 {
        @Override
        public int hash(byte[] key, int from, int length) {
            return fnv1a(0x84222325, 0x000001b3, key, from, length);
        }
    },
    /** MurmurHash3 of 32 bits with seed 0. */
    MURMUR_3 {
        @Override
        public int hash(byte[] key, int from, int length) {
            return Murmur.hash32(key, from, length);
        }
    },
    /** {@link String#hashCode()}, spymemcached's default. */
    STRING_HASH_CODE {
        @Override
        public int hash(byte[] key, int from, int length) {
            return new String(key, from, length, UTF_8).hashCode();
        }
    };

    /** The hash of {@code length} bytes. */
    public abstract int hash(byte[] key, int from, int length);

    static byte[] sha384(byte[] key, int from, int length) {
        try {
            MessageDigest digest = MessageDigest.getInstance("SHA-384");
            digest.update(key, from, length);
            return digest.digest();
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("this JVM has no SHA-384", e);
        }
    }

    private static int oneStep(int hash, int b) {
        int added = hash + b;
        int spread = added + (added << 10);
        return spread ^ (spread >>> 6);
    }

    private static int lastStep(int hash) {
        int spread = hash + (hash << 3);
        int folded = spread ^ (spread >>> 11);
        return folded + (folded << 15);
    }

    private static int fnv1a(int basis, int prime, byte[] key, int from, int length) {
        int hash = basis;
        for (int i = from; i < from + length; i++) {
            hash = (hash ^ key[i]) * prime;
        }
        return hash;
    }
}
