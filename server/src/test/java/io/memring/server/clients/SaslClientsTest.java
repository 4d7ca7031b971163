package io.memring.server.clients;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.memring.sasl.CommandClass;
import io.memring.sasl.Mechanism;
import io.memring.sasl.Permissions;
import io.memring.sasl.QuickUsers;
import io.memring.server.MemringServer;

import net.rubyeye.xmemcached.XMemcachedClientBuilder;
import net.rubyeye.xmemcached.auth.AuthInfo;
import net.rubyeye.xmemcached.command.BinaryCommandFactory;
import net.rubyeye.xmemcached.exception.MemcachedException;
import net.spy.memcached.ConnectionFactoryBuilder;
import net.spy.memcached.ConnectionFactoryBuilder.Protocol;
import net.spy.memcached.MemcachedClient;
import net.spy.memcached.auth.AuthDescriptor;
import net.spy.memcached.auth.PlainCallbackHandler;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.EnumSet;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** Real clients that log in with SASL, and what a refusal does to them. */
final class SaslClientsTest {
    private static final long TIMEOUT_MILLIS = 20_000;

    private final Path users = Files.createTempFile("memring-users", "");
    private final MemringServer node;

    SaslClientsTest() throws IOException {
        Permissions permissions =
                new Permissions(
                        EnumSet.of(CommandClass.READ, CommandClass.WRITE), List.of("shop:"));
        new QuickUsers()
                .add("shop", "pw", permissions, Mechanism.SCRAM_SHA_256, Mechanism.SCRAM_SHA_512)
                .write(users);
        node = MemringServer.builder().port(0).sasl(true).saslFile(users).start();
    }

    @AfterEach
    void stop() throws IOException {
        node.close();
        Files.delete(users);
    }

    @Test
    void spymemcached_logsIn_andSurvivesRefusals() throws Exception {
        SpyClients.quiet();
        MemcachedClient client =
                new MemcachedClient(
                        new ConnectionFactoryBuilder()
                                .setProtocol(Protocol.BINARY)
                                .setOpTimeout(TIMEOUT_MILLIS)
                                .setDaemon(true)
                                .setAuthDescriptor(
                                        new AuthDescriptor(
                                                new String[] {"PLAIN"},
                                                new PlainCallbackHandler("shop", "pw")))
                                .build(),
                        List.of(node.address()));
        try {
            assertThat(client.set("shop:a", 0, "x").get()).isTrue();
            assertThat(client.get("shop:a")).isEqualTo("x");
            assertThat(client.set("a", 0, "x").get()).isFalse();
            assertThat(client.delete("a").get()).isFalse();
            assertThat(client.get("a")).isNull();
            assertThat(client.get("shop:a")).isEqualTo("x");
        } finally {
            client.shutdown(1, TimeUnit.SECONDS);
        }
    }

    @Test
    void xmemcached_logsIn_andSurvivesRefusals() throws Exception {
        XMemcachedClientBuilder builder = new XMemcachedClientBuilder(List.of(node.address()));
        builder.setCommandFactory(new BinaryCommandFactory());
        builder.addAuthInfo(node.address(), AuthInfo.plain("shop", "pw"));
        builder.setOpTimeout(TIMEOUT_MILLIS);
        var client = builder.build();
        try {
            assertThat(client.set("shop:a", 0, "x")).isTrue();
            assertThat(client.<String>get("shop:a")).isEqualTo("x");
            assertThatThrownBy(() -> client.set("a", 0, "x"))
                    .isInstanceOf(MemcachedException.class);
            assertThat(client.<String>get("a")).isNull();
            assertThat(client.<String>get("shop:a")).isEqualTo("x");
        } finally {
            client.shutdown();
        }
    }
}
