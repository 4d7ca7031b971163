package io.memring.load.engine;

import io.memring.sasl.AuthenticationException;
import io.memring.sasl.SaslClient;

import org.jspecify.annotations.Nullable;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;

/** The login of the binary protocol, by a SASL mechanism. */
final class SaslLogin implements Login {
    private static final int OK = 0x00;
    private static final int GO_ON = 0x21;

    private final SaslClient client;
    private final ByteArrayOutputStream received = new ByteArrayOutputStream();
    private boolean done;

    SaslLogin(SaslClient client) {
        this.client = client;
    }

    @Override
    public byte[] firstMessage() {
        return message(BinaryFrame.SASL_AUTH, client.firstMessage());
    }

    private byte[] message(int opcode, byte[] value) {
        return BinaryFrame.request(opcode, client.mechanism().wireName(), value);
    }

    @Override
    public byte @Nullable [] receive(byte[] in, int length) throws LoginException {
        received.write(in, 0, length);
        ByteBuffer buffer = ByteBuffer.wrap(received.toByteArray());
        if (buffer.remaining() >= BinaryFrame.HEADER && BinaryFrame.bodyLength(buffer) < 0) {
            throw new LoginException("not a reply of the binary protocol");
        }
        BinaryFrame frame = BinaryFrame.read(buffer);
        if (frame == null) {
            return null;
        }
        received.reset();
        try {
            return step(frame);
        } catch (AuthenticationException e) {
            throw new LoginException("authentication failed: " + e.getMessage(), e);
        }
    }

    private byte @Nullable [] step(BinaryFrame frame)
            throws AuthenticationException, LoginException {
        if (frame.status() == GO_ON) {
            return message(BinaryFrame.SASL_STEP, client.respond(frame.value()));
        }
        if (frame.status() != OK) {
            throw new LoginException("authentication failed: " + frame.text());
        }
        if (frame.value().length > 0 && !client.isServerProven()) {
            client.respond(frame.value());
        }
        if (!client.isServerProven()) {
            throw new LoginException("the server has not proven that it knows the user");
        }
        done = true;
        return null;
    }

    @Override
    public boolean isDone() {
        return done;
    }
}
