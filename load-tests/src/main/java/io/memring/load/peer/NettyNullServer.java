package io.memring.load.peer;

import io.netty.bootstrap.ServerBootstrap;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.SimpleChannelInboundHandler;
import io.netty.channel.epoll.Epoll;
import io.netty.channel.epoll.EpollIoHandler;
import io.netty.channel.epoll.EpollServerSocketChannel;
import io.netty.channel.nio.NioIoHandler;
import io.netty.channel.socket.nio.NioServerSocketChannel;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.concurrent.TimeUnit;

/**
 * Answers every line with the same hit of a meta get, over the transport that a node chooses, as
 * Netty makes it: what a request costs here, it costs for its way in and out alone. It looks at
 * nothing but line feeds, and whether it is asked for its version.
 */
public final class NettyNullServer implements AutoCloseable {

    /** Replies that lie one behind the other, to be sent at once. */
    private static final int REPLIES = 1024;

    private final EventLoopGroup loops;
    private final ByteBuf replies;
    private final int replyLength;
    private final Channel listener;

    /**
     * Listens on a free port of the loopback interface.
     *
     * @param threads that serve connections
     * @param valueLength of the hits, in bytes
     */
    public NettyNullServer(int threads, int valueLength) {
        byte[] reply = NullServer.hit(valueLength);
        replyLength = reply.length;
        replies = Unpooled.directBuffer(REPLIES * replyLength);
        for (int i = 0; i < REPLIES; i++) {
            replies.writeBytes(reply);
        }
        boolean epoll = Epoll.isAvailable();
        loops =
                new MultiThreadIoEventLoopGroup(
                        threads, epoll ? EpollIoHandler.newFactory() : NioIoHandler.newFactory());
        listener =
                new ServerBootstrap()
                        .group(loops)
                        .channel(
                                epoll
                                        ? EpollServerSocketChannel.class
                                        : NioServerSocketChannel.class)
                        .childHandler(new ConnectionInitializer())
                        .bind(InetAddress.getLoopbackAddress(), 0)
                        .syncUninterruptibly()
                        .channel();
    }

    /** Listens until it is killed, and prints the port; the threads, and the length of values. */
    public static void main(String... arguments) {
        int threads = Integer.parseInt(arguments[0]);
        int valueLength = Integer.parseInt(arguments[1]);
        try (NettyNullServer server = new NettyNullServer(threads, valueLength)) {
            System.out.println(server.port());
            server.listener.closeFuture().syncUninterruptibly();
        }
    }

    /** The port that it listens on. */
    public int port() {
        return ((InetSocketAddress) listener.localAddress()).getPort();
    }

    @Override
    public void close() {
        listener.close().syncUninterruptibly();
        loops.shutdownGracefully(0, 5, TimeUnit.SECONDS).syncUninterruptibly();
        replies.release();
    }

    private final class ConnectionInitializer extends ChannelInitializer<Channel> {
        @Override
        protected void initChannel(Channel channel) {
            channel.pipeline().addLast(new Connection());
        }
    }

    private final class Connection extends SimpleChannelInboundHandler<ByteBuf> {
        @Override
        protected void channelRead0(ChannelHandlerContext ctx, ByteBuf in) {
            if (in.getByte(in.readerIndex()) == 'v') {
                var _ = ctx.write(Unpooled.wrappedBuffer(NullServer.VERSION), ctx.voidPromise());
                return;
            }
            for (int owed = lines(in); owed > 0; owed -= REPLIES) {
                int length = Math.min(owed, REPLIES) * replyLength;
                var _ = ctx.write(replies.retainedSlice(0, length), ctx.voidPromise());
            }
        }

        private static int lines(ByteBuf in) {
            int lines = 0;
            int end = in.writerIndex();
            int at = in.indexOf(in.readerIndex(), end, (byte) '\n');
            while (at >= 0) {
                lines++;
                at = in.indexOf(at + 1, end, (byte) '\n');
            }
            return lines;
        }

        @Override
        public void channelReadComplete(ChannelHandlerContext ctx) {
            ctx.flush();
        }
    }
}
