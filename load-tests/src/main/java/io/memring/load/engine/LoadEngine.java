package io.memring.load.engine;

import io.memring.client.ring.Node;
import io.memring.load.result.LoadException;
import io.memring.load.result.LoadObserver;
import io.memring.load.result.LoadResult;
import io.memring.load.result.LoadRunner;
import io.memring.load.wire.WireName;

import org.jspecify.annotations.Nullable;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import java.util.ArrayList;
import java.util.List;

/**
 * Runs a plan: opens the connections, takes them through the phases, adds up. One run at a time;
 * its coordinator is the thread that calls {@link #run}.
 */
public final class LoadEngine implements LoadRunner {

    private final LoadPlan plan;
    private volatile @Nullable LoadThreads running;
    private volatile boolean cancelled;

    public LoadEngine(LoadPlan plan) {
        this.plan = plan;
    }

    /** Ends the run early, with the figures that there are. Any thread may ask for it. */
    public void cancel() {
        cancelled = true;
        LoadThreads threads = running;
        if (threads != null) {
            threads.cancel();
        }
    }

    @Override
    public LoadResult run(LoadObserver observer) throws LoadException, InterruptedException {
        List<InetSocketAddress> addresses = resolve(plan.nodes());
        LoadPlan settled = settleLogin(plan, addresses);
        try (NodeWatch nodes = NodeWatch.open(settled, addresses);
                LoadThreads threads = new LoadThreads(settled, addresses)) {
            running = threads;
            if (cancelled) {
                throw new LoadException("cancelled");
            }
            threads.open();
            return new LoadRun(settled, threads, nodes, observer, () -> cancelled).run();
        } finally {
            running = null;
        }
    }

    private static LoadPlan settleLogin(LoadPlan plan, List<InetSocketAddress> addresses)
            throws LoadException {
        LoginPlan login = plan.login();
        return login == null || login.mechanism() != null || plan.protocol() != WireName.BINARY
                ? plan
                : plan.withLogin(
                        ControlConnection.chooseMechanism(
                                login, plan.nodes().getFirst(), addresses.getFirst(), plan));
    }

    private static List<InetSocketAddress> resolve(List<Node> nodes) throws LoadException {
        List<InetSocketAddress> addresses = new ArrayList<>();
        for (Node node : nodes) {
            try {
                addresses.add(
                        new InetSocketAddress(InetAddress.getByName(node.host()), node.port()));
            } catch (UnknownHostException e) {
                throw new LoadException("unknown host: " + node.host(), e);
            }
        }
        return addresses;
    }
}
