package io.memring.sasl;

import org.jspecify.annotations.Nullable;

/** {@code [authzid] NUL authcid NUL passwd}, all of it in the first message. */
final class PlainServer implements SaslServer {
    private static final int PARTS = 3;

    private final CredentialStore store;

    PlainServer(CredentialStore store) {
        this.store = store;
    }

    @Override
    public SaslStep respond(byte[] message) {
        String text = PreparedText.decode(message);
        String[] parts = text == null ? new String[0] : text.split("\0", -1);
        if (parts.length != PARTS || !isSelf(parts[0], parts[1])) {
            return SaslStep.Failure.NAMELESS;
        }
        Account account = store.checkPassword(parts[1], parts[2]);
        return outcome(account, parts[1]);
    }

    /** Nobody acts for somebody else here. */
    static boolean isSelf(String authorizationName, String name) {
        return authorizationName.isEmpty() || authorizationName.equals(name);
    }

    static SaslStep outcome(@Nullable Account account, String claimedName) {
        return account == null ? new SaslStep.Failure(claimedName) : new SaslStep.Success(account);
    }
}
