package io.memring.load;

import io.memring.client.ring.Node;
import io.memring.client.ring.RingFormat;
import io.memring.load.engine.LoginPlan;
import io.memring.load.engine.TlsPlan;
import io.memring.load.wire.WireName;
import io.memring.sasl.Mechanism;
import io.netty.handler.ssl.JdkSslContext;
import io.netty.handler.ssl.SslContextBuilder;
import io.netty.handler.ssl.SslProvider;
import io.netty.handler.ssl.util.InsecureTrustManagerFactory;

import org.jspecify.annotations.Nullable;

import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;

import javax.net.ssl.SSLException;

/** The options about which servers to load, and how to talk to them. */
final class TargetOptions {

    private static final String PASSWORD_VARIABLE = "MEMRING_PASSWORD";

    @Parameters(
            arity = "0..*",
            paramLabel = "NODE",
            description =
                    "[name@]host[:port][*weight], default 127.0.0.1:11211; several form a ring")
    private List<String> nodes = List.of();

    @Option(
            names = {"-P", "--protocol"},
            paramLabel = "NAME",
            defaultValue = "text",
            description = "text, meta or binary (${DEFAULT-VALUE})")
    private String protocol = "text";

    @Option(
            names = "--ring",
            paramLabel = "FORMAT",
            defaultValue = "ketama",
            description = "how several nodes share the keys (${DEFAULT-VALUE})")
    private String ring = "ketama";

    @Option(names = "--tls", description = "encrypt, and check the certificates of the nodes")
    private boolean tls;

    @Option(
            names = "--tls-ca",
            paramLabel = "FILE",
            description = "certificates to trust, PEM; the JDK's if not given")
    private @Nullable File tlsCa;

    @Option(names = "--tls-insecure", description = "encrypt, but trust any certificate")
    private boolean tlsInsecure;

    @Option(names = "--tls-cert", paramLabel = "FILE", description = "our own certificate, PEM")
    private @Nullable File tlsCert;

    @Option(names = "--tls-key", paramLabel = "FILE", description = "its key, PEM (PKCS #8)")
    private @Nullable File tlsKey;

    @Option(
            names = "--user",
            paramLabel = "NAME",
            description = {
                "log in, by SASL in the binary protocol, else as memcached's text authentication",
                "does; the password is in $MEMRING_PASSWORD or in a file"
            })
    private @Nullable String user;

    @Option(
            names = "--password-file",
            paramLabel = "FILE",
            description = "its first line is the password")
    private @Nullable Path passwordFile;

    @Option(
            names = "--mechanism",
            paramLabel = "NAME",
            description = "of SASL: PLAIN, SCRAM-SHA-256 or -512; the strongest if not given")
    private @Nullable String mechanism;

    /** The nodes as they were written. */
    List<String> names() {
        return nodes.isEmpty() ? List.of("127.0.0.1:" + Node.DEFAULT_PORT) : nodes;
    }

    WireName protocol() {
        return constant(WireName.values(), protocol, "protocol");
    }

    RingFormat ringFormat() {
        return constant(RingFormat.values(), ring, "ring");
    }

    /** A constant by its name in small letters, with dashes. */
    static <E extends Enum<E>> E constant(E[] constants, String name, String what) {
        String wanted = name.strip().toUpperCase(Locale.ROOT).replace('-', '_');
        for (E constant : constants) {
            if (constant.name().equals(wanted)) {
                return constant;
            }
        }
        String known =
                Arrays.stream(constants)
                        .map(c -> c.name().toLowerCase(Locale.ROOT).replace('_', '-'))
                        .collect(Collectors.joining(", "));
        throw new IllegalArgumentException(
                "no such " + what + ": " + name + "; there are " + known);
    }

    @Nullable TlsPlan tls() {
        if (!tls && !tlsInsecure && tlsCa == null && tlsCert == null) {
            return null;
        }
        SslContextBuilder builder = SslContextBuilder.forClient().sslProvider(SslProvider.JDK);
        if (tlsInsecure) {
            builder.trustManager(InsecureTrustManagerFactory.INSTANCE);
        } else if (tlsCa != null) {
            builder.trustManager(tlsCa);
        }
        if (tlsCert != null || tlsKey != null) {
            builder.keyManager(tlsCert, tlsKey);
        }
        try {
            return new TlsPlan(((JdkSslContext) builder.build()).context(), !tlsInsecure);
        } catch (SSLException | IllegalArgumentException e) {
            throw new IllegalArgumentException("TLS: " + e.getMessage(), e);
        }
    }

    @Nullable LoginPlan login() {
        return user == null ? null : new LoginPlan(user, password(), mechanismOrNull());
    }

    private String password() {
        if (passwordFile == null) {
            String password = System.getenv(PASSWORD_VARIABLE);
            if (password == null) {
                throw new IllegalArgumentException(
                        "--user needs a password, in --password-file or $" + PASSWORD_VARIABLE);
            }
            return password;
        }
        try {
            return Files.readString(passwordFile).lines().findFirst().orElse("");
        } catch (IOException e) {
            throw new IllegalArgumentException("cannot read the password: " + passwordFile, e);
        }
    }

    private @Nullable Mechanism mechanismOrNull() {
        return mechanism == null ? null : constant(Mechanism.values(), mechanism, "mechanism");
    }

    /** Adds what differs from the usual, in words. */
    void describe(Map<String, String> settings) {
        if (nodes.size() > 1) {
            settings.put("ring", ring);
        }
        if (tls() != null) {
            settings.put("tls", tlsInsecure ? "any certificate" : "yes");
        }
        if (user != null) {
            settings.put("user", user);
        }
    }
}
