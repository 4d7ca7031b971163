package io.memring.server.dispatch;

import io.memring.protocol.text.LoginDecoder;
import io.memring.protocol.text.TextError;
import io.memring.protocol.text.TextReplyEncoder;
import io.memring.sasl.Account;
import io.memring.sasl.Credentials;
import io.memring.sasl.SaslStep;
import io.netty.buffer.ByteBuf;

import java.nio.charset.StandardCharsets;

/**
 * A conversation in the text protocol before the client has logged in, {@code -Y}; when it has, its
 * connection goes on with a {@link TextSession}.
 */
final class TextLogin implements StrangerSession {
    /** Room for a line that repeats a key and an opaque. */
    private static final int MAX_REPLY = 4096;

    private final Credentials credentials;
    private final LoginGate gate;
    private final ReplyBuffer out;
    private final LoginDecoder decoder = new LoginDecoder();

    TextLogin(Credentials credentials, LoginGate gate, ReplyBuffer out) {
        this.credentials = credentials;
        this.gate = gate;
        this.out = out;
    }

    @Override
    public Step step(ByteBuf in) {
        return switch (decoder.decode(in)) {
            case INCOMPLETE -> Step.NEED_INPUT;
            case CLOSE -> Step.CLOSE;
            case REFUSED -> error(decoder.error());
            case LOGIN -> login(decoder.user(), decoder.password());
        };
    }

    private Step login(String user, String password) {
        decoder.forget();
        return gate.check(
                () -> {
                    Account account = credentials.refreshed().checkPassword(user, password);
                    return account == null
                            ? new SaslStep.Failure(user)
                            : new SaslStep.Success(account);
                },
                this::answer);
    }

    private Step answer(SaslStep outcome) {
        if (!(outcome instanceof SaslStep.Success)) {
            return error(TextError.AUTH_FAILURE);
        }
        ByteBuf reply = out.reserve(MAX_REPLY);
        reply.writeCharSequence(decoder.accepted(), StandardCharsets.ISO_8859_1);
        TextReplyEncoder.crlf(reply);
        return Step.DONE;
    }

    private Step error(TextError error) {
        error.writeTo(out.reserve(TextReplies.MAX_LINE));
        return Step.DONE;
    }
}
