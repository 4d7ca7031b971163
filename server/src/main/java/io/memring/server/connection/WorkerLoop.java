package io.memring.server.connection;

import io.netty.buffer.ByteBufAllocator;
import io.netty.channel.EventLoop;
import io.netty.channel.IoHandlerFactory;
import io.netty.channel.SingleThreadIoEventLoop;

import java.util.concurrent.ThreadFactory;

/**
 * What a worker runs on.
 *
 * @param events the event loop
 * @param reads its inner part, as far as reading goes
 */
public record WorkerLoop(EventLoop events, DirectReads reads) {

    /**
     * Makes a loop, whose thread starts with the first task.
     *
     * @param ioHandlers makes the inner part, of Netty
     * @param buffers where connections read to
     */
    public static WorkerLoop open(
            ThreadFactory threads, IoHandlerFactory ioHandlers, ByteBufAllocator buffers) {
        DirectReads reads = new DirectReads(ioHandlers, buffers);
        return new WorkerLoop(new SingleThreadIoEventLoop(null, threads, reads), reads);
    }
}
