package io.memring.server.dispatch;

import io.memring.sasl.Account;
import io.memring.sasl.FailureLimiter;
import io.memring.sasl.SaslStep;
import io.memring.server.dispatch.LoginHost.LoginResult;

import java.lang.System.Logger.Level;
import java.net.InetAddress;
import java.util.function.Function;
import java.util.function.Supplier;

/**
 * Where the logins of one connection are checked: elsewhere, while the connection stands still, and
 * not too often. Used by the connection's worker only.
 */
final class LoginGate {
    /** A connection that has failed so often is closed. */
    private static final int MAX_FAILURES = 10;

    private static final LateLogger LOG = new LateLogger(LoginGate.class);

    private final Logins logins;
    private final LoginHost host;
    private int failures;

    LoginGate(Logins logins, LoginHost host) {
        this.logins = logins;
        this.host = host;
    }

    /**
     * Has something checked by another thread.
     *
     * @param check what that thread does
     * @param answer writes the reply, when this connection goes on
     */
    Step check(Supplier<SaslStep> check, Function<SaslStep, Step> answer) {
        InetAddress address = host.clientAddress();
        if (address != null && logins.limiter().isBlocked(address)) {
            return refuse(LoginResult.THROTTLED, answer);
        }
        boolean taken =
                logins.run(
                        () -> {
                            Supplier<SaslStep> outcome = outcome(check);
                            host.resume(() -> finish(outcome.get(), answer));
                        });
        return taken ? Step.HANDED_OFF : refuse(LoginResult.REFUSED, answer);
    }

    /** What has gone wrong elsewhere goes wrong for the connection as well. */
    private static Supplier<SaslStep> outcome(Supplier<SaslStep> check) {
        try {
            SaslStep step = check.get();
            return () -> step;
        } catch (RuntimeException e) {
            return () -> {
                throw e;
            };
        }
    }

    private Step finish(SaslStep outcome, Function<SaslStep, Step> answer) {
        return switch (outcome) {
            case SaslStep.Challenge challenge -> answer.apply(challenge);
            case SaslStep.Success success -> accept(success, answer);
            case SaslStep.Failure failure -> fail(failure, answer);
        };
    }

    private Step accept(SaslStep.Success success, Function<SaslStep, Step> answer) {
        host.countLogin(LoginResult.ACCEPTED);
        Account account = success.account();
        Step step = answer.apply(success);
        host.loggedIn(account);
        return step;
    }

    private Step fail(SaslStep.Failure failure, Function<SaslStep, Step> answer) {
        String name = failure.claimedName();
        InetAddress address = host.clientAddress();
        if (!name.isEmpty()) {
            LOG.log(Level.INFO, "login of \"{0}\" from {1} refused", printable(name), address);
        }
        FailureLimiter limiter = logins.limiter();
        if (address != null && !name.isEmpty()) {
            limiter.recordFailure(address);
        }
        return refuse(LoginResult.REFUSED, answer);
    }

    /** Refuses here and now. */
    Step refuse(LoginResult result, Function<SaslStep, Step> answer) {
        host.countLogin(result);
        Step step = answer.apply(SaslStep.Failure.NAMELESS);
        return ++failures >= MAX_FAILURES ? Step.CLOSE : step;
    }

    /** What a client calls itself must not write lines of its own into a log. */
    private static String printable(String name) {
        StringBuilder text = new StringBuilder();
        name.chars()
                .forEach(
                        c -> {
                            if (c > ' ' && c < 0x7F && c != '"' && c != '\\') {
                                text.append((char) c);
                            } else {
                                text.append("\\u%04x".formatted(c));
                            }
                        });
        return text.toString();
    }
}
