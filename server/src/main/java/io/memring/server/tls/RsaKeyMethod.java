package io.memring.server.tls;

import io.netty.handler.ssl.OpenSslPrivateKeyMethod;

import java.security.GeneralSecurityException;
import java.security.PrivateKey;
import java.security.Signature;
import java.security.SignatureException;
import java.security.spec.MGF1ParameterSpec;
import java.security.spec.PSSParameterSpec;

import javax.crypto.Cipher;
import javax.net.ssl.SSLEngine;

/**
 * What the native library's handshakes do with an RSA key: the library itself would do it on the
 * worker, for a millisecond or several, and hold up all of its connections; this is called in a
 * task. Any thread.
 */
final class RsaKeyMethod implements OpenSslPrivateKeyMethod {

    /** Of TLS 1.3: the salt is as long as the digest (RFC 8446, 4.2.3). */
    private static final int TRAILER_FIELD = PSSParameterSpec.TRAILER_FIELD_BC;

    private final PrivateKey key;

    RsaKeyMethod(PrivateKey key) {
        this.key = key;
    }

    @Override
    public byte[] sign(SSLEngine engine, int signatureAlgorithm, byte[] input)
            throws GeneralSecurityException {
        Signature signature = signature(signatureAlgorithm);
        signature.initSign(key);
        signature.update(input);
        return signature.sign();
    }

    /** The plain operation: the library looks at the padding, in constant time. */
    @Override
    public byte[] decrypt(SSLEngine engine, byte[] input) throws GeneralSecurityException {
        Cipher cipher = Cipher.getInstance("RSA/ECB/NoPadding");
        cipher.init(Cipher.DECRYPT_MODE, key);
        return cipher.doFinal(input);
    }

    // The constants are not known when this is compiled, so this cannot be a switch.
    private static Signature signature(int algorithm) throws GeneralSecurityException {
        if (algorithm == SSL_SIGN_RSA_PSS_RSAE_SHA256) {
            return pss("SHA-256", MGF1ParameterSpec.SHA256, 32);
        } else if (algorithm == SSL_SIGN_RSA_PSS_RSAE_SHA384) {
            return pss("SHA-384", MGF1ParameterSpec.SHA384, 48);
        } else if (algorithm == SSL_SIGN_RSA_PSS_RSAE_SHA512) {
            return pss("SHA-512", MGF1ParameterSpec.SHA512, 64);
        } else if (algorithm == SSL_SIGN_RSA_PKCS1_SHA256) {
            return Signature.getInstance("SHA256withRSA");
        } else if (algorithm == SSL_SIGN_RSA_PKCS1_SHA384) {
            return Signature.getInstance("SHA384withRSA");
        } else if (algorithm == SSL_SIGN_RSA_PKCS1_SHA512) {
            return Signature.getInstance("SHA512withRSA");
        } else if (algorithm == SSL_SIGN_RSA_PKCS1_SHA1) {
            return Signature.getInstance("SHA1withRSA");
        }
        throw new SignatureException("no signature of RSA: " + algorithm);
    }

    private static Signature pss(String digest, MGF1ParameterSpec mask, int saltLength)
            throws GeneralSecurityException {
        Signature signature = Signature.getInstance("RSASSA-PSS");
        signature.setParameter(
                new PSSParameterSpec(digest, "MGF1", mask, saltLength, TRAILER_FIELD));
        return signature;
    }
}
