package io.memring.load.client;

import java.net.InetSocketAddress;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * One client under one workload, in a JVM that does nothing else; prints {@link Figures}.
 *
 * <pre>
 * ClientBenchRun memring pipelined-64 5 127.0.0.1:11211
 * </pre>
 */
final class ClientBenchRun {
    private static final double PERCENT_50 = 50;
    private static final double PERCENT_99 = 99;

    private final Workload workload;
    private final Subject subject;
    private final long nanos;
    private final Keys keys = new Keys();
    private final Tally tally = new Tally();

    private ClientBenchRun(Workload workload, Subject subject, long nanos) {
        this.workload = workload;
        this.subject = subject;
        this.nanos = nanos;
    }

    public static void main(String... arguments) throws Exception {
        Peer peer = ClientBench.constant(Peer.values(), arguments[0]);
        Workload workload = ClientBench.constant(Workload.values(), arguments[1]);
        long nanos = TimeUnit.SECONDS.toNanos(Long.parseLong(arguments[2]));
        List<InetSocketAddress> nodes =
                Arrays.stream(arguments).skip(3).map(ClientBenchRun::address).toList();
        Subject subject = peer.open(nodes, workload.concurrency);
        System.out.println(new ClientBenchRun(workload, subject, nanos).measure().line());
        // Threads that a client leaves behind do not hold up the next run.
        System.exit(0);
    }

    private static InetSocketAddress address(String text) {
        int colon = text.lastIndexOf(':');
        return new InetSocketAddress(
                text.substring(0, colon), Integer.parseInt(text.substring(colon + 1)));
    }

    /** Warms up as long as it measures. */
    private Figures measure() throws Exception {
        keys.storeAll(subject);
        return workload == Workload.RATE_20K ? measureLatency() : measureThroughput();
    }

    private Figures measureThroughput() throws Exception {
        ClosedLoop loop = new ClosedLoop(subject, workload, keys, tally);
        loop.start();
        TimeUnit.NANOSECONDS.sleep(nanos);
        tally.restart();
        TimeUnit.NANOSECONDS.sleep(nanos);
        Figures figures = tally.figures(0, 0);
        loop.stop();
        return figures;
    }

    private Figures measureLatency() throws Exception {
        OpenLoop loop = new OpenLoop(subject, keys, tally);
        loop.run(nanos);
        tally.restart();
        loop.run(nanos);
        return tally.figures(loop.micros(PERCENT_50), loop.micros(PERCENT_99));
    }
}
