package io.memring.load.engine;

import io.memring.client.ring.Node;
import io.memring.load.result.LoadException;
import io.memring.load.result.NodeFigures;

import org.jspecify.annotations.Nullable;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** What the nodes say about themselves before and after a phase. Used by the coordinator. */
final class NodeWatch implements AutoCloseable {

    /** One look at a node. */
    private record Look(Map<String, String> stats, @Nullable ServerProcess process) {}

    private final LoadPlan plan;
    private final List<InetSocketAddress> addresses;
    private final List<ControlConnection> connections = new ArrayList<>();
    private List<Look> before = List.of();

    private NodeWatch(LoadPlan plan, List<InetSocketAddress> addresses) {
        this.plan = plan;
        this.addresses = addresses;
    }

    /** Connects to all nodes, and finds out whether they speak the protocol. */
    static NodeWatch open(LoadPlan plan, List<InetSocketAddress> addresses) throws LoadException {
        NodeWatch watch = new NodeWatch(plan, addresses);
        try {
            for (int i = 0; i < addresses.size(); i++) {
                Node node = plan.nodes().get(i);
                watch.connections.add(ControlConnection.open(node, addresses.get(i), plan));
            }
            return watch;
        } catch (LoadException e) {
            watch.close();
            throw e;
        }
    }

    /** To be called before the phase. */
    void begin() {
        before = look();
    }

    /** To be called after it. */
    List<NodeFigures> end() {
        List<Look> after = look();
        List<NodeFigures> figures = new ArrayList<>();
        for (int i = 0; i < connections.size(); i++) {
            Look first = before.get(i);
            Look second = after.get(i);
            figures.add(
                    new NodeFigures(
                            plan.nodes().get(i).address(),
                            first.stats(),
                            second.stats(),
                            ServerProcess.between(first.process(), second.process())));
        }
        return figures;
    }

    private List<Look> look() {
        List<Look> looks = new ArrayList<>();
        for (int i = 0; i < connections.size(); i++) {
            Map<String, String> stats = stats(connections.get(i));
            looks.add(new Look(stats, ServerProcess.look(pid(i, stats), stats)));
        }
        return looks;
    }

    private long pid(int index, Map<String, String> stats) {
        return plan.serverPid() > 0
                ? plan.serverPid()
                : ServerProcess.find(addresses.get(index), stats);
    }

    /** None if the node has gone away: the run's own figures say so. */
    private static Map<String, String> stats(ControlConnection connection) {
        try {
            return connection.stats();
        } catch (IOException e) {
            return Map.of();
        }
    }

    @Override
    public void close() {
        for (ControlConnection connection : connections) {
            connection.close();
        }
    }
}
