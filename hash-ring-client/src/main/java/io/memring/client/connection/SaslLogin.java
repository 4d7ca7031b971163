package io.memring.client.connection;

import static java.nio.charset.StandardCharsets.US_ASCII;

import io.memring.client.error.NodeUnavailableException;
import io.memring.client.error.Origin;
import io.memring.client.error.ServerRefusedException;
import io.memring.sasl.AuthenticationException;
import io.memring.sasl.Mechanism;
import io.memring.sasl.SaslClient;

import org.jspecify.annotations.Nullable;

import java.security.SecureRandom;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.function.Function;
import java.util.function.Supplier;

/**
 * A login with SASL: asks which mechanisms the node has, takes the first of ours that is among
 * them, and answers challenges. It is over when the node says so and, where the mechanism has it
 * prove something, has proved it.
 */
@SuppressWarnings("FutureReturnValueIgnored") // How it ended is told to the listener.
final class SaslLogin {
    private final ConnectionConfig config;
    private final Origin origin;
    private final Greeting.Place place;
    private final Greeting.Answer answer;

    /**
     * A login that has not begun.
     *
     * @param answer hears why it failed, or null when it has succeeded
     */
    SaslLogin(
            ConnectionConfig config, Origin origin, Greeting.Place place, Greeting.Answer answer) {
        this.config = config;
        this.origin = origin;
        this.place = place;
        this.answer = answer;
    }

    void start() {
        Request<String> question = new Request<>(RequestKind.MECHANISMS, Reply::text);
        question.whenComplete(
                (names, failure) -> {
                    if (names == null) {
                        failed(failure);
                    } else {
                        choose(names);
                    }
                });
        send(question);
    }

    private void choose(String names) {
        List<String> offered = Arrays.asList(names.strip().split("\\s+", -1));
        for (Mechanism mechanism : config.saslMechanisms()) {
            if (offered.contains(mechanism.wireName())) {
                begin(mechanism);
                return;
            }
        }
        refused(
                "no mechanism in common: node="
                        + offered
                        + " client="
                        + config.saslMechanisms()
                        + " (PLAIN is used over TLS, or where it is asked for)");
    }

    private void begin(Mechanism mechanism) {
        SaslClient client;
        try {
            client = client(mechanism);
        } catch (IllegalArgumentException e) {
            refused("credentials that cannot be presented: " + e.getMessage());
            return;
        }
        exchange(client, RequestKind.AUTHENTICATE, client.firstMessage());
    }

    private SaslClient client(Mechanism mechanism) {
        Supplier<String> credentials = config.credentials();
        String text = credentials == null ? "" : credentials.get();
        int space = Math.max(0, text.indexOf(' '));
        String user = text.substring(0, space);
        String password = text.substring(Math.min(space + 1, text.length()));
        SecureRandom random = new SecureRandom();
        return switch (mechanism) {
            case SCRAM_SHA_512 -> SaslClient.scramSha512(user, password, random);
            case SCRAM_SHA_256 -> SaslClient.scramSha256(user, password, random);
            case PLAIN -> SaslClient.plain(user, password);
            case EXTERNAL -> SaslClient.external();
            case CRAM_MD5 -> throw new IllegalArgumentException("CRAM-MD5 is for nodes alone");
        };
    }

    /** Sends what the client has to say; a value in the reply is a challenge. */
    private void exchange(SaslClient client, RequestKind kind, byte[] message) {
        Function<Reply, Outcome> read = reply -> new Outcome(reply.code(), reply.value());
        Request<Outcome> step = new Request<>(kind, read);
        step.key(client.mechanism().wireName().getBytes(US_ASCII), false);
        step.whenComplete(
                (outcome, failure) -> {
                    if (outcome == null) {
                        failed(failure);
                    } else if (outcome.code == ReplyCode.VALUE) {
                        respond(client, outcome.challenge);
                    } else if (client.isServerProven()) {
                        answer.heard(null);
                    } else {
                        refused("the node has not proved that it knows the password");
                    }
                });
        send(step.value(0, message));
    }

    private void respond(SaslClient client, byte[] challenge) {
        CompletableFuture.supplyAsync(() -> response(client, challenge), place.slowThread())
                .whenCompleteAsync(
                        (message, failure) -> {
                            if (message == null) {
                                refused(String.valueOf(failure.getMessage()));
                            } else {
                                exchange(client, RequestKind.AUTHENTICATE_STEP, message);
                            }
                        },
                        place.loop());
    }

    private static byte[] response(SaslClient client, byte[] challenge) {
        try {
            return client.respond(challenge);
        } catch (AuthenticationException e) {
            throw new CompletionException(e.getMessage(), e);
        }
    }

    private void failed(@Nullable Throwable failure) {
        if (failure instanceof ServerRefusedException) {
            refused("credentials refused: " + failure.getMessage());
        } else {
            answer.heard(
                    new NodeUnavailableException(
                            origin, "the login was not answered: " + failure, failure));
        }
    }

    private void refused(String why) {
        answer.heard(new io.memring.client.error.AuthenticationException(origin, why));
    }

    private void send(Request<?> request) {
        place.sender().accept(request.within(config.connectTimeout().toNanos()));
    }

    /** What the node said to a message. */
    private static final class Outcome {
        private final ReplyCode code;
        private final byte[] challenge;

        Outcome(ReplyCode code, byte[] challenge) {
            this.code = code;
            this.challenge = challenge;
        }
    }
}
