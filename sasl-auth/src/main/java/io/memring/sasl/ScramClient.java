package io.memring.sasl;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static java.nio.charset.StandardCharsets.UTF_8;

import org.jspecify.annotations.Nullable;

import java.security.MessageDigest;
import java.util.Base64;

/** The client's side of SCRAM, RFC 5802; {@link ScramServer} draws the messages. */
final class ScramClient implements SaslClient {
    private static final String GS2_HEADER = "n,,";

    private enum State {
        FIRST,
        CHALLENGED,
        ANSWERED,
        PROVEN
    }

    private final ScramHash hash;
    private final String password;
    private final String nonce;
    private final String firstBare;

    private State state = State.FIRST;
    private byte[] expectedSignature = {};

    ScramClient(ScramHash hash, String name, String password, String nonce) {
        String preparedName = PreparedText.name(name);
        String preparedPassword = PreparedText.password(password);
        if (preparedName == null || preparedPassword == null) {
            throw new IllegalArgumentException(
                    preparedName == null ? CredentialFile.NAME_RULE : CredentialFile.PASSWORD_RULE);
        }
        this.hash = hash;
        this.password = preparedPassword;
        this.nonce = nonce;
        this.firstBare = "n=" + ScramMessage.escape(preparedName) + ",r=" + nonce;
    }

    @Override
    public Mechanism mechanism() {
        return hash.mechanism();
    }

    @Override
    public byte[] firstMessage() {
        state = State.CHALLENGED;
        return (GS2_HEADER + firstBare).getBytes(UTF_8);
    }

    @Override
    public byte[] respond(byte[] challenge) throws AuthenticationException {
        String text = PreparedText.decode(challenge);
        ScramMessage message = ScramMessage.parse(text);
        if (text == null || message == null) {
            throw new AuthenticationException("the server's message is no SCRAM message");
        }
        return switch (state) {
            case CHALLENGED -> prove(text, message);
            case ANSWERED -> checkServer(message);
            case FIRST, PROVEN ->
                    throw new AuthenticationException("a message that was not asked for");
        };
    }

    private byte[] prove(String serverFirst, ScramMessage message) throws AuthenticationException {
        String wholeNonce = message.value(0, 'r');
        byte[] salt = ScramMessage.decodeBase64(message.value(1, 's'));
        int iterations = iterations(message.value(2, 'i'));
        if (wholeNonce == null
                || !wholeNonce.startsWith(nonce)
                || wholeNonce.length() == nonce.length()
                || salt == null
                || salt.length == 0) {
            throw new AuthenticationException("the server's first message breaks the rules");
        }
        String header = Base64.getEncoder().encodeToString(GS2_HEADER.getBytes(US_ASCII));
        String withoutProof = "c=" + header + ",r=" + wholeNonce;
        byte[] authMessage = (firstBare + "," + serverFirst + "," + withoutProof).getBytes(UTF_8);
        byte[] salted = hash.saltedPassword(password, salt, iterations);
        byte[] clientKey = ScramVerifier.clientKey(hash, salted);
        byte[] proof = hash.hmac(hash.hash(clientKey), authMessage);
        for (int i = 0; i < proof.length; i++) {
            proof[i] ^= clientKey[i];
        }
        expectedSignature = hash.hmac(ScramVerifier.serverKey(hash, salted), authMessage);
        state = State.ANSWERED;
        return (withoutProof + ",p=" + Base64.getEncoder().encodeToString(proof)).getBytes(UTF_8);
    }

    /** Fewer would make the password easy prey for a false server, many more would stop us. */
    private static int iterations(@Nullable String text) throws AuthenticationException {
        try {
            int iterations = text == null ? 0 : Integer.parseInt(text);
            if (iterations >= ScramVerifier.MIN_ITERATIONS
                    && iterations <= ScramVerifier.MAX_ITERATIONS) {
                return iterations;
            }
        } catch (NumberFormatException e) {
            // Told below, together with numbers that are out of range.
        }
        throw new AuthenticationException("an iteration count that is not acceptable: " + text);
    }

    private byte[] checkServer(ScramMessage message) throws AuthenticationException {
        byte[] signature = ScramMessage.decodeBase64(message.value(0, 'v'));
        if (signature == null || !MessageDigest.isEqual(signature, expectedSignature)) {
            throw new AuthenticationException("the server does not know the password");
        }
        state = State.PROVEN;
        return new byte[0];
    }

    @Override
    public boolean isServerProven() {
        return state == State.PROVEN;
    }
}
