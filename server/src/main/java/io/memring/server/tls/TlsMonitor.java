package io.memring.server.tls;

import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.handler.ssl.ReferenceCountedOpenSslEngine;
import io.netty.handler.ssl.SslCloseCompletionEvent;
import io.netty.handler.ssl.SslHandler;
import io.netty.handler.ssl.SslHandshakeCompletionEvent;
import io.netty.internal.tcnative.SSL;

import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLException;

/**
 * Stands between a connection's TLS and the connection: counts how handshakes end, and ends what
 * has gone wrong quietly, because a broken client is no failure of the node's. On the connection's
 * worker.
 */
final class TlsMonitor extends ChannelInboundHandlerAdapter {

    private final SslHandler tls;
    private final TlsCounters counters;
    private final long openedMillis = System.currentTimeMillis();
    private boolean established;

    TlsMonitor(SslHandler tls, TlsCounters counters) {
        this.tls = tls;
        this.counters = counters;
    }

    @Override
    public void userEventTriggered(ChannelHandlerContext ctx, Object event) {
        switch (event) {
            case SslHandshakeCompletionEvent end -> handshakeEnded(ctx, end);
            case SslCloseCompletionEvent _ -> {
                // The client has said its last; nothing can be sent to it any more.
                var _ = ctx.close();
            }
            default -> ctx.fireUserEventTriggered(event);
        }
    }

    private void handshakeEnded(ChannelHandlerContext ctx, SslHandshakeCompletionEvent end) {
        if (end.isSuccess()) {
            established = true;
            if (!isResumed(tls.engine())) {
                counters.countNewSession();
            }
            return;
        }
        if (end.cause() instanceof SSLException) {
            counters.countHandshakeError();
        }
        var _ = ctx.close();
    }

    /** The JDK does not tell, but a session that is older than its connection is not new. */
    private boolean isResumed(SSLEngine engine) {
        if (engine instanceof ReferenceCountedOpenSslEngine nativeEngine) {
            long pointer = nativeEngine.sslPointer();
            return pointer != 0 && SSL.isSessionReused(pointer);
        }
        return engine.getSession().getCreationTime() < openedMillis;
    }

    /** A failed handshake is reported as an event as well, and has been counted there. */
    @Override
    public void exceptionCaught(ChannelHandlerContext ctx, Throwable cause) {
        if (!(cause instanceof SSLException) && !(cause.getCause() instanceof SSLException)) {
            ctx.fireExceptionCaught(cause);
            return;
        }
        if (established) {
            counters.countProtocolError();
        }
        var _ = ctx.close();
    }
}
