package io.memring.server.clients;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.spotify.folsom.GetResult;
import com.spotify.folsom.MemcacheAuthenticationException;
import com.spotify.folsom.MemcacheClient;
import com.spotify.folsom.MemcacheClientBuilder;
import com.spotify.folsom.MemcacheStatus;
import com.spotify.folsom.MemcachedStats;

import io.memring.sasl.Mechanism;
import io.memring.sasl.Permissions;
import io.memring.sasl.QuickUsers;
import io.memring.server.MemringServer;
import io.memring.server.ServerBuilder;
import io.memring.server.tls.TestCertificates;
import io.memring.server.tls.TestCertificates.Identity;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;
import java.util.function.BiFunction;
import java.util.function.Function;

import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLEngine;

/** What folsom does in both of its modes, all of it over TLS and with a login. */
abstract class FolsomContract<C extends MemcacheClient<String>> {
    private static final int TIMEOUT_SECONDS = 20;
    private static final int LARGEST = 2 << 20;
    private static final String USER = "shop";
    private static final String PASSWORD = "open sesame";

    private static final Identity AUTHORITY = TestCertificates.authority("authority");
    private static final Identity SERVER = AUTHORITY.sign("node");
    private static final Identity OTHER_AUTHORITY = TestCertificates.authority("other");

    private final Function<MemcacheClientBuilder<String>, C> mode;
    private final MemringServer node;
    final C client;

    /**
     * @param login asks for a login by the users of a file
     * @param mode opens a client
     */
    FolsomContract(
            Path folder,
            BiFunction<ServerBuilder, Path, ServerBuilder> login,
            Function<MemcacheClientBuilder<String>, C> mode)
            throws Exception {
        this.mode = mode;
        Path users = folder.resolve("users");
        Path chain = folder.resolve("chain.pem");
        Path key = folder.resolve("key.pem");
        new QuickUsers().add(USER, PASSWORD, Permissions.ALL, Mechanism.SCRAM_SHA_256).write(users);
        SERVER.write(chain, key);
        node = login.apply(MemringServer.builder().port(0).tls(chain, key), users).start();
        client = connect(AUTHORITY, USER, PASSWORD);
        client.awaitConnected(TIMEOUT_SECONDS, TimeUnit.SECONDS);
    }

    @AfterEach
    void stop() {
        client.shutdown();
        node.close();
    }

    private C connect(Identity authority, String user, String password) {
        return mode.apply(builder(authority).withUsernamePassword(user, password));
    }

    private MemcacheClientBuilder<String> builder(Identity authority) {
        SSLContext context = contextTrusting(authority);
        return MemcacheClientBuilder.newStringClient()
                .withAddress("127.0.0.1", node.port())
                .withMaxSetLength(LARGEST)
                .withConnectionTimeoutMillis(TimeUnit.SECONDS.toMillis(TIMEOUT_SECONDS))
                .withSSLEngineFactory(
                        (host, port) -> {
                            SSLEngine engine = context.createSSLEngine(host, port);
                            engine.setUseClientMode(true);
                            return engine;
                        });
    }

