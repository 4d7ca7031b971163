package io.memring.server;

import io.memring.server.tls.TestCertificates;
import io.memring.server.tls.TestCertificates.Identity;

import org.jspecify.annotations.Nullable;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.Principal;
import java.security.PrivateKey;
import java.security.cert.X509Certificate;

import javax.net.ssl.KeyManager;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.X509KeyManager;

/** A node that speaks TLS with certificates of its own, and clients that trust its authority. */
final class TlsNode implements AutoCloseable {

    static final Identity AUTHORITY = TestCertificates.authority("authority");
    static final Identity SERVER = AUTHORITY.sign("first");
    static final Identity OTHER_SERVER = AUTHORITY.sign("second");
    static final Identity CLIENT = AUTHORITY.sign("alice");
    static final Identity STRANGER = TestCertificates.authority("nobody").sign("mallory");

    final Path chain;
    final Path key;
    final MemringServer server;

    private TlsNode(Path folder, String options, Identity identity) throws IOException {
        chain = folder.resolve("chain.pem");
        key = folder.resolve("key.pem");
        Path authorities = folder.resolve("ca.pem");
        identity.write(chain, key);
        Files.writeString(authorities, AUTHORITY.certificatePem());
        String line =
                "-Z -p -1 -o ssl_chain_cert=%s,ssl_key=%s,ssl_ca_cert=%s %s"
                        .formatted(chain, key, authorities, options)
                        .strip();
        if (!options.contains("-l ")) {
            line = "-l 127.0.0.1 " + line;
        }
        Invocation.Serve serve = (Invocation.Serve) CommandLineReader.read(line.split(" ", -1));
        server = MemringServer.start(serve.config());
    }

    /** A node with its files in a folder; a client's certificate is not asked for by default. */
    static TlsNode start(Path folder, String options) throws IOException {
        return start(folder, options, SERVER);
    }

    /** The same with a certificate other than the usual one. */
    static TlsNode start(Path folder, String options, Identity identity) throws IOException {
        return new TlsNode(folder, options, identity);
    }

    /** What clients of one kind share, their sessions among it. */
    static SSLContext clientContext(@Nullable Identity identity) {
        try {
            SSLContext context = SSLContext.getInstance("TLS");
            context.init(
                    identity == null ? null : new KeyManager[] {new OneKey(identity)},
                    AUTHORITY.asOnlyAuthority(),
                    null);
            return context;
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    /** Shows a certificate whether or not the node knows who has signed it. */
    private record OneKey(Identity identity) implements X509KeyManager {

        private static final String ALIAS = "own";

        @Override
        public String[] getClientAliases(String keyType, Principal[] issuers) {
            return new String[] {ALIAS};
        }

        @Override
        public String chooseClientAlias(String[] keyTypes, Principal[] issuers, Socket socket) {
            return ALIAS;
        }

        @Override
        public String @Nullable [] getServerAliases(String keyType, Principal[] issuers) {
            return null;
        }

        @Override
        public @Nullable String chooseServerAlias(
                String keyType, Principal[] issuers, Socket socket) {
            return null;
        }

        @Override
        public X509Certificate[] getCertificateChain(String alias) {
            return new X509Certificate[] {identity.certificate()};
        }

        @Override
        public PrivateKey getPrivateKey(String alias) {
            return identity.keys().getPrivate();
        }
    }

    /** Connects and shakes hands. */
    SSLSocket connect(SSLContext context, String... protocols) throws IOException {
        return connect(server.address(), context, protocols);
    }

    static SSLSocket connect(InetSocketAddress address, SSLContext context, String... protocols)
            throws IOException {
        Socket plain = new Socket(address.getAddress(), address.getPort());
        SSLSocket socket =
                (SSLSocket)
                        context.getSocketFactory()
                                .createSocket(plain, "127.0.0.1", address.getPort(), true);
        if (protocols.length > 0) {
            socket.setEnabledProtocols(protocols);
        }
        try {
            socket.startHandshake();
        } catch (IOException e) {
            socket.close();
            throw e;
        }
        return socket;
    }

    /** A client without a certificate. */
    TestClient client() throws IOException {
        return TestClient.over(connect(clientContext(null)));
    }

    /** The name in the certificate that a new connection is met with. */
    String nameShown() throws IOException {
        try (SSLSocket socket = connect(clientContext(null))) {
            return nameShown(socket);
        }
    }

    static String nameShown(SSLSocket socket) throws IOException {
        X509Certificate shown = (X509Certificate) socket.getSession().getPeerCertificates()[0];
        return shown.getSubjectX500Principal().getName();
    }

    @Override
    public void close() {
        server.close();
    }
}
