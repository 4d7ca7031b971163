package io.memring.client.connection;

import io.memring.client.error.MemcacheException;
import io.memring.client.error.NodeUnavailableException;
import io.memring.client.error.Origin;
import io.memring.client.error.TlsException;
import io.memring.client.ring.Node;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.EventLoop;
import io.netty.handler.ssl.SslContext;
import io.netty.handler.ssl.SslHandler;

import org.jspecify.annotations.Nullable;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.List;

import javax.net.ssl.SSLException;

/** Makes channels to one node: resolves its name, connects, agrees on TLS. */
@SuppressWarnings("FutureReturnValueIgnored") // The outcome is told to the caller.
final class Dialer {

    /** Gets the outcome of an attempt, on the event loop. */
    interface Outcome {
        void connected(Channel channel);

        void failed(MemcacheException failure);
    }

    private static final Origin ORIGIN = new Origin("-", "connect", true);

    private final Node node;
    private final Network network;
    private final ConnectionConfig config;
    private final EventLoop loop;
    private int attempts;

    Dialer(Node node, Network network, ConnectionConfig config, EventLoop loop) {
        this.node = node;
        this.network = network;
        this.config = config;
        this.loop = loop;
    }

    /** Starts an attempt. */
    void dial(ReplyHandler handler, Outcome outcome) {
        network.resolver()
                .resolve(node.host())
                .whenCompleteAsync(
                        (addresses, failure) -> {
                            if (addresses == null) {
                                outcome.failed(unavailable("cannot resolve its name", failure));
                            } else {
                                connect(nextOf(addresses), handler, outcome);
                            }
                        },
                        loop);
    }

    /** Each attempt takes another address, so that one that is dead holds up every other only. */
    private InetAddress nextOf(List<InetAddress> addresses) {
        return addresses.get(Math.floorMod(attempts++, addresses.size()));
    }

    private void connect(InetAddress address, ReplyHandler handler, Outcome outcome) {
        ChannelFuture attempt =
                network.bootstrap(loop, config.connectTimeout())
                        .handler(new Initializer(handler))
                        .connect(new InetSocketAddress(address, node.port()));
        attempt.addListener(
                done -> {
                    if (!done.isSuccess()) {
                        outcome.failed(unavailable("cannot connect", done.cause()));
                    } else {
                        secure(attempt.channel(), outcome);
                    }
                });
    }

    private void secure(Channel channel, Outcome outcome) {
        SslHandler tls = channel.pipeline().get(SslHandler.class);
        if (tls == null) {
            outcome.connected(channel);
            return;
        }
        tls.handshakeFuture()
                .addListener(
                        done -> {
                            if (done.isSuccess()) {
                                outcome.connected(channel);
                            } else {
                                channel.close();
                                outcome.failed(noTls(done.cause()));
                            }
                        });
    }

    private MemcacheException unavailable(String what, @Nullable Throwable cause) {
        return new NodeUnavailableException(
                origin(), what + (cause == null ? "" : ": " + cause.getMessage()), cause);
    }

    private MemcacheException noTls(Throwable cause) {
        return new TlsException(origin(), "no TLS: " + reason(cause), cause);
    }

    /** What is deepest down says what is wrong: a name, a date, an authority. */
    private static String reason(Throwable failure) {
        Throwable root = failure;
        while (root.getCause() != null) {
            root = root.getCause();
        }
        return root.getClass().getSimpleName() + ": " + root.getMessage();
    }

    /** The node has ended a channel before it answered the greeting, with an alert of TLS maybe. */
    MemcacheException hungUp(@Nullable Throwable cause) {
        for (Throwable part = cause; part != null; part = part.getCause()) {
            if (part instanceof SSLException) {
                return noTls(part);
            }
        }
        // Nodes that want a login hang up on "mn", which is too short to be one.
        boolean unasked = config.wireFormat() == WireFormat.META && !config.logsIn();
        return unavailable(
                "the node hung up before it answered" + (unasked ? " (without a login)" : ""),
                cause);
    }

    Origin origin() {
        return new Origin(node.id(), ORIGIN.operation(), ORIGIN.repeatable());
    }

    /** Puts TLS, with a check of the host's name, in front of the reader of replies. */
    private final class Initializer extends ChannelInitializer<Channel> {
        private final ReplyHandler handler;

        Initializer(ReplyHandler handler) {
            this.handler = handler;
        }

        @Override
        protected void initChannel(Channel channel) {
            SslContext tls = config.tls();
            if (tls != null) {
                SslHandler handshake = tls.newHandler(channel.alloc(), node.host(), node.port());
                handshake.setHandshakeTimeoutMillis(config.connectTimeout().toMillis());
                channel.pipeline().addLast(handshake);
            }
            channel.pipeline().addLast(handler);
        }
    }
}
