package io.memring.server.dispatch;

import io.memring.engine.EngineWorker;
import io.memring.protocol.binary.BinaryKeyLookahead;
import io.memring.protocol.text.KeyLookahead;
import io.netty.buffer.ByteBuf;

/**
 * Prefetches the items of the requests that wait in an input. A single one is left alone: it would
 * wait for memory here instead of there. One per worker.
 */
final class KeyPrefetch {
    private final EngineWorker engine;
    private final KeyLookahead text = new KeyLookahead(EngineWorker.PREFETCH_MAX);
    private final BinaryKeyLookahead binary = new BinaryKeyLookahead(EngineWorker.PREFETCH_MAX);
    private final long[] hashes = new long[EngineWorker.PREFETCH_MAX];

    KeyPrefetch(EngineWorker engine) {
        this.engine = engine;
    }

    /** Returns up to where the keys of text requests are prefetched. */
    int text(ByteBuf in, boolean inKeyList) {
        int count = text.scan(in, inKeyList);
        if (count > 1) {
            long input = in.memoryAddress();
            for (int i = 0; i < count; i++) {
                hashes[i] = EngineWorker.hash(input + text.keyIndex(i), text.keyLength(i));
            }
            engine.prefetch(hashes, count);
        }
        return text.end();
    }

    /** Returns up to where the keys of binary requests are prefetched. */
    int binary(ByteBuf in) {
        int count = binary.scan(in);
        if (count > 1) {
            long input = in.memoryAddress();
            for (int i = 0; i < count; i++) {
                hashes[i] = EngineWorker.hash(input + binary.keyIndex(i), binary.keyLength(i));
            }
            engine.prefetch(hashes, count);
        }
        return binary.end();
    }
}
