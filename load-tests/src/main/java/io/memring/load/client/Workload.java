package io.memring.load.client;

import java.util.Locale;

/** What the clients are made to do. */
enum Workload {
    /** One get after another, each waited for. */
    SINGLE(1, 1),
    /** 64 threads that each wait for one get after another. */
    THREADS_64(64, 1),
    /** Up to 64 gets on their way, asked for by one thread. */
    PIPELINED_64(64, 1),
    /** The same with 1,000. */
    PIPELINED_1000(1000, 1),
    /** The same with 64, every tenth of them a set. */
    SETS_64(64, 1),
    /** Gets of 100 keys from four nodes, up to 4 on their way. */
    BULK_100(4, 4),
    /** 20,000 gets a second, whatever becomes of them; this is about latency. */
    RATE_20K(64, 1);

    /** Operations a second in {@link #RATE_20K}. */
    static final int RATE = 20_000;

    /** Keys in a bulk operation. */
    static final int BULK = 100;

    private static final int OPERATIONS_FOR_A_SET = 10;

    /** Operations on their way at the same time, as many at most. */
    final int concurrency;

    /** Nodes that are spread over. */
    final int nodes;

    Workload(int concurrency, int nodes) {
        this.concurrency = concurrency;
        this.nodes = nodes;
    }

    /** Whether a thread waits for each operation. */
    boolean isWaitedFor() {
        return this == SINGLE || this == THREADS_64;
    }

    /** Whether an operation stores. */
    boolean isStore(long number) {
        return this == SETS_64 && number % OPERATIONS_FOR_A_SET == 0;
    }

    @Override
    public String toString() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
}
