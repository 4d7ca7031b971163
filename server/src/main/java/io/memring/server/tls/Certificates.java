package io.memring.server.tls;

import java.security.GeneralSecurityException;
import java.security.PrivateKey;
import java.security.PublicKey;
import java.security.Signature;
import java.security.cert.X509Certificate;
import java.util.List;

/**
 * Who the node is, and whose clients it believes.
 *
 * @param chain the node's certificate, then those that lead to an authority
 * @param key the private key of the first
 * @param authorities who may sign certificates of clients
 */
record Certificates(
        List<X509Certificate> chain, PrivateKey key, List<X509Certificate> authorities) {

    Certificates {
        chain = List.copyOf(chain);
        authorities = List.copyOf(authorities);
    }

    /** Whether the certificate's key opens what the private key has closed. */
    boolean isPair() throws GeneralSecurityException {
        PublicKey publicKey = chain.getFirst().getPublicKey();
        if (!publicKey.getAlgorithm().equals(key.getAlgorithm())) {
            return false;
        }
        byte[] probe = new byte[Integer.BYTES];
        Signature signature = signature();
        signature.initSign(key);
        signature.update(probe);
        byte[] signed = signature.sign();
        signature.initVerify(publicKey);
        signature.update(probe);
        return signature.verify(signed);
    }

    private Signature signature() throws GeneralSecurityException {
        String algorithm = key.getAlgorithm();
        return Signature.getInstance(
                switch (algorithm) {
                    case "RSA" -> "SHA256withRSA";
                    case "EC" -> "SHA256withECDSA";
                    default -> algorithm;
                });
    }
}
