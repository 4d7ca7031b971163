package io.memring.sasl;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static java.nio.charset.StandardCharsets.UTF_8;

import org.jspecify.annotations.Nullable;

import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.util.HexFormat;

import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * Challenge {@code <random@memring>}, answer {@code name SP hex(HMAC-MD5(password, challenge))}.
 */
final class CramMd5Server implements SaslServer {
    private static final String MAC = "HmacMD5";
    private static final int NONCE_LENGTH = 16;

    private final CredentialStore store;
    private final byte[] challenge;
    private boolean challenged;

    CramMd5Server(CredentialStore store, SecureRandom random) {
        this.store = store;
        byte[] nonce = new byte[NONCE_LENGTH];
        random.nextBytes(nonce);
        challenge = ("<" + HexFormat.of().formatHex(nonce) + "@memring>").getBytes(US_ASCII);
    }

    @Override
    public SaslStep respond(byte[] message) {
        if (challenged) {
            return check(PreparedText.decode(message));
        }
        challenged = true;
        return message.length == 0 ? new SaslStep.Challenge(challenge) : SaslStep.Failure.NAMELESS;
    }

    private SaslStep check(@Nullable String answer) {
        int space = answer == null ? -1 : answer.lastIndexOf(' ');
        String name =
                space < 0 || answer == null ? null : PreparedText.name(answer.substring(0, space));
        if (name == null || answer == null) {
            return SaslStep.Failure.NAMELESS;
        }
        Credential credential = store.secretCredential(name);
        String expected = digest(String.valueOf(credential.secret()), challenge);
        boolean right =
                MessageDigest.isEqual(
                        expected.getBytes(US_ASCII), answer.substring(space + 1).getBytes(UTF_8));
        return right && credential.isReal()
                ? new SaslStep.Success(credential.account())
                : new SaslStep.Failure(name);
    }

    private static String digest(String password, byte[] challenge) {
        try {
            Mac mac = Mac.getInstance(MAC);
            mac.init(new SecretKeySpec(password.getBytes(UTF_8), MAC));
            return HexFormat.of().formatHex(mac.doFinal(challenge));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("this Java lacks " + MAC, e);
        }
    }
}
