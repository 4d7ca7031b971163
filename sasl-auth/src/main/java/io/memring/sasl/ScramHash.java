package io.memring.sasl;

import java.security.GeneralSecurityException;
import java.security.MessageDigest;

import javax.crypto.Mac;
import javax.crypto.SecretKeyFactory;
import javax.crypto.spec.PBEKeySpec;
import javax.crypto.spec.SecretKeySpec;

/** The functions of RFC 5802, section 2.2, with one hash function each. */
enum ScramHash {
    SHA_256("SHA-256", "HmacSHA256", 32),
    SHA_512("SHA-512", "HmacSHA512", 64);

    private final String digestName;
    private final String macName;
    private final int length;

    ScramHash(String digestName, String macName, int length) {
        this.digestName = digestName;
        this.macName = macName;
        this.length = length;
    }

    /** Bytes of a digest. */
    int length() {
        return length;
    }

    Mechanism mechanism() {
        return this == SHA_256 ? Mechanism.SCRAM_SHA_256 : Mechanism.SCRAM_SHA_512;
    }

    /** {@code H(text)}. */
    byte[] hash(byte[] text) {
        try {
            return MessageDigest.getInstance(digestName).digest(text);
        } catch (GeneralSecurityException e) {
            throw missing(e);
        }
    }

    /** {@code HMAC(key, text)}. */
    byte[] hmac(byte[] key, byte[]... text) {
        try {
            Mac mac = Mac.getInstance(macName);
            mac.init(new SecretKeySpec(key, macName));
            for (byte[] part : text) {
                mac.update(part);
            }
            return mac.doFinal();
        } catch (GeneralSecurityException e) {
            throw missing(e);
        }
    }

    /** {@code Hi(password, salt, iterations)}, which is PBKDF2: the part that takes time. */
    byte[] saltedPassword(String password, byte[] salt, int iterations) {
        PBEKeySpec spec =
                new PBEKeySpec(password.toCharArray(), salt, iterations, length * Byte.SIZE);
        try {
            return SecretKeyFactory.getInstance("PBKDF2With" + macName)
                    .generateSecret(spec)
                    .getEncoded();
        } catch (GeneralSecurityException e) {
            throw missing(e);
        } finally {
            spec.clearPassword();
        }
    }

    /** Every Java has these functions. */
    private static IllegalStateException missing(GeneralSecurityException e) {
        return new IllegalStateException("this Java lacks what SCRAM needs", e);
    }
}
