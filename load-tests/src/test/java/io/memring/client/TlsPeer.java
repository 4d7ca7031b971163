package io.memring.client;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import io.netty.pkitesting.X509Bundle;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.InetAddress;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.UnaryOperator;

import javax.net.ssl.ExtendedSSLSession;
import javax.net.ssl.SNIServerName;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLServerSocket;
import javax.net.ssl.SSLSocket;

/** Answers lines over TLS, and remembers by which names it was asked for. */
final class TlsPeer implements AutoCloseable {
    private final SSLServerSocket listener;
    private final UnaryOperator<String> script;
    private final List<SNIServerName> names = new CopyOnWriteArrayList<>();

    TlsPeer(X509Bundle certificate, UnaryOperator<String> script) throws Exception {
        this.script = script;
        SSLContext context = SSLContext.getInstance("TLS");
        context.init(certificate.toKeyManagerFactory().getKeyManagers(), null, null);
        listener =
                (SSLServerSocket)
                        context.getServerSocketFactory()
                                .createServerSocket(0, 50, InetAddress.getLoopbackAddress());
        start(this::accept);
    }

    int port() {
        return listener.getLocalPort();
    }

    List<SNIServerName> namesAskedFor() {
        return names;
    }

    private static void start(Runnable task) {
        Thread thread = new Thread(task, "tls-peer");
        thread.setDaemon(true);
        thread.start();
    }

    private void accept() {
        try {
            while (true) {
                SSLSocket socket = (SSLSocket) listener.accept();
                start(() -> serve(socket));
            }
        } catch (IOException e) {
            // The test is over.
        }
    }

    private void serve(SSLSocket socket) {
        try (socket) {
            socket.startHandshake();
            names.addAll(((ExtendedSSLSession) socket.getSession()).getRequestedServerNames());
            BufferedReader in =
                    new BufferedReader(new InputStreamReader(socket.getInputStream(), ISO_8859_1));
            for (String line = in.readLine(); line != null; line = in.readLine()) {
                socket.getOutputStream().write(script.apply(line).getBytes(ISO_8859_1));
            }
        } catch (IOException e) {
            // The client hung up.
        }
    }

    @Override
    public void close() throws IOException {
        listener.close();
    }
}
