package io.memring.server.dispatch;

import io.memring.engine.CacheEngine;
import io.memring.engine.EngineWorker;
import io.memring.engine.command.Command;
import io.memring.protocol.text.TextRequestDecoder;

import java.util.ArrayDeque;

/** What all sessions of one worker share. Used by that worker only. */
public final class DispatchContext {
    /**
     * Commands, and decoders, kept for reuse; requests in progress beyond this many at once leave
     * theirs to the collector.
     */
    private static final int MAX_SPARE = 64;

    private final CacheEngine cache;
    private final EngineWorker engine;
    private final Node node;
    private final PrefixStats prefixStats;
    private final KeyPrefetch prefetch;
    private final ArrayDeque<Command> spare = new ArrayDeque<>();
    private final ArrayDeque<TextRequestDecoder> spareDecoders = new ArrayDeque<>();
    private Command command = new Command();

    public DispatchContext(CacheEngine cache, EngineWorker engine, Node node) {
        this.cache = cache;
        this.engine = engine;
        this.node = node;
        this.prefixStats = node.prefixStats();
        this.prefetch = new KeyPrefetch(engine);
    }

    public CacheEngine cache() {
        return cache;
    }

    public EngineWorker engine() {
        return engine;
    }

    public Node node() {
        return node;
    }

    PrefixStats prefixStats() {
        return prefixStats;
    }

    /** Empties the cache, now or at a time to come. */
    void flush(int exptime) {
        if (exptime > 0) {
            cache.scheduleFlush(exptime);
        } else {
            cache.flushAll();
        }
    }

    KeyPrefetch prefetch() {
        return prefetch;
    }

    /** The command to fill for the next request. */
    Command command() {
        return command;
    }

    /** The current command was handed off and stays with its session until it is given back. */
    void detachCommand() {
        Command next = spare.poll();
        command = next == null ? new Command() : next;
    }

    /** A decoder in which no request is in progress: the one that has been used last. */
    TextRequestDecoder takeTextDecoder() {
        TextRequestDecoder last = spareDecoders.pollLast();
        return last == null ? new TextRequestDecoder() : last;
    }

    /** Takes back a decoder whose request has ended. */
    void giveBack(TextRequestDecoder decoder) {
        if (spareDecoders.size() < MAX_SPARE) {
            spareDecoders.addLast(decoder);
        }
    }

    void giveBack(Command detached) {
        detached.attachment = null;
        if (spare.size() < MAX_SPARE) {
            spare.add(detached);
        }
    }
}
