package io.memring.sasl;

/** Sends nothing: the server has seen the certificate. */
final class ExternalClient implements SaslClient {
    ExternalClient() {}

    @Override
    public Mechanism mechanism() {
        return Mechanism.EXTERNAL;
    }

    @Override
    public byte[] firstMessage() {
        return new byte[0];
    }

    @Override
    public byte[] respond(byte[] challenge) throws AuthenticationException {
        throw new AuthenticationException("EXTERNAL has no challenges");
    }

    @Override
    public boolean isServerProven() {
        return true;
    }
}
