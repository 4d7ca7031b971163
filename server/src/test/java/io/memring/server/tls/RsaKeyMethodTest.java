package io.memring.server.tls;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assumptions.assumeThat;

import io.memring.server.tls.TestCertificates.Identity;
import io.memring.server.tls.TlsConfig.KeyFormat;
import io.memring.server.tls.TlsConfig.TlsProvider;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.UnpooledByteBufAllocator;
import io.netty.channel.embedded.EmbeddedChannel;
import io.netty.handler.ssl.OpenSsl;
import io.netty.handler.ssl.OpenSslPrivateKeyMethod;
import io.netty.handler.ssl.SslContext;
import io.netty.handler.ssl.SslContextBuilder;
import io.netty.handler.ssl.SslHandler;
import io.netty.handler.ssl.SslProvider;
import io.netty.util.ReferenceCountUtil;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import java.lang.reflect.Proxy;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.security.NoSuchAlgorithmException;
import java.security.PrivateKey;
import java.security.Signature;
import java.security.SignatureException;
import java.security.interfaces.RSAPrivateCrtKey;
import java.security.spec.MGF1ParameterSpec;
import java.security.spec.PSSParameterSpec;
import java.util.ArrayDeque;
import java.util.HashSet;
import java.util.List;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

import javax.crypto.Cipher;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLEngine;

/** Handshakes of the native library with an RSA key. */
final class RsaKeyMethodTest {

    private static final byte[] TEXT = "what is signed".getBytes(StandardCharsets.US_ASCII);
    private static final Identity AUTHORITY = TestCertificates.authority("authority");
    private static final Identity SERVER = AUTHORITY.sign("rsa", "RSA");
    private static final int MAX_ROUNDS = 100;

    private static final TlsConfig NATIVE =
            TestTlsConfig.of("chain.pem", "", KeyFormat.PEM, TlsProvider.NATIVE);

    private final RsaKeyMethod method = new RsaKeyMethod(SERVER.keys().getPrivate());
    private final SSLEngine engine = newEngine();

