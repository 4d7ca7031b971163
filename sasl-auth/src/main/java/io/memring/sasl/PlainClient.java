package io.memring.sasl;

import static java.nio.charset.StandardCharsets.UTF_8;

/** Sends {@code NUL name NUL password}. */
final class PlainClient implements SaslClient {
    private final byte[] message;

    PlainClient(String name, String password) {
        if (name.isEmpty() || password.isEmpty() || (name + password).indexOf('\0') >= 0) {
            throw new IllegalArgumentException("name and password must not be empty or hold NULs");
        }
        message = ("\0" + name + "\0" + password).getBytes(UTF_8);
    }

    @Override
    public Mechanism mechanism() {
        return Mechanism.PLAIN;
    }

    @Override
    public byte[] firstMessage() {
        return message.clone();
    }

    @Override
    public byte[] respond(byte[] challenge) throws AuthenticationException {
        throw new AuthenticationException("PLAIN has no challenges");
    }

    @Override
    public boolean isServerProven() {
        return true;
    }
}
