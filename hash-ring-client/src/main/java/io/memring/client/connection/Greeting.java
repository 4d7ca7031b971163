package io.memring.client.connection;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.memring.client.error.AuthenticationException;
import io.memring.client.error.MemcacheException;
import io.memring.client.error.NodeUnavailableException;
import io.memring.client.error.Origin;
import io.memring.client.error.ServerRefusedException;

import org.jspecify.annotations.Nullable;

import java.util.Arrays;
import java.util.concurrent.Executor;
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

    /**
     * Where it takes place.
     *
     * @param sender sends a request over the connection
     * @param slowThread for what takes milliseconds
     * @param loop the connection's event loop
     */
    record Place(Consumer<Request<?>> sender, Executor slowThread, Executor loop) {}

    private final ConnectionConfig config;
    private final Origin origin;
    private final Place place;

    Greeting(ConnectionConfig config, Origin origin, Place place) {
        this.config = config;
        this.origin = origin;
        this.place = place;
    }

    void start(Answer answer) {
        Supplier<String> credentials = config.credentials();
        if (!config.logsIn()) {
            probe(answer);
        } else if (config.wireFormat() == WireFormat.BINARY) {
            new SaslLogin(config, origin, place, failure -> loggedIn(failure, answer)).start();
        } else if (credentials != null) {
            authenticate(credentials.get().getBytes(UTF_8), answer);
        }
    }

    private void loggedIn(@Nullable MemcacheException failure, Answer answer) {
        if (failure == null) {
            probe(answer);
        } else {
            answer.heard(failure);
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
                        answer.heard(notAccepted(failure));
                    }
                });
    }

    /** Only a node that answers has refused. */
    private MemcacheException notAccepted(@Nullable Throwable failure) {
        return failure instanceof ServerRefusedException
                ? new AuthenticationException(
                        origin, "credentials refused: " + failure.getMessage())
                : new NodeUnavailableException(
                        origin, "the login was not answered: " + failure, failure);
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
        if (failure instanceof ServerRefusedException refused && refused.wantsLogin()) {
            return new AuthenticationException(
                    origin, "the node wants a login: " + refused.getMessage());
        }
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
        place.sender().accept(request.within(config.connectTimeout().toNanos()));
    }
}