    private static SSLContext contextTrusting(Identity authority) {
        try {
            SSLContext context = SSLContext.getInstance("TLS");
            context.init(null, authority.asOnlyAuthority(), null);
            return context;
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    static <T> T await(CompletionStage<T> reply) throws Exception {
        return reply.toCompletableFuture().get(TIMEOUT_SECONDS, TimeUnit.SECONDS);
    }

    private MemcacheStatus set(String key, String value) throws Exception {
        return await(client.set(key, value, 0));
    }

    @Test
    void setAndGet_comeBack() throws Exception {
        assertThat(await(client.get("key"))).isNull();
        for (String value : List.of("text", "", "öäü ☃", "\0\r\nEND\r\n")) {
            assertThat(set("key", value)).isEqualTo(MemcacheStatus.OK);
            assertThat(await(client.get("key"))).isEqualTo(value);
        }
    }

    @Test
    void set_largeValue_comesBack() throws Exception {
        String value = random(900_000);
        assertThat(set("key", value)).isEqualTo(MemcacheStatus.OK);
        assertThat(await(client.get("key"))).isEqualTo(value);
    }

    @Test
    void set_tooLarge_isRefusedAndTheConnectionGoesOn() throws Exception {
        assertThat(set("key", random(1 << 20))).isEqualTo(MemcacheStatus.VALUE_TOO_LARGE);
        assertThat(set("key", "small")).isEqualTo(MemcacheStatus.OK);
        assertThat(await(client.get("key"))).isEqualTo("small");
    }

    private static String random(int length) {
        StringBuilder text = new StringBuilder(length);
        new Random(length).ints(length, ' ', 127).forEach(text::appendCodePoint);
        return text.toString();
    }

    @Test
    void addAndReplace_dependOnWhatIsThere() throws Exception {
        assertThat(await(client.replace("key", "a", 0))).isNotEqualTo(MemcacheStatus.OK);
        assertThat(await(client.add("key", "b", 0))).isEqualTo(MemcacheStatus.OK);
        assertThat(await(client.add("key", "c", 0))).isNotEqualTo(MemcacheStatus.OK);
        assertThat(await(client.get("key"))).isEqualTo("b");
        assertThat(await(client.replace("key", "d", 0))).isEqualTo(MemcacheStatus.OK);
        assertThat(await(client.get("key"))).isEqualTo("d");
    }

    @Test
    void appendAndPrepend_growTheValue() throws Exception {
        assertThat(await(client.append("key", "x"))).isEqualTo(MemcacheStatus.ITEM_NOT_STORED);
        assertThat(await(client.prepend("key", "x"))).isEqualTo(MemcacheStatus.ITEM_NOT_STORED);
        set("key", "middle");
        assertThat(await(client.append("key", "-end"))).isEqualTo(MemcacheStatus.OK);
        assertThat(await(client.prepend("key", "begin-"))).isEqualTo(MemcacheStatus.OK);
        assertThat(await(client.get("key"))).isEqualTo("begin-middle-end");
    }

    @Test
    void cas_storesOverTheVersionReadOnly() throws Exception {
        set("key", "first");
        GetResult<String> read = await(client.casGet("key"));
        assertThat(read.getValue()).isEqualTo("first");
        assertThat(await(client.set("key", "second", 0, read.getCas())))
                .isEqualTo(MemcacheStatus.OK);
        assertThat(await(client.set("key", "third", 0, read.getCas())))
                .isEqualTo(MemcacheStatus.KEY_EXISTS);
        assertThat(await(client.set("none", "x", 0, read.getCas())))
                .isEqualTo(MemcacheStatus.KEY_NOT_FOUND);
        assertThat(await(client.get("key"))).isEqualTo("second");
    }

    @Test
    void deleteAndTouch_findWhatIsThere() throws Exception {
        assertThat(await(client.delete("key"))).isEqualTo(MemcacheStatus.KEY_NOT_FOUND);
        assertThat(await(client.touch("key", 600))).isEqualTo(MemcacheStatus.KEY_NOT_FOUND);
        set("key", "x");
        assertThat(await(client.touch("key", 600))).isEqualTo(MemcacheStatus.OK);
        assertThat(await(client.get("key"))).isEqualTo("x");
        assertThat(await(client.delete("key"))).isEqualTo(MemcacheStatus.OK);
        assertThat(await(client.get("key"))).isNull();
    }

    @Test
    void multiget_findsWhatIsThere() throws Exception {
        List<String> keys = new ArrayList<>();
        List<String> values = new ArrayList<>();
        for (int i = 0; i < 300; i++) {
            keys.add("key" + i);
            values.add(i % 3 == 0 ? null : "value" + i);
            if (i % 3 != 0) {
                set("key" + i, "value" + i);
            }
        }
        assertThat(await(client.get(keys.subList(0, 100)))).isEqualTo(values.subList(0, 100));
        assertThat(await(client.get(keys))).isEqualTo(values);
        assertThat(await(client.casGet(keys.subList(0, 3))).get(1).getCas()).isPositive();
    }

    @Test
    void manyRequestsInFlight_areAnsweredInOrder() throws Exception {
        List<CompletionStage<MemcacheStatus>> stores = new ArrayList<>();
        List<CompletionStage<String>> reads = new ArrayList<>();
        for (int i = 0; i < 400; i++) {
            stores.add(client.set("key" + i, "value" + i, 0));
            reads.add(client.get("key" + i));
        }
        for (int i = 0; i < stores.size(); i++) {
            assertThat(await(stores.get(i))).isEqualTo(MemcacheStatus.OK);
            assertThat(await(reads.get(i))).isEqualTo("value" + i);
        }
    }

    @Test
    void flushAll_emptiesTheCache() throws Exception {
        set("key", "x");
        assertThat(await(client.flushAll(0))).isEqualTo(MemcacheStatus.OK);
        assertThat(await(client.get("key"))).isNull();
    }

    @Test
    void stats_areUnderstood() throws Exception {
        Map<String, String> general = only(await(client.getStats("")).values());
        assertThat(general).containsKeys("pid", "curr_items", "ssl_handshake_errors");
        assertThat(general).containsEntry("auth_errors", "0");
        assertThat(only(await(client.getStats("settings")).values())).containsKey("maxbytes");
    }

    private static Map<String, String> only(Collection<MemcachedStats> stats) {
        assertThat(stats).hasSize(1);
        return stats.iterator().next().getStats();
    }

    @Test
    void strangers_areRefused() throws Exception {
        for (C stranger :
                Arrays.asList(
                        connect(AUTHORITY, USER, "wrong"),
                        connect(AUTHORITY, "nobody", PASSWORD),
                        mode.apply(builder(AUTHORITY)))) {
            try {
                assertThatThrownBy(() -> stranger.awaitConnected(TIMEOUT_SECONDS, TimeUnit.SECONDS))
                        .isInstanceOf(MemcacheAuthenticationException.class);
                assertThatThrownBy(() -> await(stranger.get("key"))).isNotNull();
            } finally {
                stranger.shutdown();
            }
        }
        assertThat(set("key", "x")).isEqualTo(MemcacheStatus.OK);
    }

    @Test
    void clientsThatTrustAnotherAuthority_goAway() {
        C suspicious = connect(OTHER_AUTHORITY, USER, PASSWORD);
        try {
            assertThatThrownBy(() -> await(suspicious.get("key"))).isNotNull();
            assertThat(suspicious.isConnected()).isFalse();
        } finally {
            suspicious.shutdown();
        }
    }
}
