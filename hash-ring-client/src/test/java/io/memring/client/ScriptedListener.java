package io.memring.client;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/** Accepts connections on a port of the loopback interface, and serves each on a thread. */
abstract class ScriptedListener implements AutoCloseable {
    private final ServerSocket listener;
    private final List<Socket> sockets = new CopyOnWriteArrayList<>();

    /** Listens; 0 takes any free port. Nobody is let in before {@link #start}. */
    ScriptedListener(int port) {
        try {
            listener = new ServerSocket(port, 50, InetAddress.getLoopbackAddress());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** To be called at the end of a constructor. */
    final void start() {
        startThread(this::accept);
    }

    /**
     * Serves a connection until it ends.
     *
     * @param number counts connections from 1 on
     */
    abstract void serve(int number, Socket socket) throws IOException, InterruptedException;

    final int port() {
        return listener.getLocalPort();
    }

    final String address() {
        return "127.0.0.1:" + port();
    }

    final int accepted() {
        return sockets.size();
    }

    final List<Socket> sockets() {
        return sockets;
    }

    /** A connection has been accepted. */
    void connected() {}

    private static void startThread(Runnable task) {
        Thread thread = new Thread(task, "scripted-node");
        thread.setDaemon(true);
        thread.start();
    }

    private void accept() {
        try {
            while (true) {
                Socket socket = listener.accept();
                sockets.add(socket);
                int number = sockets.size();
                connected();
                startThread(() -> serveAndClose(number, socket));
            }
        } catch (IOException e) {
            // The test is over.
        }
    }

    private void serveAndClose(int number, Socket socket) {
        try (socket) {
            serve(number, socket);
        } catch (IOException e) {
            // The client hung up.
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    @Override
    public final void close() {
        try {
            listener.close();
            for (Socket socket : sockets) {
                socket.close();
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
