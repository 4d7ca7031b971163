package io.memring.load.engine;

import static java.nio.charset.StandardCharsets.UTF_8;

import org.jspecify.annotations.Nullable;

/** The login of the text protocol: a set whose value is the user's name and password. */
final class TextLogin implements Login {
    private static final int MAX_REPLY = 2048;

    private final byte[] message;
    private final StringBuilder reply = new StringBuilder();
    private boolean done;

    TextLogin(String user, String password) {
        String value = user + ' ' + password;
        int length = value.getBytes(UTF_8).length;
        message = ("set login 0 0 " + length + "\r\n" + value + "\r\n").getBytes(UTF_8);
    }

    @Override
    public byte[] firstMessage() {
        return message.clone();
    }

    @Override
    public byte @Nullable [] receive(byte[] in, int length) throws LoginException {
        reply.append(new String(in, 0, length, UTF_8));
        int end = reply.indexOf("\r\n");
        if (end < 0 && reply.length() < MAX_REPLY) {
            return null;
        }
        String line = reply.substring(0, Math.max(end, 0));
        if (!line.equals("STORED")) {
            throw new LoginException("authentication failed: " + line);
        }
        done = true;
        return null;
    }

    @Override
    public boolean isDone() {
        return done;
    }
}
