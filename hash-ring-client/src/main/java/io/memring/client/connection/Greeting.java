package io.memring.client.connection;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.memring.client.error.AuthenticationException;
import io.memring.client.error.MemcacheException;
import io.memring.client.error.NodeUnavailableException;
import io.memring.client.error.Origin;

import org.jspecify.annotations.Nullable;

import java.util.Arrays;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import java.util.function.Supplier;

/** What a connection says first: credentials, if there are any, and a probe. */
final class Greeting {

    /** Hears how it ended: with a failure or, having been answered, with none. */
    @FunctionalInterface
    interface Answer {
        void heard(@Nullable MemcacheException failure);
    }

    private final ConnectionConfig config;
    private final Origin origin;
    private final Consumer<Request<?>> sender;

    Greeting(ConnectionConfig config, Origin origin, Consumer<Request<?>> sender) {
        this.config = config;
        this.origin = origin;
        this.sender = sender;
    }

    void start(Answer answer) {
        Supplier<String> credentials = config.credentials();
        if (credentials == null) {
            probe(answer);
        } else {
            authenticate(credentials.get().getBytes(UTF_8), answer);
        }
    }

    private void authenticate(byte[] secret, Answer answer) {
        Request<ReplyCode> request = new Request<>(RequestKind.AUTHENTICATE, Reply::code);
        send(
                request.value(0, line(secret)),
                (code, failure) -> {
                    if (code == ReplyCode.DONE) {
                        probe(answer);
                    } else {
                        answer.heard(
                                new AuthenticationException(
                                        origin, "credentials refused: " + failure));
                    }
                });
    }

    private static byte[] line(byte[] secret) {
        byte[] start = ("set auth 0 0 " + secret.length + "\r\n").getBytes(UTF_8);
        byte[] line = Arrays.copyOf(start, start.length + secret.length + 2);
        System.arraycopy(secret, 0, line, start.length, secret.length);
        line[line.length - 2] = '\r';
        line[line.length - 1] = '\n';
        return line;
    }

    private void probe(Answer answer) {
        send(
                new Request<>(RequestKind.PROBE, Reply::code),
                (code, failure) ->
                        answer.heard(code == ReplyCode.DONE ? null : notAnswered(failure)));
    }

    private MemcacheException notAnswered(@Nullable Throwable failure) {
        return new NodeUnavailableException(
                origin,
                "the first probe (" + config.wireFormat() + ") was not answered: " + failure,
                failure);
    }

    @SuppressWarnings("FutureReturnValueIgnored") // The answer is told to the caller.
    private void send(
            Request<ReplyCode> request,
            BiConsumer<@Nullable ReplyCode, @Nullable Throwable> answer) {
        request.whenComplete(answer);
        sender.accept(request.within(config.connectTimeout().toNanos()));
    }
}
