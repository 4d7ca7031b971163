package io.memring.sasl;

/** The client's only message is empty, or the name that its certificate has given already. */
final class ExternalServer implements SaslServer {
    private final CredentialStore store;
    private final String identity;

    ExternalServer(CredentialStore store, String identity) {
        this.store = store;
        this.identity = identity;
    }

    @Override
    public SaslStep respond(byte[] message) {
        String asked = PreparedText.decode(message);
        String name = PreparedText.name(identity);
        if (asked == null || name == null || !PlainServer.isSelf(asked, identity)) {
            return SaslStep.Failure.NAMELESS;
        }
        return PlainServer.outcome(store.account(name), name);
    }
}
