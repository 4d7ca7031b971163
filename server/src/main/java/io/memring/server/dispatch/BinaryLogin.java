package io.memring.server.dispatch;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import io.memring.protocol.binary.BinaryReplyEncoder;
import io.memring.protocol.binary.BinaryRequestDecoder;
import io.memring.protocol.binary.BinaryStatus;
import io.memring.sasl.Account;
import io.memring.sasl.SaslServer;
import io.memring.sasl.SaslServers;
import io.memring.sasl.SaslStep;
import io.memring.server.dispatch.LoginHost.LoginResult;
import io.netty.buffer.ByteBuf;

import org.jspecify.annotations.Nullable;

/**
 * SASL in a binary conversation, {@code -S}: the three requests that belong to it, and whether the
 * client has logged in. Used by the connection's worker only.
 */
final class BinaryLogin {
    /*
     * As in memcached, each of the three requests makes the client a stranger again, and only an
     * exchange that ends well makes it known. A second exchange may follow at any time.
     */
    private static final int MAX_MECHANISM_LENGTH = 32;

    /** Longer messages are dropped unread: nobody may fill the memory before he is known. */
    private static final int MAX_MESSAGE_LENGTH = 16 << 10;

    private static final String WELCOME = "Authenticated";

    private final SaslServers servers;
    private final LoginGate gate;
    private final LoginHost host;
    private final BinaryRequestDecoder decoder;
    private final ReplyBuffer out;

    private boolean authenticated;

    /** What the user may not do; null when it may do everything. */
    private @Nullable AccessGuard guard;

    /** The exchange under way, which waits for its client's next message. */
    private @Nullable SaslServer exchange;

    private int bytesToSwallow;

    BinaryLogin(
            SaslServers servers,
            LoginGate gate,
            LoginHost host,
            BinaryRequestDecoder decoder,
            ReplyBuffer out) {
        this.servers = servers;
        this.gate = gate;
        this.host = host;
        this.decoder = decoder;
        this.out = out;
    }

    boolean isAuthenticated() {
        return authenticated;
    }

    /** Whether the user may not do what the decoder has found. */
    boolean forbids() {
        return guard != null && guard.forbids(decoder);
    }

    /** How much of a message that was refused unread is to be dropped. */
    int bytesToSwallow() {
        return bytesToSwallow;
    }

    /** Answers the request that the decoder has found, or waits for all of it. */
    Step step(ByteBuf in) {
        int length = decoder.valueLength();
        bytesToSwallow = 0;
        if (decoder.keyLength() > MAX_MECHANISM_LENGTH) {
            return drop(BinaryStatus.INVALID_ARGUMENTS, length);
        }
        if (length > MAX_MESSAGE_LENGTH) {
            return drop(BinaryStatus.NO_MEMORY, length);
        }
        if (in.readableBytes() < length) {
            in.readerIndex(decoder.headIndex()); // It is decoded again when there is more.
            return Step.NEED_INPUT;
        }
        byte[] message = new byte[length];
        in.readBytes(message);
        authenticated = false;
        return switch (decoder.opcode()) {
            case SASL_LIST -> list();
            case SASL_AUTH -> begin(mechanism(), message);
            default -> goOn(message);
        };
    }

    private Step drop(BinaryStatus status, int length) {
        bytesToSwallow = length;
        BinaryReplies.error(decoder, status, out);
        return Step.DONE;
    }

    private String mechanism() {
        return decoder.keyBuffer().toString(decoder.keyIndex(), decoder.keyLength(), ISO_8859_1);
    }

    private Step list() {
        String names = servers.list(host.certifiedUser() != null);
        BinaryReplyEncoder.text(
                out.reserve(BinaryReplyEncoder.MAX_HEAD + names.length()),
                decoder,
                BinaryStatus.SUCCESS,
                names);
        return Step.DONE;
    }

    private Step begin(String mechanism, byte[] message) {
        exchange = null;
        String certified = host.certifiedUser();
        return gate.check(
                () -> {
                    SaslServer server = servers.begin(mechanism, certified);
                    exchange = server;
                    return server == null ? SaslStep.Failure.NAMELESS : server.respond(message);
                },
                this::answer);
    }

    private Step goOn(byte[] message) {
        SaslServer server = exchange;
        return server == null
                ? gate.refuse(LoginResult.REFUSED, this::answer)
                : gate.check(() -> server.respond(message), this::answer);
    }

    private Step answer(SaslStep outcome) {
        switch (outcome) {
            case SaslStep.Challenge challenge -> challenge(challenge.data());
            case SaslStep.Success success -> welcome(success.account());
            case SaslStep.Failure _ -> {
                exchange = null;
                BinaryReplies.error(decoder, BinaryStatus.AUTH_FAILURE, out);
            }
        }
        return Step.DONE;
    }

    private void challenge(byte[] data) {
        BinaryReplyEncoder.text(
                out.reserve(BinaryReplyEncoder.MAX_HEAD + data.length),
                decoder,
                BinaryStatus.AUTH_CONTINUE,
                new String(data, ISO_8859_1));
    }

    private void welcome(Account account) {
        exchange = null;
        authenticated = true;
        guard = AccessGuard.of(account.permissions());
        BinaryReplyEncoder.text(
                out.reserve(BinaryReplyEncoder.MAX_HEAD), decoder, BinaryStatus.SUCCESS, WELCOME);
    }
}