    private static SSLEngine newEngine() {
        try {
            return SSLContext.getDefault().createSSLEngine();
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }

    @Test
    void sign_everyAlgorithmOfRsa_isVerified() throws Exception {
        assumeThat(OpenSsl.isAvailable()).isTrue();
        assertSigns(OpenSslPrivateKeyMethod.SSL_SIGN_RSA_PKCS1_SHA1, "SHA1withRSA", null);
        assertSigns(OpenSslPrivateKeyMethod.SSL_SIGN_RSA_PKCS1_SHA256, "SHA256withRSA", null);
        assertSigns(OpenSslPrivateKeyMethod.SSL_SIGN_RSA_PKCS1_SHA384, "SHA384withRSA", null);
        assertSigns(OpenSslPrivateKeyMethod.SSL_SIGN_RSA_PKCS1_SHA512, "SHA512withRSA", null);
        assertSigns(
                OpenSslPrivateKeyMethod.SSL_SIGN_RSA_PSS_RSAE_SHA256,
                "RSASSA-PSS",
                new PSSParameterSpec("SHA-256", "MGF1", MGF1ParameterSpec.SHA256, 32, 1));
        assertSigns(
                OpenSslPrivateKeyMethod.SSL_SIGN_RSA_PSS_RSAE_SHA384,
                "RSASSA-PSS",
                new PSSParameterSpec("SHA-384", "MGF1", MGF1ParameterSpec.SHA384, 48, 1));
        assertSigns(
                OpenSslPrivateKeyMethod.SSL_SIGN_RSA_PSS_RSAE_SHA512,
                "RSASSA-PSS",
                new PSSParameterSpec("SHA-512", "MGF1", MGF1ParameterSpec.SHA512, 64, 1));
    }

    private void assertSigns(int algorithm, String name, @Nullable PSSParameterSpec spec)
            throws Exception {
        Signature verifier = Signature.getInstance(name);
        if (spec != null) {
            verifier.setParameter(spec);
        }
        verifier.initVerify(SERVER.keys().getPublic());
        verifier.update(TEXT);
        assertThat(verifier.verify(method.sign(engine, algorithm, TEXT))).as(name).isTrue();
    }

    @Test
    void sign_anotherKindOfKey_isRefused() {
        assumeThat(OpenSsl.isAvailable()).isTrue();
        assertThatThrownBy(
                        () -> method.sign(engine, OpenSslPrivateKeyMethod.SSL_SIGN_ED25519, TEXT))
                .isInstanceOf(SignatureException.class);
    }

    @Test
    void decrypt_whatItsPublicKeyHasEncrypted_isReadWithItsPadding() throws Exception {
        Cipher cipher = Cipher.getInstance("RSA/ECB/PKCS1Padding");
        cipher.init(Cipher.ENCRYPT_MODE, SERVER.keys().getPublic());
        byte[] padded = method.decrypt(engine, cipher.doFinal(TEXT));
        assertThat(padded).startsWith(0, 2).endsWith(TEXT);
    }

    /** No step of a handshake that needs the key is made by the thread that runs the channel. */
    @ParameterizedTest
    @CsvSource({
        "TLSv1.3, TLS_AES_128_GCM_SHA256",
        "TLSv1.2, TLS_ECDHE_RSA_WITH_AES_128_GCM_SHA256",
        "TLSv1.2, TLS_RSA_WITH_AES_128_GCM_SHA256",
    })
    void handshake_usesTheKeyInTasksAlone(String protocol, String cipher) throws Exception {
        assumeThat(OpenSsl.isAvailable()).isTrue();
        RecordedKey key = new RecordedKey((RSAPrivateCrtKey) SERVER.keys().getPrivate());
        SslContext server =
                new ContextFactory(NATIVE)
                        .newContext(
                                TlsMode.BASIC,
                                new Certificates(
                                        List.of(SERVER.certificate()), key.proxy(), List.of()));
        SslContext client =
                SslContextBuilder.forClient()
                        .sslProvider(SslProvider.OPENSSL_REFCNT)
                        .trustManager(AUTHORITY.certificate())
                        .endpointIdentificationAlgorithm("")
                        .protocols(protocol)
                        .ciphers(List.of(cipher))
                        .build();
        try (ExecutorService signer =
                Executors.newSingleThreadExecutor(task -> new Thread(task, "signer"))) {
            shakeHands(client, server, signer);
            assertThat(key.users()).containsExactly("signer");
        } finally {
            ReferenceCountUtil.release(client);
            ReferenceCountUtil.release(server);
        }
    }

    private static void shakeHands(SslContext client, SslContext server, ExecutorService signer)
            throws Exception {
        Queue<Runnable> tasks = new ArrayDeque<>();
        UnpooledByteBufAllocator allocator = UnpooledByteBufAllocator.DEFAULT;
        SslHandler clientTls = client.newHandler(allocator);
        SslHandler serverTls = server.newHandler(allocator, tasks::add);
        EmbeddedChannel serverChannel = new EmbeddedChannel(serverTls);
        EmbeddedChannel clientChannel = new EmbeddedChannel(clientTls);
        try {
            for (int i = 0; i < MAX_ROUNDS && !serverTls.handshakeFuture().isDone(); i++) {
                carry(clientChannel, serverChannel);
                carry(serverChannel, clientChannel);
                Runnable task = tasks.poll();
                if (task != null) {
                    signer.submit(task).get();
                }
                serverChannel.runPendingTasks();
                clientChannel.runPendingTasks();
            }
            assertThat(serverTls.handshakeFuture().isSuccess())
                    .as("%s", serverTls.handshakeFuture().cause())
                    .isTrue();
        } finally {
            serverChannel.finishAndReleaseAll();
            clientChannel.finishAndReleaseAll();
        }
    }

    private static void carry(EmbeddedChannel from, EmbeddedChannel to) {
        for (ByteBuf bytes = from.readOutbound(); bytes != null; bytes = from.readOutbound()) {
            to.writeInbound(bytes);
        }
    }

    /** A key that notes which threads look at its secret. */
    private static final class RecordedKey {
        private final RSAPrivateCrtKey key;
        private final Set<String> users = ConcurrentHashMap.newKeySet();

        RecordedKey(RSAPrivateCrtKey key) {
            this.key = key;
        }

        PrivateKey proxy() {
            return (PrivateKey)
                    Proxy.newProxyInstance(
                            RsaKeyMethodTest.class.getClassLoader(),
                            new Class<?>[] {RSAPrivateCrtKey.class},
                            (_, called, arguments) -> {
                                if (called.getReturnType() == BigInteger.class) {
                                    users.add(Thread.currentThread().getName());
                                }
                                return called.invoke(key, arguments);
                            });
        }

        Set<String> users() {
            return new HashSet<>(users);
        }
    }
}
