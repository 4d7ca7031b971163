package io.memring.server.dispatch;

import io.memring.engine.EngineWorker;
import io.memring.engine.command.Command;
import io.netty.buffer.ByteBuf;

/** Takes the value of a fetched item to its reply, and ends the fetch. */
final class FetchedValue {
    private FetchedValue() {}

    /**
     * Room for the item's value and for what is around it; ends the fetch when there is no memory.
     */
    static ByteBuf reserve(EngineWorker engine, Command command, ReplyBuffer out, int frameLength) {
        boolean reserved = false;
        try {
            ByteBuf reply = out.reserve(frameLength + command.itemValueLength);
            reserved = true;
            return reply;
        } finally {
            if (!reserved) {
                engine.finish(command);
            }
        }
    }

    /** Copies the value behind its header and ends the fetch; false takes both back. */
    static boolean copy(EngineWorker engine, Command command, ByteBuf reply, int start) {
        int index = reply.writerIndex();
        if (engine.copyValue(command, reply.memoryAddress() + index) && engine.finish(command)) {
            reply.writerIndex(index + command.itemValueLength);
            return true;
        }
        reply.writerIndex(start);
        return false;
    }
}
