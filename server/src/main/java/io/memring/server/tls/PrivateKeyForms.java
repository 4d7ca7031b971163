package io.memring.server.tls;

import java.io.ByteArrayOutputStream;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.PrivateKey;
import java.security.spec.InvalidKeySpecException;
import java.security.spec.PKCS8EncodedKeySpec;
import java.util.Arrays;
import java.util.List;

/** Turns the DER encodings of private keys into keys. */
final class PrivateKeyForms {
    /*
     * The JDK reads PKCS #8 (RFC 5958) only:
     *
     *   SEQUENCE { INTEGER 0, SEQUENCE { OID algorithm, parameters }, OCTET STRING { key } }
     *
     * The older forms are what stands in that octet string: for RSA the numbers of PKCS #1
     * (RFC 8017), for elliptic curves SEC 1 (RFC 5915), with the curve's name behind tag [0]. Both
     * are therefore wrapped.
     */
    private static final List<String> ALGORITHMS = List.of("RSA", "EC", "EdDSA");

    private static final int SEQUENCE = 0x30;
    private static final int INTEGER = 0x02;
    private static final int OCTET_STRING = 0x04;
    private static final int CURVE_TAG = 0xA0;

    /** INTEGER 0. */
    private static final byte[] VERSION = {INTEGER, 1, 0};

    /** SEQUENCE { OID 1.2.840.113549.1.1.1, NULL }. */
    private static final byte[] RSA_ALGORITHM = {
        SEQUENCE, 13, 6, 9, 0x2A, (byte) 0x86, 0x48, (byte) 0x86, (byte) 0xF7, 13, 1, 1, 1, 5, 0
    };

    /** OID 1.2.840.10045.2.1. */
    private static final byte[] EC_OID = {6, 7, 0x2A, (byte) 0x86, 0x48, (byte) 0xCE, 0x3D, 2, 1};

    private PrivateKeyForms() {}

    static PrivateKey fromPkcs8(byte[] der) throws GeneralSecurityException {
        for (String algorithm : ALGORITHMS) {
            try {
                return KeyFactory.getInstance(algorithm)
                        .generatePrivate(new PKCS8EncodedKeySpec(der));
            } catch (InvalidKeySpecException _) {
                // Another algorithm's, perhaps.
            }
        }
        throw new InvalidKeySpecException("no RSA, EC or EdDSA key");
    }

    static PrivateKey fromPkcs1(byte[] der) throws GeneralSecurityException {
        return fromPkcs8(wrap(RSA_ALGORITHM, der));
    }

    static PrivateKey fromSec1(byte[] der) throws GeneralSecurityException {
        return fromPkcs8(wrap(element(SEQUENCE, join(EC_OID, curveOf(der))), der));
    }

    /** Tells the three forms apart by the second element: a sequence, a number or a string. */
    static PrivateKey fromAnyDer(byte[] der) throws GeneralSecurityException {
        int version = contentStart(der, 0);
        return switch (tagAt(der, contentEnd(der, version))) {
            case SEQUENCE -> fromPkcs8(der);
            case INTEGER -> fromPkcs1(der);
            case OCTET_STRING -> fromSec1(der);
            default -> throw new InvalidKeySpecException("no private key");
        };
    }

    private static byte[] wrap(byte[] algorithm, byte[] key) {
        return element(SEQUENCE, join(VERSION, algorithm, element(OCTET_STRING, key)));
    }

    /** The content of tag [0] in SEQUENCE { INTEGER 1, OCTET STRING, [0] curve, [1] point }. */
    private static byte[] curveOf(byte[] sec1) throws InvalidKeySpecException {
        int version = contentStart(sec1, 0);
        int number = contentEnd(sec1, version);
        int curve = contentEnd(sec1, number);
        if (tagAt(sec1, curve) != CURVE_TAG) {
            throw new InvalidKeySpecException("the key does not name its curve");
        }
        return Arrays.copyOfRange(sec1, contentStart(sec1, curve), contentEnd(sec1, curve));
    }

    private static int tagAt(byte[] der, int element) throws InvalidKeySpecException {
        if (element < 0 || element + 1 >= der.length) {
            throw new InvalidKeySpecException("the key is cut short");
        }
        return der[element] & 0xFF;
    }

    /** Where the content of the element that begins at {@code element} begins. */
    private static int contentStart(byte[] der, int element) throws InvalidKeySpecException {
        int _ = tagAt(der, element);
        int length = der[element + 1] & 0xFF;
        return element + 2 + (length < 0x80 ? 0 : length & 0x7F);
    }

    private static int contentEnd(byte[] der, int element) throws InvalidKeySpecException {
        int start = contentStart(der, element);
        int length = der[element + 1] & 0xFF;
        if (length >= 0x80) {
            length = 0;
            for (int i = element + 2; i < start && i < der.length; i++) {
                length = length << 8 | der[i] & 0xFF;
            }
        }
        if (length < 0 || start > der.length - length) {
            throw new InvalidKeySpecException("the key is cut short");
        }
        return start + length;
    }

    private static byte[] element(int tag, byte[] content) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        out.write(tag);
        int length = content.length;
        if (length >= 0x100) {
            out.write(0x82);
            out.write(length >> 8);
        } else if (length >= 0x80) {
            out.write(0x81);
        }
        out.write(length);
        out.writeBytes(content);
        return out.toByteArray();
    }

    private static byte[] join(byte[]... parts) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        for (byte[] part : parts) {
            out.writeBytes(part);
        }
        return out.toByteArray();
    }
}
