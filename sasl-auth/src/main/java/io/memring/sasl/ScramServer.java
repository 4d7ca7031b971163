package io.memring.sasl;

import static java.nio.charset.StandardCharsets.UTF_8;

import org.jspecify.annotations.Nullable;

import java.security.MessageDigest;
import java.util.Base64;
import java.util.function.Supplier;

/** The server's side of SCRAM, RFC 5802, without channel binding. */
final class ScramServer implements SaslServer {
    /*
     * client   n,,n=name,r=nonce                  gs2 header, then client-first-message-bare
     * server   r=nonce+more,s=salt,i=iterations   server-first-message
     * client   c=header,r=nonce+more,p=proof      client-final-message
     * server   v=signature                        server-final-message
     * client   (nothing)
     *
     * The server's last word travels as a challenge, as memcached sends it, so that success comes
     * with the client's empty answer. A name that no user has is not refused before the proof.
     */
    private enum State {
        FIRST,
        FINAL,
        ACKNOWLEDGE,
        OVER
    }

    /** {@code c=}, {@code r=} and {@code p=}. */
    private static final int LEAST_FINAL_PARTS = 3;

    private final ScramHash hash;
    private final CredentialStore store;
    private final Supplier<String> nonces;

    private State state = State.FIRST;
    private String gs2Header = "";
    private String clientFirstBare = "";
    private String serverFirst = "";
    private String nonce = "";
    private @Nullable Credential credential;

    /**
     * @param nonces the server's part of a nonce, another one each time
     */
    ScramServer(ScramHash hash, CredentialStore store, Supplier<String> nonces) {
        this.hash = hash;
        this.store = store;
        this.nonces = nonces;
    }

    @Override
    public SaslStep respond(byte[] message) {
        State current = state;
        state = State.OVER;
        String text = PreparedText.decode(message);
        Credential known = credential;
        if (text == null) {
            return SaslStep.Failure.NAMELESS;
        }
        if (known == null) {
            return current == State.FIRST ? first(text) : SaslStep.Failure.NAMELESS;
        }
        return switch (current) {
            case FINAL -> last(text, known);
            case ACKNOWLEDGE -> acknowledge(text, known);
            case FIRST, OVER -> SaslStep.Failure.NAMELESS;
        };
    }

    private SaslStep first(String text) {
        int headerEnd = text.indexOf(',', text.indexOf(',') + 1) + 1;
        String header = text.substring(0, headerEnd);
        ScramMessage bare = ScramMessage.parse(text.substring(headerEnd));
        // With "m" in front of the name a client asks for what is not understood here.
        String escaped = bare == null ? null : bare.value(0, 'n');
        String clientNonce = bare == null ? null : bare.value(1, 'r');
        String sent = escaped == null ? null : ScramMessage.unescape(escaped);
        String name = sent == null ? null : PreparedText.name(sent);
        if (name == null
                || clientNonce == null
                || !isNonce(clientNonce)
                || !isHeader(header, String.valueOf(escaped))) {
            return SaslStep.Failure.NAMELESS;
        }
        gs2Header = header;
        clientFirstBare = text.substring(headerEnd);
        return challenge(store.scramCredential(name, hash), clientNonce);
    }

    /**
     * {@code n,,} or {@code y,,}: the client cannot bind channels, or believes that the server
     * cannot, which is so. Between the commas may stand who to act for: nobody else.
     */
    private static boolean isHeader(String header, String escapedName) {
        return header.equals("n,,")
                || header.equals("y,,")
                || header.equals("n,a=" + escapedName + ",")
                || header.equals("y,a=" + escapedName + ",");
    }

    /** Printable ASCII, at least one character. */
    private static boolean isNonce(String text) {
        return !text.isEmpty() && text.chars().allMatch(c -> c > ' ' && c < 0x7F);
    }

    private SaslStep challenge(Credential found, String clientNonce) {
        ScramVerifier verifier = verifier(found);
        credential = found;
        nonce = clientNonce + nonces.get();
        serverFirst =
                "r=%s,s=%s,i=%d"
                        .formatted(
                                nonce,
                                Base64.getEncoder().encodeToString(verifier.salt()),
                                verifier.iterations());
        state = State.FINAL;
        return new SaslStep.Challenge(serverFirst.getBytes(UTF_8));
    }

    private SaslStep last(String text, Credential found) {
        ScramMessage message = ScramMessage.parse(text);
        if (message == null || message.size() < LEAST_FINAL_PARTS) {
            return SaslStep.Failure.NAMELESS;
        }
        byte[] header = ScramMessage.decodeBase64(message.value(0, 'c'));
        byte[] proof = ScramMessage.decodeBase64(message.lastValue('p'));
        boolean continued =
                header != null
                        && MessageDigest.isEqual(header, gs2Header.getBytes(UTF_8))
                        && nonce.equals(message.value(1, 'r'));
        if (proof == null || !continued) {
            return SaslStep.Failure.NAMELESS;
        }
        String withoutProof = text.substring(0, text.lastIndexOf(",p="));
        byte[] authMessage =
                (clientFirstBare + "," + serverFirst + "," + withoutProof).getBytes(UTF_8);
        boolean right = verifier(found).matchesProof(authMessage, proof);
        if (!(right && found.isReal())) {
            return new SaslStep.Failure(found.account().name());
        }
        state = State.ACKNOWLEDGE;
        byte[] signature = verifier(found).serverSignature(authMessage);
        String answer = "v=" + Base64.getEncoder().encodeToString(signature);
        return new SaslStep.Challenge(answer.getBytes(UTF_8));
    }

    private static SaslStep acknowledge(String text, Credential found) {
        return text.isEmpty() ? new SaslStep.Success(found.account()) : SaslStep.Failure.NAMELESS;
    }

    private ScramVerifier verifier(Credential found) {
        ScramVerifier verifier = found.verifier(hash);
        if (verifier == null) {
            throw new IllegalStateException("no verifier for " + hash);
        }
        return verifier;
    }
}
